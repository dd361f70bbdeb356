// Measures the parser against public suites where the machine has them. Cases that the RFC's reference parser decides
// otherwise say how one library reads what the RFC forbids or leaves out (several names on one user-agent line, names
// with digits, unknown lines that end a group); they do not count.
#include <optional>
#include <string>

#include "absl/strings/escaping.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "services/crawler/robots/robots.h"
#include "tests/support/conformance.h"

namespace tintinh::crawler {
namespace {

using testing::Measure;
using testing::Score;
using testing::Text;

std::string Body(const nlohmann::json& test) {
  std::string body = Text(test, "robots");
  if (test.contains("robots_b64")) absl::Base64Unescape(Text(test, "robots_b64"), &body);
  return body;
}

std::string PathAndQuery(std::string url) {
  url = url.substr(0, url.find('#'));
  const size_t scheme = url.find("://");
  const size_t slash = url.find_first_of("/?", scheme == std::string::npos ? 0 : scheme + 3);
  const std::string path = slash == std::string::npos ? "" : url.substr(slash);
  return path.empty() || path[0] != '/' ? "/" + path : path;
}

// No value where the case asks for several agents at once.
std::optional<std::string> Agent(const nlohmann::json& test) {
  if (!test.contains("agents")) return Text(test, "agent");
  if (test["agents"].size() > 1) return std::nullopt;
  return test["agents"].empty() ? "" : test["agents"][0].get<std::string>();
}

std::optional<bool> JudgeAllowed(const nlohmann::json& test) {
  const auto agent = Agent(test);
  if (!agent || !test.contains("allowed") || !test.value("google_agrees", true)) return std::nullopt;
  const auto verdict = RobotsTxt::Parse(Body(test)).Check(*agent, PathAndQuery(Text(test, "url")));
  return verdict.allowed == test["allowed"].get<bool>();
}

std::optional<bool> JudgeDelay(const nlohmann::json& test) {
  const auto agent = Agent(test);
  if (!agent) return std::nullopt;
  if (!test.contains("crawl_delay_ms") && !test.contains("crawl_delay")) return std::nullopt;
  const auto expected = test.contains("crawl_delay_ms") ? test["crawl_delay_ms"] : test["crawl_delay"];
  const double unit = test.contains("crawl_delay_ms") ? 1000 : 1;
  const auto delay = RobotsTxt::Parse(Body(test)).CrawlDelay(*agent);
  if (expected.is_null()) return !delay;
  return delay && absl::ToDoubleSeconds(*delay) * unit == expected.get<double>();
}

void ExpectShare(const std::string& file, const testing::Judge& judge, double floor) {
  const Score score = Measure(file, judge);
  if (score.cases == 0) GTEST_SKIP() << "no conformance data here";
  EXPECT_GE(score.share(), floor) << score.right << " of " << score.cases;
}

TEST(Conformance, RobotsOfGoogle) { ExpectShare("google-robotstxt/match_cases.jsonl", JudgeAllowed, 1); }
TEST(Conformance, RobotsSpecTest) { ExpectShare("robotstxt-spec-test/cases.jsonl", JudgeAllowed, 1); }
TEST(Conformance, RobotsOfProtego) { ExpectShare("protego/cases.jsonl", JudgeAllowed, 1); }
TEST(Conformance, RobotsOfCrawlerCommons) { ExpectShare("crawler-commons/robots_cases.jsonl", JudgeAllowed, 1); }
TEST(Conformance, DelaysOfCrawlerCommons) { ExpectShare("crawler-commons/robots_cases.jsonl", JudgeDelay, 1); }
TEST(Conformance, DelaysOfProtego) { ExpectShare("protego/cases.jsonl", JudgeDelay, 1); }

}  // namespace
}  // namespace tintinh::crawler

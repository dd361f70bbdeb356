// Measures the library against public suites where the machine has them. A floor is what was reached when it was
// written down; the cases below it are of other schemes, or ask for a leniency that a crawler has no use for.
#include <optional>
#include <string>

#include "common/url/url.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/support/conformance.h"

namespace tintinh::url {
namespace {

using testing::Measure;
using testing::Score;
using testing::Text;

std::optional<bool> JudgeRegistrable(const nlohmann::json& test) {
  const std::string host = Text(test, "host");
  const std::string expected = Text(test, "registrable");
  return RegistrableDomain(host) == (expected.empty() ? host : expected);
}

std::optional<bool> JudgeNormalized(const nlohmann::json& test) {
  const std::string expected = Text(test, "normalized");
  if (expected.rfind("http", 0) != 0 || expected == "http:/") return std::nullopt;
  const auto normalized = Normalize(Text(test, "url"));
  return normalized.ok() && *normalized == expected;
}

std::optional<bool> JudgeResolved(const nlohmann::json& test) {
  const auto resolved = Resolve(Text(test, "base"), Text(test, "input"));
  return resolved.ok() && *resolved == Text(test, "resolved");
}

// Compared on what both sides keep: our form has no user name and no fragment.
std::optional<bool> JudgeWebPlatformUrl(const nlohmann::json& test) {
  const std::string base = Text(test, "base");
  const std::string input = Text(test, "input");
  const bool fails = test.value("failure", false);
  const std::string protocol = Text(test, "protocol");
  if (!fails && protocol != "http:" && protocol != "https:") return std::nullopt;
  if (fails && input.rfind("http", 0) != 0) return std::nullopt;
  const auto resolved = base.empty() ? Resolve(input, "") : Resolve(base, input);
  if (fails || !resolved.ok()) return fails && !resolved.ok();
  return *resolved == protocol + "//" + Text(test, "host") + Text(test, "pathname") + Text(test, "search");
}

TEST(Conformance, PublicSuffixList) {
  const Score score = Measure("publicsuffix/cases.jsonl", JudgeRegistrable);
  if (score.cases == 0) GTEST_SKIP() << "no conformance data here";
  EXPECT_EQ(score.right, score.cases);
}

TEST(Conformance, NormalizerOfCrawlerCommons) {
  const Score score = Measure("crawler-commons/normalizer_cases.jsonl", JudgeNormalized);
  if (score.cases == 0) GTEST_SKIP() << "no conformance data here";
  EXPECT_EQ(score.right, score.cases);
}

TEST(Conformance, ResolverOfCrawlerCommons) {
  const Score score = Measure("crawler-commons/resolve_cases.jsonl", JudgeResolved);
  if (score.cases == 0) GTEST_SKIP() << "no conformance data here";
  EXPECT_EQ(score.right, score.cases);
}

TEST(Conformance, WebPlatformUrls) {
  const Score score = Measure("wpt-url/cases.jsonl", JudgeWebPlatformUrl);
  if (score.cases == 0) GTEST_SKIP() << "no conformance data here";
  EXPECT_GE(score.share(), 0.92) << score.right << " of " << score.cases;
}

}  // namespace
}  // namespace tintinh::url

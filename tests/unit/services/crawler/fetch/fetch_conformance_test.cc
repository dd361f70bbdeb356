// Measures the guard and Retry-After against public tables where the machine has them.
#include <optional>

#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "common/url/url.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "services/crawler/fetch/address_guard.h"
#include "services/crawler/fetch/retry_after.h"
#include "tests/support/conformance.h"

namespace tintinh::crawler {
namespace {

using testing::Measure;
using testing::Score;
using testing::Text;

std::optional<bool> JudgeAddress(const nlohmann::json& test) {
  const auto address = ParseAddress(Text(test, "address"));
  return address && IsPublic(*address) != test["blocked"].get<bool>();
}

std::optional<bool> JudgeRetryAfter(const nlohmann::json& test) {
  const auto wait = ParseRetryAfter(Text(test, "header"), absl::FromUnixSeconds(test["now"].get<int64_t>()));
  const nlohmann::json& expected = test.contains("lenient_delay_s") ? test["lenient_delay_s"] : test["delay_s"];
  if (expected.is_null()) return !wait;
  return wait && absl::ToDoubleSeconds(*wait) == expected.get<double>();
}

// What a URL's own text gives away; names are left to the moment of connecting.
std::optional<bool> JudgeUrl(const nlohmann::json& test) {
  const auto parts = url::Parse(Text(test, "url"));
  if (!parts.ok()) return test["blocked"].get<bool>();
  absl::string_view host(parts->host);
  if (absl::ConsumePrefix(&host, "[")) absl::ConsumeSuffix(&host, "]");
  const auto address = ParseAddress(host);
  return (address && !IsPublic(*address)) == test["blocked"].get<bool>();
}

TEST(Conformance, UrlsOfSpecialAddresses) {
  const Score score = Measure("http-rules/ssrf_urls.jsonl", JudgeUrl);
  if (score.cases == 0) GTEST_SKIP() << "no conformance data here";
  EXPECT_EQ(score.right, score.cases);
}

TEST(Conformance, SpecialAddresses) {
  const Score score = Measure("http-rules/ssrf_addresses.jsonl", JudgeAddress);
  if (score.cases == 0) GTEST_SKIP() << "no conformance data here";
  EXPECT_EQ(score.right, score.cases);
}

TEST(Conformance, RetryAfter) {
  const Score score = Measure("http-rules/retry_after_cases.jsonl", JudgeRetryAfter);
  if (score.cases == 0) GTEST_SKIP() << "no conformance data here";
  EXPECT_EQ(score.right, score.cases);
}

}  // namespace
}  // namespace tintinh::crawler

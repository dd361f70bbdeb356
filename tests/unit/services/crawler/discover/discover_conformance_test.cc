// Measures the parsers against public suites and real feeds where the machine has them. A floor is what was reached
// when it was written down.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "services/crawler/discover/feed.h"
#include "services/crawler/discover/feed_time.h"
#include "services/crawler/discover/sitemap.h"
#include "tests/support/conformance.h"

namespace tintinh::crawler {
namespace {

using testing::Measure;
using testing::Score;
using testing::Text;

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return std::string((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
}

std::string Suite(const std::string& file) {
  return ReadFile(std::string(TINTINH_SHARED_DATA) + "/conformance/" + file);
}

bool Same(const std::vector<SitemapUrl>& read, const nlohmann::json& expected) {
  if (read.size() != expected.size()) return false;
  for (size_t i = 0; i < read.size(); ++i) {
    const nlohmann::json& lastmod = expected[i]["lastmod_ms"];
    const auto time = read[i].last_modified ? read[i].last_modified : read[i].published;
    if (read[i].url != Text(expected[i], "loc")) return false;
    if (!lastmod.is_null() && (!time || absl::ToUnixMillis(*time) != lastmod.get<int64_t>())) return false;
  }
  return true;
}

bool JudgeSitemap(const std::string& body, const std::string& base, const nlohmann::json& test) {
  const auto sitemap = ParseSitemap(body, base);
  if (!sitemap.ok()) return false;
  return Same(sitemap->urls, test.value("urls", nlohmann::json::array())) &&
         Same(sitemap->children, test.value("sitemaps", nlohmann::json::array()));
}

std::optional<bool> JudgeInlineSitemap(const nlohmann::json& test) {
  std::string body = Text(test, "body");
  for (const char* key : {"body_b64", "body_base64"}) {
    if (test.contains(key)) absl::Base64Unescape(Text(test, key), &body);
  }
  return JudgeSitemap(body, Text(test, "base"), test);
}

std::optional<bool> JudgeSitemapFile(const nlohmann::json& test) {
  return JudgeSitemap(Suite("crawler-commons/" + Text(test, "file")), "http://www.example.com/sitemap.xml", test);
}

std::optional<bool> JudgeDate(const nlohmann::json& test) {
  const auto time = ParseFeedTime(Text(test, "date"));
  if (test["epoch"].is_null()) return !time;
  return time && absl::ToUnixSeconds(*time) == test["epoch"].get<int64_t>();
}

// The link of the first entry, where the suite states one.
std::optional<bool> JudgeFeed(const nlohmann::json& test) {
  for (const nlohmann::json& fact : test.value("facts", nlohmann::json::array())) {
    const bool link = fact["path"] == nlohmann::json::array({"entries", 0, "link"}) && fact["op"] == "eq";
    if (!link || !absl::StartsWith(Text(fact, "value"), "http")) continue;
    const auto feed = ParseFeed(Suite("feedparser/" + Text(test, "file")), "http://127.0.0.1:8097/feed.xml");
    return feed.ok() && !feed->items.empty() && feed->items[0].url == Text(fact, "value");
  }
  return std::nullopt;
}

void ExpectShare(const std::string& file, const testing::Judge& judge, double floor) {
  const Score score = Measure(file, judge);
  if (score.cases == 0) GTEST_SKIP() << "no conformance data here";
  EXPECT_GE(score.share(), floor) << score.right << " of " << score.cases;
}

TEST(Conformance, SitemapTextsOfCrawlerCommons) {
  ExpectShare("crawler-commons/sitemap_inline_cases.jsonl", JudgeInlineSitemap, 0.94);
}
TEST(Conformance, SitemapFilesOfCrawlerCommons) {
  ExpectShare("crawler-commons/sitemap_files_expected.jsonl", JudgeSitemapFile, 1);
}
TEST(Conformance, FeedDates) { ExpectShare("dates/feed_dates.jsonl", JudgeDate, 0.83); }
TEST(Conformance, FeedLinks) { ExpectShare("feedparser/cases.jsonl", JudgeFeed, 0.83); }

TEST(Conformance, EveryItemOfRealFeedsIsRead) {
  const std::filesystem::path folder = std::filesystem::path(TINTINH_SHARED_DATA) / "feeds";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no real feeds here";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".xml") continue;
    const auto feed = ParseFeed(ReadFile(entry.path()), "https://a.vn/feed.xml");
    ASSERT_TRUE(feed.ok()) << entry.path() << feed.status();
    EXPECT_GE(feed->items.size(), 15u) << entry.path();
    for (const FeedItem& item : feed->items) {
      EXPECT_TRUE(absl::StartsWith(item.url, "http") && !item.title.empty() && item.published.has_value()) << item.url;
    }
  }
}

}  // namespace
}  // namespace tintinh::crawler

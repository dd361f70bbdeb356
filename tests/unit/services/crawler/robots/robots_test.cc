#include "services/crawler/robots/robots.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::crawler {
namespace {

using ::testing::ElementsAre;

constexpr absl::string_view kAgent = "TinTinhBot";

bool Allowed(absl::string_view body, absl::string_view path, absl::string_view agent = kAgent) {
  return RobotsTxt::Parse(body).Check(agent, path).allowed;
}

TEST(RobotsTxt, AllowsEverythingWithoutRules) {
  EXPECT_TRUE(Allowed("", "/"));
  EXPECT_TRUE(Allowed("<html><body>Không tìm thấy trang</body></html>", "/tin"));
  EXPECT_TRUE(Allowed("Disallow: /\n", "/tin"));
  EXPECT_TRUE(Allowed("User-agent: *\nDisallow:\n", "/tin"));
}

TEST(RobotsTxt, NamedGroupsReplaceTheGroupForEveryone) {
  const std::string body = "User-agent: *\nDisallow: /\nUser-agent: tintinhbot\nDisallow: /quan-tri\n";
  EXPECT_TRUE(Allowed(body, "/tin"));
  EXPECT_FALSE(Allowed(body, "/quan-tri/x"));
  EXPECT_FALSE(Allowed(body, "/tin", "KhacBot"));
}

TEST(RobotsTxt, GroupsOfOneAgentAreMerged) {
  const std::string body =
      "User-agent: TinTinhBot\nDisallow: /a\n\nUser-agent: *\nDisallow: /b\n\nUser-agent: TINTINHBOT/1.0\nDisallow: "
      "/c\n";
  EXPECT_FALSE(Allowed(body, "/a"));
  EXPECT_TRUE(Allowed(body, "/b"));
  EXPECT_FALSE(Allowed(body, "/c"));
}

TEST(RobotsTxt, SeveralAgentsShareAGroup) {
  const std::string body = "User-agent: X\nSitemap: https://a.vn/s.xml\nLa: la\nUser-agent: TinTinhBot\nDisallow: /a\n";
  EXPECT_FALSE(Allowed(body, "/a"));
  EXPECT_FALSE(Allowed(body, "/a", "x"));
}

TEST(RobotsTxt, LongestMatchWinsAndAllowWinsTies) {
  EXPECT_TRUE(Allowed("User-agent: *\nDisallow: /tin\nAllow: /tin/moi", "/tin/moi/1"));
  EXPECT_FALSE(Allowed("User-agent: *\nAllow: /tin\nDisallow: /*.html", "/tin.html"));
  EXPECT_TRUE(Allowed("User-agent: *\nDisallow: /tin\nAllow: /tin", "/tin"));
}

TEST(RobotsTxt, AnIndexPageAllowsItsFolder) {
  const std::string body = "User-agent: *\nAllow: /tin/index.html\nDisallow: /\n";
  EXPECT_TRUE(Allowed(body, "/tin/"));
  EXPECT_FALSE(Allowed(body, "/tin/1"));
}

TEST(ProductToken, EndsAtTheFirstOtherCharacter) {
  EXPECT_EQ(ProductToken("tintinh/0.1 (+https://vidu.vn)"), "tintinh");
  EXPECT_EQ(ProductToken("Tin-Tinh_Bot 2"), "Tin-Tinh_Bot");
  EXPECT_EQ(ProductToken(""), "");
}

TEST(RobotsTxt, AGroupIsForTheProductTokenAtTheStartOfItsName) {
  EXPECT_FALSE(Allowed("User-agent: Tin2Bot\nDisallow: /", "/x", "Tin/1.0"));
  EXPECT_TRUE(Allowed("User-agent: Tin2Bot\nDisallow: /", "/x", "Tin2Bot/1.0"));
  EXPECT_FALSE(Allowed("User-agent: TinTinhBot/2.1\nDisallow: /", "/x"));
  EXPECT_FALSE(Allowed("User-agent: TinTinhBot2\nDisallow: /", "/x"));
  EXPECT_TRUE(Allowed("User-agent: TinTinhBotKhac\nDisallow: /", "/x"));
}

TEST(RobotsTxt, VerdictNamesTheRuleAndItsLine) {
  const auto verdict =
      RobotsTxt::Parse("# chào\nUser-agent: *\nDisallow: /quan-tri/ # riêng\n").Check(kAgent, "/quan-tri/x");
  EXPECT_FALSE(verdict.allowed);
  EXPECT_EQ(verdict.rule, "Disallow: /quan-tri/ (line 3)");
  EXPECT_EQ(RobotsTxt::Parse("").Check(kAgent, "/x").rule, "");
}

TEST(RobotsTxt, CrawlDelayBelongsToTheAgentsNamedSinceTheOneBefore) {
  const auto run = RobotsTxt::Parse("User-agent: a\nUser-agent: b\nCrawl-delay: 5\nUser-agent: c\nCrawl-delay: 9\n");
  EXPECT_EQ(run.CrawlDelay("a"), absl::Seconds(5));
  EXPECT_EQ(run.CrawlDelay("b"), absl::Seconds(5));
  EXPECT_EQ(run.CrawlDelay("c"), absl::Seconds(9));
  const auto robots =
      RobotsTxt::Parse("User-agent: *\nCrawl-delay: 3\n\nUser-agent: KhacBot\nCrawl-delay: 1.5\nDisallow: /x\n");
  EXPECT_EQ(robots.CrawlDelay(kAgent), absl::Seconds(3));
  EXPECT_EQ(RobotsTxt::Parse("User-agent: TinTinhBot\nDisallow:\nUser-agent: *\nCrawl-delay: 9").CrawlDelay(kAgent),
            std::nullopt);
}

TEST(RobotsTxt, TheLongestCrawlDelayWinsWithinADay) {
  EXPECT_EQ(RobotsTxt::Parse("User-agent: *\nCrawl-delay: 2\nCrawl-delay: 7").CrawlDelay(kAgent), absl::Seconds(7));
  EXPECT_EQ(RobotsTxt::Parse("User-agent: *\nCrawl-delay: 1e300").CrawlDelay(kAgent), absl::Hours(24));
  for (const char* bad : {"-1", "nan", "mười", ""}) {
    EXPECT_EQ(RobotsTxt::Parse(absl::StrCat("User-agent: *\nCrawl-delay: ", bad)).CrawlDelay(kAgent), std::nullopt)
        << bad;
  }
}

TEST(RobotsTxt, SitemapsBelongToNoGroup) {
  const auto robots = RobotsTxt::Parse("Sitemap: https://a.vn/1.xml\nUser-agent: x\nSitemap:\nsitemap: /2.xml\n");
  EXPECT_THAT(robots.sitemaps(), ElementsAre("https://a.vn/1.xml", "/2.xml"));
}

TEST(RobotsTxt, ARobotOfSeveralNamesObeysTheGroupsOfAll) {
  const RobotsTxt robots = RobotsTxt::Parse("User-agent: a\nDisallow: /x\n\nUser-agent: b\nDisallow: /y\n");
  EXPECT_FALSE(robots.CheckAny(std::vector<std::string>{"a", "b"}, "/x").allowed);
  EXPECT_FALSE(robots.CheckAny(std::vector<std::string>{"a", "b"}, "/y").allowed);
  EXPECT_TRUE(robots.CheckAny(std::vector<std::string>{"a"}, "/y").allowed);
  EXPECT_TRUE(robots.CheckAny({}, "/x").allowed);
}

}  // namespace
}  // namespace tintinh::crawler

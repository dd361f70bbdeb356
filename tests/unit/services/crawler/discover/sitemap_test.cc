#include "services/crawler/discover/sitemap.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/gzip.h"
#include "tests/support/status_matchers.h"

namespace tintinh::crawler {
namespace {

using testing::Gzip;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

constexpr absl::string_view kBase = "https://baotinh.vn/sitemap.xml";

Sitemap Parsed(absl::string_view bytes) {
  auto sitemap = ParseSitemap(bytes, kBase);
  EXPECT_THAT(sitemap, IsOk());
  return sitemap.ok() ? *std::move(sitemap) : Sitemap();
}

TEST(ParseSitemap, ReadsPagesAndTheirTimes) {
  const Sitemap sitemap = Parsed(
      "<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>\n/tin-1.html </loc>"
      "<lastmod>2026-03-05T08:00:00+07:00</lastmod><priority>0.5</priority></url><url><loc>https://baotinh.vn/"
      "?a=1&amp;b=2</loc></url></urlset>");
  ASSERT_EQ(sitemap.urls.size(), 2u);
  EXPECT_EQ(sitemap.urls[0].url, "https://baotinh.vn/tin-1.html");
  EXPECT_EQ(sitemap.urls[0].last_modified, absl::FromUnixSeconds(1'772'672'400));
  EXPECT_EQ(sitemap.urls[1].url, "https://baotinh.vn/?a=1&b=2");
  EXPECT_EQ(sitemap.urls[1].last_modified, std::nullopt);
}

TEST(ParseSitemap, ReadsNewsAndNotTheirImages) {
  const Sitemap sitemap = Parsed(
      "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
      "xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'>"
      "<url><image:image><image:loc>/anh.jpg</image:loc></image:image><loc>/tin-2.html</"
      "loc><n:news><n:publication><n:name>Báo</n:name>"
      "</n:publication><n:publication_date>2026-03-05</n:publication_date><n:title>Xuống "
      "đồng</n:title></n:news></url></urlset>");
  ASSERT_EQ(sitemap.urls.size(), 1u);
  EXPECT_EQ(sitemap.urls[0].url, "https://baotinh.vn/tin-2.html");
  EXPECT_EQ(sitemap.urls[0].title, "Xuống đồng");
  EXPECT_EQ(sitemap.urls[0].published, absl::FromUnixSeconds(1'772'668'800));
}

TEST(ParseSitemap, ReadsAnIndexWithoutRepetitions) {
  const Sitemap sitemap = Parsed(
      "<sitemapindex><sitemap><loc>/s1.xml.gz</loc><lastmod>2026-03-05</lastmod></sitemap><sitemap><loc>/s1.xml.gz</"
      "loc></sitemap>"
      "<sitemap><loc>/s2.xml</loc></sitemap></sitemapindex>");
  EXPECT_TRUE(sitemap.urls.empty());
  ASSERT_EQ(sitemap.children.size(), 2u);
  EXPECT_TRUE(sitemap.children[0].last_modified.has_value());
}

TEST(ParseSitemap, ReadsBrokenRecords) {
  EXPECT_EQ(Parsed("<urlset><url><loc>/1</loc><loc>/2</loc><lastmod>2026-03-05</lastmod>").urls.size(), 2u);
  EXPECT_EQ(Parsed("<urlset><url> https://baotinh.vn/3 </url></urlset>").urls.size(), 1u);
  EXPECT_EQ(Parsed("<urlset><url><loc><url>/4</url></loc></url></urlset>").urls.size(), 1u);
}

TEST(ParseSitemap, AnAddressThatTheEndOfTheFileCutsOffIsNone) {
  const Sitemap sitemap = Parsed("<urlset><url><loc>https://a.vn/1</loc></url><url><loc>https://a.vn/thoi-s");
  ASSERT_EQ(sitemap.urls.size(), 1u);
  EXPECT_EQ(sitemap.urls[0].url, "https://a.vn/1");
  EXPECT_EQ(Parsed("<urlset><url><loc>https://a.vn/1</loc></url><url><loc>https://a.vn/2</lo").urls.size(), 2u);
}

TEST(ParseSitemap, ReadsGzip) { EXPECT_EQ(Parsed(Gzip("<urlset><url><loc>/5</loc></url></urlset>")).urls.size(), 1u); }

TEST(ParseSitemap, ReadsTextAndFeeds) {
  EXPECT_EQ(Parsed("\xEF\xBB\xBFhttps://baotinh.vn/1\r\nhttps://baotinh.vn/2\n\nrác\n").urls.size(), 2u);
  const Sitemap feed = Parsed("<rss><channel><item><link>/6</link><title>Tin</title></item></channel></rss>");
  ASSERT_EQ(feed.urls.size(), 1u);
  EXPECT_EQ(feed.urls[0].title, "Tin");
}

TEST(ParseSitemap, RefusesWhatIsNone) {
  EXPECT_THAT(ParseSitemap("<html/>", kBase), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("\"html\"")));
  EXPECT_THAT(ParseSitemap("", kBase), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("sitemap")));
}

TEST(ParseSitemap, CutsAtFiftyThousandUrls) {
  std::string xml = "<urlset>";
  for (size_t i = 0; i <= kMaxSitemapUrls; ++i) absl::StrAppend(&xml, "<url><loc>/", i, "</loc></url>");
  const Sitemap sitemap = Parsed(xml + "</urlset>");
  EXPECT_EQ(sitemap.urls.size(), kMaxSitemapUrls);
  EXPECT_TRUE(sitemap.truncated);
}

TEST(ParseSitemap, RefusesGzipThatExpandsPastTheLimit) {
  EXPECT_THAT(ParseSitemap(Gzip(std::string(kMaxSitemapBytes + 1, ' ')), kBase),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("52428800")));
}

}  // namespace
}  // namespace tintinh::crawler

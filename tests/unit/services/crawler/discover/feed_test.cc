#include "services/crawler/discover/feed.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace tintinh::crawler {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

constexpr absl::string_view kBase = "https://baotinh.vn/rss/home.rss";

Feed Parsed(absl::string_view xml) {
  const auto feed = ParseFeed(xml, kBase);
  EXPECT_THAT(feed, IsOk());
  return feed.value_or(Feed());
}

FeedItem OnlyItem(absl::string_view xml) {
  const Feed feed = Parsed(xml);
  EXPECT_EQ(feed.items.size(), 1u) << xml;
  return feed.items.empty() ? FeedItem() : feed.items[0];
}

std::string InRss(absl::string_view item) {
  return absl::StrCat("<rss version=\"2.0\"><channel>", item, "</channel></rss>");
}

TEST(ParseFeed, ReadsRss2) {
  const FeedItem item = OnlyItem(
      "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>Báo "
      "tỉnh</title><link>https://baotinh.vn</link>"
      "<item><title><![CDATA[Khánh thành cầu Bản Vược]]></title><link>https://baotinh.vn/cau-1.html</link>"
      "<pubDate>Thu, 05 Mar 2026 08:30:15 +0700</pubDate></item></channel></rss>");
  EXPECT_EQ(item.url, "https://baotinh.vn/cau-1.html");
  EXPECT_EQ(item.title, "Khánh thành cầu Bản Vược");
  EXPECT_EQ(item.published, absl::FromUnixSeconds(1'772'674'215));
}

TEST(ParseFeed, ReadsRss1) {
  const FeedItem item = OnlyItem(
      "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' "
      "xmlns:dc='http://purl.org/dc/elements/1.1/'><channel rdf:about='x'><title>k</title></channel>"
      "<item rdf:about='https://baotinh.vn/2.html'><title>Mùa "
      "lúa</title><dc:date>2026-03-05</dc:date></item></rdf:RDF>");
  EXPECT_EQ(item.url, "https://baotinh.vn/2.html");
  EXPECT_EQ(item.title, "Mùa lúa");
  EXPECT_TRUE(item.published.has_value());
}

TEST(ParseFeed, ReadsAtomAndPrefersThePage) {
  const FeedItem item = OnlyItem(
      "<feed xmlns='http://www.w3.org/2005/Atom'><title>k</title><link rel='self' href='/atom.xml'/><entry>"
      "<link rel='edit' href='/sua/3'/><link rel='alternate' type='application/json' href='/3.json'/>"
      "<link type='text/html' href='/3.html'/><source><title>Nguồn</title></source>"
      "<title type='html'>L&amp;uacute;a &lt;b&gt;mới&lt;/b&gt;</title><updated>2026-03-06T00:00:00Z</updated>"
      "<published>2026-03-05T00:00:00Z</published></entry></feed>");
  EXPECT_EQ(item.url, "https://baotinh.vn/3.html");
  EXPECT_EQ(item.title, "Lúa mới");
  EXPECT_EQ(item.published, absl::FromUnixSeconds(1'772'668'800));
}

TEST(ParseFeed, ReadsDoublyEscapedTitlesAndNumericDates) {
  const FeedItem item =
      OnlyItem(InRss("<item><title>Gi&amp;aacute; &amp;quot;v&amp;agrave;ng&amp;quot;</title><link>\n "
                     "https://baotinh.vn/gia\n-vang.html \n</link>"
                     "<pubDate>05/03/2026 (GMT+7)</pubDate></item>"));
  EXPECT_EQ(item.title, "Giá \"vàng\"");
  EXPECT_EQ(item.url, "https://baotinh.vn/gia-vang.html");
  EXPECT_EQ(item.published, absl::FromUnixSeconds(1'772'643'600));
}

TEST(ParseFeed, ReadsUndeclaredNamespacesAndHtmlEntities) {
  const FeedItem item =
      OnlyItem(InRss("<atom:link rel='self' href='x'/><item><media:thumbnail url='a'/><title>Ng&agrave;y h&ocirc;m nay "
                     "&nbsp;& mai</title>"
                     "<atom:link rel='self' "
                     "href='/khac'/><link>/hom-nay?a=1&b=2</link><dc:date>2026-03-05T08:00:00+07:00</dc:date></item>"));
  EXPECT_EQ(item.title, "Ngày hôm nay & mai");
  EXPECT_EQ(item.url, "https://baotinh.vn/hom-nay?a=1&b=2");
  EXPECT_TRUE(item.published.has_value());
}

TEST(ParseFeed, ReadsWrongEncodings) {
  EXPECT_EQ(
      OnlyItem("<?xml version='1.0' encoding='utf-16'?>" + InRss("<item><title>Huế</title><link>/h</link></item>"))
          .title,
      "Huế");
  EXPECT_EQ(OnlyItem("<?xml version='1.0' encoding='iso-8859-1'?>" +
                     InRss("<item><title>L\xE0o</title><link>/h</link></item>"))
                .title,
            "Lào");
  EXPECT_EQ(
      OnlyItem("<?xml version='1.0' encoding='utf-8'?>" + InRss("<item><title>L\xE0o</title><link>/h</link></item>"))
          .title,
      "L\uFFFDo");
}

TEST(ParseFeed, ReadsBrokenMarkup) {
  EXPECT_EQ(Parsed("<rss><channel><item><title>Một</b></title><link>/1</link></item><item><link>/2").items.size(), 2u);
  EXPECT_EQ(
      Parsed(InRss("<item><link>/1</link><description><p>a<br>b</description></item><item><link>/2</link></item>"))
          .items.size(),
      2u);
  EXPECT_EQ(Parsed("<rss><channel><item><link>/1</link></item></channel></rss>rác <x").items.size(), 1u);
}

TEST(ParseFeed, FallsBackToAnIdentifierThatIsAUrl) {
  EXPECT_EQ(OnlyItem(InRss("<item><guid>https://baotinh.vn/4.html</guid></item>")).url, "https://baotinh.vn/4.html");
  EXPECT_EQ(OnlyItem(InRss("<item><guid isPermaLink='false'>https://baotinh.vn/4.html</guid></item>")).url,
            "https://baotinh.vn/4.html");
  EXPECT_TRUE(Parsed(InRss("<item><guid>4711</guid></item>")).items.empty());
}

TEST(ParseFeed, KeepsOnlyWhatCanBeFetchedOnce) {
  const Feed feed =
      Parsed(InRss("<item><link>javascript:void(0)</link></item><item><link>/5</link><title>a</title></"
                   "item><item><link>/5</link><title>b</title></item>"));
  ASSERT_EQ(feed.items.size(), 1u);
  EXPECT_EQ(feed.items[0].title, "a");
}

TEST(ParseFeed, ReadsThePeriodOfUpdates) {
  EXPECT_EQ(Parsed(InRss("<ttl>30</ttl>")).update_period, absl::Minutes(30));
  EXPECT_EQ(Parsed(InRss("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>"))
                .update_period,
            absl::Minutes(15));
  EXPECT_EQ(Parsed(InRss("<ttl>0</ttl>")).update_period, std::nullopt);
  EXPECT_EQ(Parsed(InRss("<ttl>4294967295</ttl>")).update_period, absl::Hours(24 * 365));
}

TEST(ParseFeed, ExpandsNoEntityAndReadsNoFile) {
  std::string xml = "<!DOCTYPE rss [<!ENTITY f SYSTEM \"file:///etc/hostname\"><!ENTITY a \"aaaaaaaaaa\">";
  for (char c = 'b'; c < 'z'; ++c) {
    const char previous = static_cast<char>(c - 1);
    xml += absl::StrCat("<!ENTITY ", std::string(1, c), " \"");
    for (int i = 0; i < 10; ++i) xml += absl::StrCat("&", std::string(1, previous), ";");
    xml += "\">";
  }
  xml += "]>" + InRss("<item><title>&y;&f;</title><link>/6</link></item>");
  EXPECT_EQ(OnlyItem(xml).title, "&y;&f;");
}

TEST(ParseFeed, RefusesWhatIsNoFeed) {
  EXPECT_THAT(ParseFeed("<html><body/></html>", kBase),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("\"html\"")));
  EXPECT_THAT(ParseFeed("", kBase), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("\"\"")));
  EXPECT_THAT(ParseFeed("<urlset/>", kBase), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("urlset")));
}

TEST(ParseFeed, KeepsItsLimits) {
  EXPECT_THAT(ParseFeed(std::string(kMaxFeedBytes + 1, ' '), kBase),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("limit 10485760")));
  std::string items;
  for (size_t i = 0; i < kMaxFeedItems + 10; ++i) items += absl::StrCat("<item><link>/", i, "</link></item>");
  EXPECT_EQ(Parsed(InRss(items)).items.size(), kMaxFeedItems);
  EXPECT_EQ(OnlyItem(InRss("<item><link>/7</link><title>" + std::string(5000, 'a') + "</title></item>")).title.size(),
            kMaxTitleBytes);
}

}  // namespace
}  // namespace tintinh::crawler

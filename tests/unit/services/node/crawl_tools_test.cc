#include "services/node/crawl_tools.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/support/status_matchers.h"

namespace tintinh::node {
namespace {

using ::testing::HasSubstr;
using tintinh::testing::StatusIs;

TEST(AskRobots, TellsTheVerdictAndItsRule) {
  EXPECT_EQ(
      AskRobots(R"({"robots":"User-agent: *\nDisallow: /quan-tri/","agent":"TinTinh","url":"http://a.vn/quan-tri/x"})"),
      R"j({"allowed":false,"rule":"Disallow: /quan-tri/ (line 2)"})j");
  EXPECT_EQ(AskRobots(R"({"robots":"","agent":"TinTinh","url":"http://a.vn"})"), R"({"allowed":true,"rule":""})");
  // "User-agent: a\nDisallow: /"
  EXPECT_THAT(AskRobots(R"({"robots_b64":"VXNlci1hZ2VudDogYQpEaXNhbGxvdzogLw==","agents":["b","a"],"url":"/x"})"),
              HasSubstr("\"allowed\":false"));
}

TEST(AskUrl, NormalizesAndResolves) {
  EXPECT_EQ(AskUrlNormalize(R"({"url":"HTTP://Bao.VN:80/a/../b"})"), R"({"normalized":"http://bao.vn/b"})");
  EXPECT_EQ(AskUrlNormalize(R"({"url":"mailto:a@b.vn"})"), R"({"normalized":null})");
  EXPECT_EQ(AskUrlResolve(R"({"base":"http://bao.vn/tin/","input":"../anh.jpg"})"),
            R"({"resolved":"http://bao.vn/anh.jpg"})");
  EXPECT_EQ(AskUrlResolve(R"({"base":"http://bao.vn/","input":"javascript:x"})"), R"({"resolved":null})");
}

TEST(AskRetryAfter, ReadsSecondsAndDates) {
  EXPECT_EQ(AskRetryAfter(R"({"now":784111717,"header":"120"})"), R"({"delay_s":120})");
  EXPECT_EQ(AskRetryAfter(R"({"now":784111717,"header":"Sun, 06 Nov 1994 08:49:37 GMT"})"), R"({"delay_s":60})");
  EXPECT_EQ(AskRetryAfter(R"({"now":784111717,"header":"mai"})"), R"({"delay_s":null})");
}

TEST(AskBlocked, JudgesAddressesAndWhatUrlsWrite) {
  EXPECT_EQ(AskBlocked(R"({"address":"169.254.169.254"})"), R"({"blocked":true})");
  EXPECT_EQ(AskBlocked(R"({"address":"8.8.8.8"})"), R"({"blocked":false})");
  EXPECT_EQ(AskBlocked(R"({"url":"http://0x7f000001/"})"), R"({"blocked":true})");
  EXPECT_EQ(AskBlocked(R"({"url":"file:///etc/passwd"})"), R"({"blocked":true})");
  EXPECT_EQ(AskBlocked(R"({"url":"http://bao.vn/"})"), R"({"blocked":false})");
  for (const std::string host :
       {"localhost", "LocalHost.", "a.localhost", "metadata.google.internal", "may-in.local"}) {
    EXPECT_EQ(AskBlocked(absl::StrCat(R"({"url":"http://)", host, R"(/"})")), R"({"blocked":true})") << host;
  }
  EXPECT_EQ(AskBlocked(R"({"url":"http://internal.vn/"})"), R"({"blocked":false})");
}

TEST(Tools, WhatAQuestionLacksIsNamed) {
  EXPECT_EQ(AskRobots("khong phai json"), R"({"error":"no JSON object"})");
  EXPECT_EQ(AskRobots(R"({"agent":"x","url":"/"})"), R"({"error":"robots: no text"})");
  EXPECT_EQ(AskRobots(R"({"robots":"","url":7})"), R"({"error":"url: no text"})");
  EXPECT_EQ(AskUrlNormalize("[]"), R"({"error":"url: no text"})");
  EXPECT_EQ(AskUrlResolve(R"({"base":"http://a.vn"})"), R"({"error":"input: no text"})");
  EXPECT_EQ(AskRetryAfter(R"({"header":"1"})"), R"({"error":"now: no Unix seconds"})");
  EXPECT_EQ(AskBlocked("{}"), R"({"error":"address or url: no text"})");
}

TEST(SitemapAsJson, HasPagesAndTheirTimes) {
  EXPECT_EQ(*SitemapAsJson("<urlset><url><loc>https://bao.vn/a</loc><lastmod>2021-09-20</lastmod></url></urlset>",
                           "https://bao.vn/sitemap.xml"),
            R"({"urls":[{"loc":"https://bao.vn/a","lastmod":"2021-09-20T00:00:00Z","lastmod_ms":1632096000000}],)"
            R"("sitemaps":[],"truncated":false})");
  EXPECT_THAT(SitemapAsJson("\x01\x02", "https://bao.vn/").status(),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("")));
}

TEST(FeedAsJson, HasEntriesWithLinksTitlesAndTimes) {
  EXPECT_EQ(
      *FeedAsJson("<rss><channel><ttl>5</ttl><item><link>/a</link><title>Tin &amp;amp; bài</title><pubDate>Mon, 20 "
                  "Sep 2021 07:00:00 +0700</pubDate></item></channel></rss>",
                  "https://bao.vn/rss"),
      R"({"entries":[{"link":"https://bao.vn/a","title":"Tin & bài","published":"2021-09-20T00:00:00Z",)"
      R"("published_ms":1632096000000}],"update_period_s":300})");
}

}  // namespace
}  // namespace tintinh::node

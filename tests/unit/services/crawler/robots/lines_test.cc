#include "services/crawler/robots/lines.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace tintinh::crawler {
namespace {

TEST(ReadRobotsLines, CountsLinesWhateverEndsThem) {
  const auto lines = ReadRobotsLines("User-agent: a\rAllow: /1\r\nAllow: /2\n\n\rAllow: /3");
  ASSERT_EQ(lines.size(), 4u);
  EXPECT_EQ(lines[1].number, 2u);
  EXPECT_EQ(lines[2].number, 3u);
  EXPECT_EQ(lines[3].number, 6u);
  EXPECT_EQ(lines[3].value, "/3");
}

TEST(ReadRobotsLines, SkipsAByteOrderMarkAndReadsUtf16) {
  EXPECT_EQ(ReadRobotsLines("\xEF\xBB\xBF"
                            "Allow: /a")
                .size(),
            1u);
  EXPECT_EQ(ReadRobotsLines("\xEF\xBB"
                            "Allow: /a")
                .size(),
            1u);
  const std::string utf16(
      "\xFF\xFE"
      "A\0l\0l\0o\0w\0:\0/\0a\0",
      18);
  ASSERT_EQ(ReadRobotsLines(utf16).size(), 1u);
  EXPECT_EQ(ReadRobotsLines(utf16)[0].value, "/a");
}

TEST(ReadRobotsLines, TakesKeysInAnyCaseAndKnownMisspellings) {
  const auto lines = ReadRobotsLines("USER-AGENT:x\nuser agent: y\n disalow : /z # hết\nSite-map: s\nHost: h\n");
  ASSERT_EQ(lines.size(), 4u);
  EXPECT_EQ(lines[1].key, RobotsKey::kUserAgent);
  EXPECT_EQ(lines[2].key, RobotsKey::kDisallow);
  EXPECT_EQ(lines[2].value, "/z");
  EXPECT_EQ(lines[3].key, RobotsKey::kSitemap);
}

TEST(ReadRobotsLines, TakesASpaceForTheColonBeforeOneValueOnly) {
  const auto lines = ReadRobotsLines("disallow /a\ndisallow /a /b\ndisallow\n");
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0].value, "/a");
}

TEST(ReadRobotsLines, ReadsFiveHundredKibibytesAndNoCutLine) {
  std::string body;
  while (body.size() + 16 < kMaxRobotsBytes) body += "Disallow: /aaaa\n";
  const size_t whole = ReadRobotsLines(body).size();
  absl::StrAppend(&body, "Disallow: /bbbb", std::string(100, 'b'), "\nDisallow: /\n");
  EXPECT_EQ(ReadRobotsLines(body).size(), whole);
}

TEST(ReadRobotsLines, CutsALongLine) {
  const auto lines =
      ReadRobotsLines(absl::StrCat("Disallow: /", std::string(2 * kMaxRobotsLineBytes, 'a'), "\nAllow: /b"));
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].value.size(), kMaxRobotsLineBytes - 10);
  EXPECT_EQ(lines[1].value, "/b");
}

}  // namespace
}  // namespace tintinh::crawler

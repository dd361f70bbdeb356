#include "services/web/html/text.h"

#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"

namespace tintinh::web {
namespace {

google::protobuf::RepeatedPtrField<v1::Highlight> Highlights(const std::vector<std::pair<uint32_t, uint32_t>>& ranges) {
  google::protobuf::RepeatedPtrField<v1::Highlight> highlights;
  for (const auto& [begin, end] : ranges) {
    v1::Highlight& highlight = *highlights.Add();
    highlight.set_begin(begin);
    highlight.set_end(end);
  }
  return highlights;
}

TEST(Escape, LeavesNothingThatHtmlReads) {
  EXPECT_EQ(Escape("<a href='x' id=\"y\">&"), "&lt;a href=&#39;x&#39; id=&quot;y&quot;&gt;&amp;");
}

TEST(Escape, RepairsUtf8AndDropsControls) {
  EXPECT_EQ(Escape("tổ\xFF\x01\x7F\n"), "tổ\uFFFD\n");
  EXPECT_EQ(Escape(absl::string_view("a\0b", 3)), "ab");
}

TEST(EscapeWithMarks, EscapesInsideAndOutside) {
  EXPECT_EQ(EscapeWithMarks("a<b>c", Highlights({{1, 4}})), "a<mark>&lt;b&gt;</mark>c");
}

TEST(EscapeWithMarks, WrongHighlightsAreDroppedAndTheTextStaysWhole) {
  EXPECT_EQ(EscapeWithMarks("abcd", Highlights({{2, 3}, {1, 2}, {2, 2}, {3, 99}, {4'000'000'000U, 1}})),
            "ab<mark>c</mark>d");
}

TEST(IsWebUrl, OnlyHttpAndHttps) {
  EXPECT_TRUE(IsWebUrl("https://bao.example/x"));
  EXPECT_TRUE(IsWebUrl("HTTP://bao.example/x"));
  EXPECT_FALSE(IsWebUrl("javascript:alert(1)"));
  EXPECT_FALSE(IsWebUrl("file:bai.txt"));
  EXPECT_FALSE(IsWebUrl(""));
}

TEST(FormatCount, GroupsByThousands) {
  EXPECT_EQ(FormatCount(0), "0");
  EXPECT_EQ(FormatCount(999), "999");
  EXPECT_EQ(FormatCount(1000), "1.000");
  EXPECT_EQ(FormatCount(1234567), "1.234.567");
}

TEST(FormatPublished, ShowsAsMuchAsIsKnown) {
  google::protobuf::Timestamp published;
  published.set_seconds(1'606'367'460);  // 26 November 2020 05:11 UTC
  EXPECT_EQ(FormatPublished(published, v1::TIME_PRECISION_MINUTE), "26/11/2020 12:11");
  EXPECT_EQ(FormatPublished(published, v1::TIME_PRECISION_DAY), "26/11/2020");
  EXPECT_EQ(FormatPublished(published, v1::TIME_PRECISION_UNSPECIFIED), "");
}

TEST(FormatPlace, SaysBothEpochs) {
  v1::Place place;
  EXPECT_EQ(FormatPlace(place), "");
  place.set_province("Vĩnh Phúc");
  place.set_province_today("Phú Thọ");
  place.set_district("Lập Thạch");
  EXPECT_EQ(FormatPlace(place), "Lập Thạch, Vĩnh Phúc (nay là Phú Thọ)");
  place.set_province("Phú Thọ");
  EXPECT_EQ(FormatPlace(place), "Lập Thạch, Phú Thọ");
}

}  // namespace
}  // namespace tintinh::web

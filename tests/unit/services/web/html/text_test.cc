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

TEST(Element, IsNothingWithoutContent) {
  EXPECT_EQ(Element("p", "", "x"), "<p>x</p>");
  EXPECT_EQ(Element("p", "a b", "<b>x</b>"), "<p class=\"a b\"><b>x</b></p>");
  EXPECT_EQ(Element("p", "a", ""), "");
}

TEST(Link, EscapesTheAddress) {
  EXPECT_EQ(Link("/search?q=a&lang=en", "<b>x</b>"), "<a href=\"/search?q=a&amp;lang=en\"><b>x</b></a>");
  EXPECT_EQ(Link("/\"><script>", "x", "rel=\"next\""), "<a href=\"/&quot;&gt;&lt;script&gt;\" rel=\"next\">x</a>");
  EXPECT_NE(OuterLink("https://bao.example/", "x").find("rel=\"noopener external\""), std::string::npos);
}

const Phrases& kVi = PhrasesOf({});
const Phrases& kEn = PhrasesOf({{"lang", "en"}});

TEST(ShownAddress, HidesWhereAFileLay) {
  EXPECT_EQ(ShownAddress("https://bao.example/a/b"), "https://bao.example/a/b");
  EXPECT_EQ(ShownAddress("file:/srv/kho/bai.html"), "bai.html");
  EXPECT_EQ(ShownAddress("file:bai.html"), "file:bai.html");
}

TEST(FormatCount, GroupsByThousands) {
  EXPECT_EQ(FormatCount(0, kVi), "0");
  EXPECT_EQ(FormatCount(999, kVi), "999");
  EXPECT_EQ(FormatCount(1000, kVi), "1.000");
  EXPECT_EQ(FormatCount(1234567, kVi), "1.234.567");
  EXPECT_EQ(FormatCount(1234567, kEn), "1,234,567");
}

TEST(FormatBytes, HasTwoDigitsAtLeast) {
  EXPECT_EQ(FormatBytes(0, kVi), "0 B");
  EXPECT_EQ(FormatBytes(999, kVi), "999 B");
  EXPECT_EQ(FormatBytes(1000, kVi), "1,0 kB");
  EXPECT_EQ(FormatBytes(999'600, kVi), "1,0 MB");
  EXPECT_EQ(FormatBytes(67'108'864, kEn), "67 MB");
  EXPECT_EQ(FormatBytes(18'000'000'000'000'000'000U, kEn), "18000000 TB");
}

TEST(FormatAge, UsesTheLargestUnitThatFits) {
  EXPECT_EQ(FormatAge(absl::Seconds(-5), kVi), "0 giây");
  EXPECT_EQ(FormatAge(absl::Seconds(119), kVi), "119 giây");
  EXPECT_EQ(FormatAge(absl::Minutes(2), kVi), "2 phút");
  EXPECT_EQ(FormatAge(absl::Hours(47), kVi), "47 giờ");
  EXPECT_EQ(FormatAge(absl::Hours(49), kEn), "2 d");
}

TEST(FormatSeconds, WritesAsTheLanguageDoes) {
  EXPECT_EQ(FormatSeconds(absl::Milliseconds(34), kVi), "0,03 giây");
  EXPECT_EQ(FormatSeconds(absl::Milliseconds(34), kEn), "0.03 s");
}

TEST(FormatPublished, ShowsAsMuchAsIsKnown) {
  google::protobuf::Timestamp published;
  published.set_seconds(1'606'367'460);  // 26 November 2020 05:11 UTC
  EXPECT_EQ(FormatPublished(published, v1::TIME_PRECISION_MINUTE, kVi), "26/11/2020 12:11");
  EXPECT_EQ(FormatPublished(published, v1::TIME_PRECISION_DAY, kVi), "26/11/2020");
  EXPECT_EQ(FormatPublished(published, v1::TIME_PRECISION_DAY, kVi, DateForm::kLong), "Thứ Năm, 26/11/2020");
  EXPECT_EQ(FormatPublished(published, v1::TIME_PRECISION_DAY, kEn), "26 Nov 2020");
  EXPECT_EQ(FormatPublished(published, v1::TIME_PRECISION_UNSPECIFIED, kVi), "");
}

TEST(TimeHtml, NamesTheTimeForMachines) {
  google::protobuf::Timestamp published;
  published.set_seconds(1'606'367'460);
  EXPECT_EQ(TimeHtml(published, v1::TIME_PRECISION_MINUTE, kVi),
            "<time datetime=\"2020-11-26T12:11+07:00\">26/11/2020 12:11</time>");
  EXPECT_EQ(TimeHtml(published, v1::TIME_PRECISION_DAY, kVi), "<time datetime=\"2020-11-26\">26/11/2020</time>");
  EXPECT_EQ(TimeHtml(published, v1::TIME_PRECISION_UNSPECIFIED, kVi), "");
}

TEST(FormatPlace, SaysBothEpochs) {
  v1::Place place;
  EXPECT_EQ(FormatPlace(place, kVi), "");
  place.set_province("Vĩnh Phúc");
  place.set_province_today("Phú Thọ");
  place.set_district("Lập Thạch");
  EXPECT_EQ(FormatPlace(place, kVi), "Lập Thạch, Vĩnh Phúc (nay là Phú Thọ)");
  EXPECT_EQ(FormatPlace(place, kEn), "Lập Thạch, Vĩnh Phúc (today Phú Thọ)");
  place.set_province("Phú Thọ");
  EXPECT_EQ(FormatPlace(place, kVi), "Lập Thạch, Phú Thọ");
}

}  // namespace
}  // namespace tintinh::web

#include "services/crawler/discover/entity.h"

#include <string>

#include "gtest/gtest.h"

namespace tintinh::crawler {
namespace {

TEST(EntityAt, ReadsNamesAndNumbers) {
  EXPECT_EQ(EntityAt("&agrave;o").utf8, "à");
  EXPECT_EQ(EntityAt("&agrave;o").bytes, 8u);
  EXPECT_EQ(EntityAt("&#7841;").utf8, "ạ");
  EXPECT_EQ(EntityAt("&#x1EA1;").utf8, "ạ");
  EXPECT_EQ(EntityAt("&#x1F600;").utf8, "😀");
  EXPECT_EQ(EntityAt("&apos;").utf8, "'");
}

TEST(EntityAt, Numbers128To159AreWindows1252) {
  EXPECT_EQ(EntityAt("&#147;").utf8, "“");
  EXPECT_EQ(EntityAt("&#x80;").utf8, "€");
}

TEST(EntityAt, NumbersOfNoCharacterGiveTheReplacement) {
  for (const char* text : {"&#0;", "&#xD800;", "&#x110000;", "&#1;", "&#xFFFE;"})
    EXPECT_EQ(EntityAt(text).utf8, "\uFFFD") << text;
}

TEST(EntityAt, AnythingElseIsNone) {
  for (const char* text : {"", "&", "&;", "&#;", "&#x;", "&khong;", "&agrave", "& amp;", "a", "&#99999999999;"}) {
    EXPECT_EQ(EntityAt(text).bytes, 0u) << text;
  }
}

TEST(PlainTitle, DecodesWhatIsEscapedTwice) {
  EXPECT_EQ(PlainTitle("Gi&amp;aacute; v&amp;agrave;ng", 100), "Giá vàng");
  EXPECT_EQ(PlainTitle("An &amp;amp; B&igrave;nh", 100), "An & Bình");
}

TEST(PlainTitle, RemovesMarkupButNotComparisons) {
  EXPECT_EQ(PlainTitle("<b>Lũ</b> về <img src='x'/>Sa Pa", 100), "Lũ về Sa Pa");
  EXPECT_EQ(PlainTitle("Lạm phát < 5%", 100), "Lạm phát < 5%");
  EXPECT_EQ(PlainTitle("&lt;i&gt;Nghiêng&lt;/i&gt;", 100), "Nghiêng");
}

TEST(PlainTitle, CollapsesWhiteSpaceOfUnicode) {
  EXPECT_EQ(PlainTitle("\u00A0 Tin\n\t \u3000mới \uFEFF", 100), "Tin mới");
}

TEST(PlainTitle, CutsBetweenCharacters) {
  EXPECT_EQ(PlainTitle("Huế", 5), "Huế");
  EXPECT_EQ(PlainTitle("Huế", 4), "Hu");
  EXPECT_EQ(PlainTitle("ế", 0), "");
}

TEST(DecodeEntities, DecodesOnce) { EXPECT_EQ(DecodeEntities("&amp;amp; &x; &lt;"), "&amp; &x; <"); }

TEST(StripWhitespace, StripsThatOfUnicode) { EXPECT_EQ(StripWhitespace(" \u2000\uFEFFa b\u00A0\n"), "a b"); }

}  // namespace
}  // namespace tintinh::crawler

#include "services/crawler/discover/charset.h"

#include <string>

#include "gtest/gtest.h"

namespace tintinh::crawler {
namespace {

TEST(ToUtf8, ValidUtf8WinsOverTheDeclaration) {
  const std::string xml = "<?xml version='1.0' encoding='windows-1252'?><t>Lào Cai</t>";
  EXPECT_EQ(ToUtf8(xml), xml);
  EXPECT_EQ(ToUtf8("<?xml version='1.0' encoding='utf-16'?><t>Huế</t>"),
            "<?xml version='1.0' encoding='utf-16'?><t>Huế</t>");
}

TEST(ToUtf8, ReadsTheDeclaredEncodingOtherwise) {
  EXPECT_EQ(ToUtf8("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><t>L\xE0o</t>"),
            "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><t>Lào</t>");
  EXPECT_EQ(ToUtf8("<?xml encoding='windows-1258'?>\xD0\xF5"), "<?xml encoding='windows-1258'?>Đơ");
}

TEST(ToUtf8, ByteOrderMarksDecide) {
  EXPECT_EQ(ToUtf8("\xEF\xBB\xBF<a/>"), "<a/>");
  EXPECT_EQ(ToUtf8(absl::string_view("\xFF\xFE<\0a\0/\0>\0", 10)), "<a/>");
  EXPECT_EQ(ToUtf8(absl::string_view("\xFE\xFF\0<\0\xE0", 6)), "<à");
}

TEST(ToUtf8, Utf16WithoutMarkIsRecognised) {
  EXPECT_EQ(ToUtf8(absl::string_view("<\0?\0x\0", 6)), "<?x");
  EXPECT_EQ(ToUtf8(absl::string_view("\0<\0?\0x", 6)), "<?x");
}

TEST(ToUtf8, WhatIsNoTextBecomesReplacementCharacters) {
  EXPECT_EQ(ToUtf8("a\xFFz"), "a\uFFFDz");
  EXPECT_EQ(ToUtf8("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(ToUtf8("\xF4\x90\x80\x80").size(), 12u);
  EXPECT_EQ(ToUtf8("\xE1\xBA"), "\uFFFD\uFFFD");
  EXPECT_EQ(ToUtf8("<?xml encoding='../x'?>\xFF"), "<?xml encoding='../x'?>\uFFFD");
}

}  // namespace
}  // namespace tintinh::crawler

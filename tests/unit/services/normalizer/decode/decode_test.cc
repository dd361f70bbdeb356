#include "services/normalizer/decode/decode.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/text/normal_form.h"
#include "tests/support/status_matchers.h"

namespace tintinh::normalizer {
namespace {

using ::testing::HasSubstr;
using tintinh::testing::StatusIs;

DecodedPage Decoded(absl::string_view bytes, absl::string_view content_type = "") {
  absl::StatusOr<DecodedPage> page = DecodePage(bytes, content_type);
  EXPECT_TRUE(page.ok()) << page.status();
  return page.ok() ? *std::move(page) : DecodedPage();
}

TEST(DecodePage, ByteOrderMarkGoesFirst) {
  const DecodedPage page = Decoded("\xEF\xBB\xBFTh\xC3\xA0nh", "text/html; charset=windows-1258");
  EXPECT_EQ(page.utf8, "Thành");
  EXPECT_EQ(page.rule, "byte order mark");
}

TEST(DecodePage, Utf16WithByteOrderMark) {
  EXPECT_EQ(Decoded(absl::string_view("\xFF\xFE\x54\x00\xE0\x00", 6)).utf8, "Tà");
  EXPECT_EQ(Decoded(absl::string_view("\xFE\xFF\x00\x54\x00\xE0", 6)).utf8, "Tà");
}

TEST(DecodePage, ContentTypeGoesBeforeMeta) {
  const DecodedPage page = Decoded("<meta charset=windows-1252>\xEA\xF2", "text/html; charset=windows-1258");
  EXPECT_EQ(page.rule, "content-type");
  EXPECT_THAT(text::NormalForm(page.utf8), HasSubstr("ệ"));
}

TEST(DecodePage, MetaDecidesWithoutContentType) {
  const DecodedPage page = Decoded("<meta charset=windows-1258>\xEA\xF2");
  EXPECT_EQ(page.rule, "meta");
  EXPECT_EQ(page.charset, "windows-1258");
}

TEST(DecodePage, ValidUtf8IsUtf8WhateverIsDeclared) {
  const DecodedPage page = Decoded("<meta charset=iso-8859-1>Thành phố", "text/html; charset=iso-8859-1");
  EXPECT_THAT(page.utf8, HasSubstr("Thành phố"));
  EXPECT_EQ(page.rule, "valid UTF-8");
}

TEST(DecodePage, UndeclaredLegacyBytesAreGuessed) {
  std::string bytes;
  for (int i = 0; i < 30; ++i) absl::StrAppend(&bytes, "U\xD2y ban nh\xE2n d\xE2n huy\xEA\xF2n Vi\xEA\xF2t Y\xEAn. ");
  const DecodedPage page = Decoded(bytes);
  EXPECT_TRUE(page.rule == "detected" || page.rule == "default") << page.rule;
}

TEST(DecodePage, AFewBadBytesAreReplacedAndCounted) {
  const DecodedPage page =
      Decoded("Một bài viết rất bình thường về quê hương\xFF đất nước", "text/html; charset=utf-8");
  EXPECT_EQ(page.replaced, 1u);
  EXPECT_THAT(page.utf8, HasSubstr("quê hương\xEF\xBF\xBD"));
}

TEST(DecodePage, MoreThanATenthUndecodableIsRefused) {
  EXPECT_THAT(DecodePage("ab\xFF\xFF\xFFxyz", "text/html; charset=utf-8"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("3 of 8 bytes undecodable as utf-8")));
}

TEST(DecodePage, BinaryIsRefused) {
  const std::string png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0", 30);
  EXPECT_THAT(DecodePage(png, "image/png"), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("body")));
}

TEST(DecodePage, EmptyIsEmpty) { EXPECT_EQ(Decoded("").utf8, ""); }

}  // namespace
}  // namespace tintinh::normalizer

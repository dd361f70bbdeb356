#include "common/text/glyph.h"

#include <string>

#include "absl/strings/string_view.h"
#include "gtest/gtest.h"

namespace tintinh::text {
namespace {

struct Read {
  char32_t letter;  // lower case, with its tone
  size_t end;
  size_t next;
};

Read ReadOne(absl::string_view text) {
  Glyph glyph;
  if (!ReadGlyph(text.data(), text.data() + text.size(), &glyph)) return {0, 0, 0};
  return {TonedLetter(glyph.letter), static_cast<size_t>(glyph.end - text.data()),
          static_cast<size_t>(glyph.next - text.data())};
}

TEST(GlyphTest, ABaseAndItsMarksAreOneLetterInAnyOrder) {
  for (const char* text : {"ệ", "e\u0323\u0302", "e\u0302\u0323", "ê\u0323", "ẹ\u0302", "e\u00AD\u0302\u200B\u0323"}) {
    const Read read = ReadOne(text);
    EXPECT_EQ(read.letter, U'ệ') << text;
    EXPECT_EQ(read.end, absl::string_view(text).size()) << text;
  }
}

TEST(GlyphTest, TrailingInvisibleCharactersDoNotBelongToTheLetter) {
  const Read read = ReadOne("a\u0301\u200B\u00ADb");
  EXPECT_EQ(read.letter, U'á');
  EXPECT_EQ(read.end, 3U);
  EXPECT_EQ(read.next, 8U);
}

TEST(GlyphTest, OtherAlphabetsComposeCanonically) {
  EXPECT_EQ(ReadOne("u\u0308").letter, U'ü');
  EXPECT_EQ(ReadOne("n\u0303").letter, U'ñ');
  EXPECT_EQ(ReadOne("u\u0308\u0301").letter, U'ǘ');
  EXPECT_EQ(ReadOne("и\u0306").letter, U'й');
  EXPECT_EQ(ReadOne("\u212B").letter, U'å');
}

TEST(GlyphTest, MarksOfOtherScriptsBetweenBaseAndMarkDoNotPartThem) {
  EXPECT_EQ(ReadOne("a\u0742\u0302").letter, U'â');
}

TEST(GlyphTest, MarksBeyondTheBoundAreDropped) {
  std::string text = "a";
  for (int i = 0; i < 1000; ++i) text += "\u0316";
  text += "\u0301";
  const Read read = ReadOne(text);
  EXPECT_EQ(read.letter, U'a');
  EXPECT_EQ(read.end, text.size());
}

TEST(GlyphTest, WhatIsNoLetterIsNotRead) {
  for (const char* text : {" ", ".", "\u0301a", "\u2019", "\xFF", "\xE1\xBA"}) EXPECT_EQ(ReadOne(text).end, 0U) << text;
}

}  // namespace
}  // namespace tintinh::text

#include "common/text/utf8.h"

#include <string>

#include "gtest/gtest.h"

namespace tintinh::text {
namespace {

struct Sequence {
  const char* bytes;
  size_t replacements;
};

// Unicode 15, table 3-7: each row's edges from both sides.
TEST(Utf8Test, WellFormedSequencesAreThoseOfTable37) {
  for (const char* bytes : {"", "a", "\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
                            "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF", "Lập Thạch"}) {
    EXPECT_TRUE(IsValidUtf8(bytes)) << bytes;
    EXPECT_EQ(RepairUtf8(bytes), bytes);
  }
  for (const char* bytes : {"\x80", "\xC0\xAF", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
                            "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xC3", "\xE1\xBA", "\xF0\x9F\x98"}) {
    EXPECT_FALSE(IsValidUtf8(bytes)) << bytes;
  }
}

TEST(Utf8Test, ValidityAndDecodingAgree) {
  const auto decodes = [](absl::string_view bytes) {
    for (size_t at = 0; at < bytes.size();) {
      const CodePoint point = DecodeUtf8(bytes.data() + at, bytes.data() + bytes.size());
      if (!point.valid) return false;
      at += point.size;
    }
    return true;
  };
  const std::string bytes(
      "\x00\x41\x7F\x80\x8F\x90\x9F\xA0\xBF\xC0\xC1\xC2\xDF\xE0\xE1\xEC\xED\xEE\xEF\xF0\xF1\xF3\xF4\xF5\xFF", 25);
  for (size_t row = 0; row < 25 * 25 * 25 * 25; ++row) {
    std::string sequence;
    for (size_t rest = row; sequence.size() < 4; rest /= bytes.size()) sequence.push_back(bytes[rest % bytes.size()]);
    ASSERT_EQ(IsValidUtf8(sequence), decodes(sequence)) << row;
  }
}

TEST(Utf8Test, RepairReplacesEachLongestBeginningOnce) {
  for (const Sequence& sequence :
       {Sequence{"\xE1\xBA", 1},
        Sequence{"a\xE1\xBA"
                 "b",
                 1},
        Sequence{"\xF0\x9F\x98", 1}, Sequence{"\xED\xA0\x80", 3}, Sequence{"\xFF\xFF", 2}, Sequence{"tốt", 0}}) {
    size_t replaced = 99;
    const std::string repaired = RepairUtf8(sequence.bytes, &replaced);
    EXPECT_EQ(replaced, sequence.replacements) << sequence.bytes;
    EXPECT_TRUE(IsValidUtf8(repaired));
  }
  EXPECT_EQ(RepairUtf8("a\xE1\xBA"
                       "b"),
            "a\uFFFDb");
}

TEST(Utf8Test, WriteIsTheInverseOfDecode) {
  for (const char32_t value :
       {U'\0', U'a', U'\u007F', U'\u0080', U'\u07FF', U'\u0800', U'ệ', U'\uFFFF', U'\U00010000', U'\U0010FFFF'}) {
    std::string bytes;
    AppendUtf8(value, &bytes);
    const CodePoint point = DecodeUtf8(bytes.data(), bytes.data() + bytes.size());
    EXPECT_EQ(point.value, value);
    EXPECT_EQ(point.size, bytes.size());
    EXPECT_TRUE(point.valid);
  }
}

TEST(Utf8Test, AnyRunOfWhiteSpaceCollapsesToOneSpace) {
  EXPECT_EQ(CollapseWhitespace("  Ủy\u00A0\t ban\r\n\u3000nhân\u2003dân\u2028 "), "Ủy ban nhân dân");
  EXPECT_EQ(CollapseWhitespace(" \n\t"), "");
  EXPECT_EQ(CollapseWhitespace("liền"), "liền");
}

}  // namespace
}  // namespace tintinh::text

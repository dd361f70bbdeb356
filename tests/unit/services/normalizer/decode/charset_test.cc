#include "services/normalizer/decode/charset.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "common/text/normal_form.h"
#include "tests/support/conformance.h"

namespace tintinh::normalizer {
namespace {

using ::testing::Optional;
using tintinh::testing::Text;

TEST(CharsetOfLabel, KnowsTheNamesThatPagesUse) {
  EXPECT_THAT(CharsetOfLabel(" UTF8 "), Optional(std::string("utf-8")));
  EXPECT_THAT(CharsetOfLabel("Windows-1258"), Optional(std::string("windows-1258")));
  EXPECT_THAT(CharsetOfLabel("x-cp1258"), Optional(std::string("windows-1258")));
}

TEST(CharsetOfLabel, LatinOneMeansWindows1252) {
  EXPECT_THAT(CharsetOfLabel("ISO-8859-1"), Optional(std::string("windows-1252")));
  EXPECT_THAT(CharsetOfLabel("us-ascii"), Optional(std::string("windows-1252")));
}

TEST(CharsetOfLabel, UnknownLabelsGiveNothing) {
  EXPECT_EQ(CharsetOfLabel("khong-co"), std::nullopt);
  EXPECT_EQ(CharsetOfLabel(""), std::nullopt);
}

TEST(CharsetOfContentType, ReadsTheParameter) {
  EXPECT_THAT(CharsetOfContentType("text/html; Charset=\"UTF-8\""), Optional(std::string("utf-8")));
  EXPECT_THAT(CharsetOfContentType("text/html;charset=windows-1258;x=y"), Optional(std::string("windows-1258")));
  EXPECT_EQ(CharsetOfContentType("text/html"), std::nullopt);
}

TEST(CharsetOfMeta, ReadsBothForms) {
  EXPECT_THAT(CharsetOfMeta("<META CHARSET='windows-1258'>"), Optional(std::string("windows-1258")));
  EXPECT_THAT(CharsetOfMeta("<meta http-equiv=Content-Type content=\"text/html; charset=windows-1258\">"),
              Optional(std::string("windows-1258")));
}

TEST(CharsetOfMeta, LooksFurtherThanTheFirstKilobyte) {
  const std::string head(18'000, ' ');
  EXPECT_THAT(CharsetOfMeta("<html>" + head + "<meta charset=windows-1258>"), Optional(std::string("windows-1258")));
}

TEST(CharsetOfMeta, IgnoresComments) {
  EXPECT_THAT(CharsetOfMeta("<!-- <meta charset=utf-16> --><meta charset=utf-8>"), Optional(std::string("utf-8")));
  EXPECT_EQ(CharsetOfMeta("<!-- <meta charset=utf-8>"), std::nullopt);
}

TEST(CharsetOfMeta, Utf16ThereMeansUtf8) {
  EXPECT_THAT(CharsetOfMeta("<meta charset=utf-16le>"), Optional(std::string("utf-8")));
}

TEST(ConvertToUtf8, DecodesWindows1258) {
  const std::optional<Converted> converted = ConvertToUtf8("Ti\xEA\xECng Vi\xEA\xF2t", "windows-1258");
  ASSERT_TRUE(converted.has_value());
  EXPECT_EQ(text::NormalForm(converted->utf8), "Tiếng Việt");
  EXPECT_EQ(converted->replaced, 0u);
}

TEST(ConvertToUtf8, ConvertsMoreThanOneBufferFull) {
  const std::string bytes(100'000, '\xE0');
  const std::optional<Converted> converted = ConvertToUtf8(bytes, "windows-1258");
  ASSERT_TRUE(converted.has_value());
  EXPECT_EQ(converted->utf8.size(), 200'000u);
}

TEST(ConvertToUtf8, NothingForAnUnknownEncoding) { EXPECT_EQ(ConvertToUtf8("a", "khong-co"), std::nullopt); }

TEST(ConvertToUtf8, ConformanceWindows1258) {
  const tintinh::testing::Score score = tintinh::testing::Measure(
      "encoding/windows-1258_vi.jsonl", [](const nlohmann::json& test) -> std::optional<bool> {
        const std::string bytes = absl::HexStringToBytes(Text(test, "bytes_hex"));
        const std::optional<Converted> converted = ConvertToUtf8(bytes, "windows-1258");
        return converted && text::NormalForm(converted->utf8) == Text(test, "nfc");
      });
  if (score.cases == 0) GTEST_SKIP() << "the suite is not on this machine";
  EXPECT_EQ(score.right, score.cases);
}

TEST(GuessCharset, NothingForNothing) { EXPECT_EQ(GuessCharset(""), std::nullopt); }

}  // namespace
}  // namespace tintinh::normalizer

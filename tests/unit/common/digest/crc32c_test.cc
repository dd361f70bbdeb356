#include "common/digest/crc32c.h"

#include <string>

#include "gtest/gtest.h"

namespace tintinh {
namespace {

TEST(Crc32c, MatchesTheVectorsOfRfc3720AppendixB4) {
  EXPECT_EQ(Crc32c(std::string(32, '\0')), 0x8A9136AAu);
  EXPECT_EQ(Crc32c(std::string(32, '\xFF')), 0x62A8AB43u);
  std::string ascending;
  for (char c = 0; c < 32; ++c) ascending.push_back(c);
  EXPECT_EQ(Crc32c(ascending), 0x46DD794Eu);
}

TEST(Crc32c, MatchesTheCheckValueOfTheNineDigits) { EXPECT_EQ(Crc32c("123456789"), 0xE3069283u); }

TEST(Crc32c, TheEmptyStringGivesZero) { EXPECT_EQ(Crc32c(""), 0u); }

TEST(Crc32c, ExtendingGivesTheChecksumOfTheWhole) {
  const std::string text = "Tin sáng: mưa lớn ở vùng núi phía Bắc";
  for (size_t cut = 0; cut <= text.size(); ++cut) {
    EXPECT_EQ(ExtendCrc32c(Crc32c(text.substr(0, cut)), text.substr(cut)), Crc32c(text)) << cut;
  }
}

TEST(Crc32c, WordsAtATimeGiveWhatBytesGive) {
  std::string bytes;
  uint32_t crc = 0;
  for (int i = 0; i < 1000; ++i) {
    EXPECT_EQ(Crc32c(bytes), crc) << i;
    bytes.push_back(static_cast<char>(i * 31 + i / 7));
    crc = ExtendCrc32c(crc, bytes.substr(bytes.size() - 1));
  }
}

}  // namespace
}  // namespace tintinh

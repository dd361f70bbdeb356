#include "common/article_log/record_format.h"

#include <string>

#include "absl/strings/escaping.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace tintinh::article_log {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

TEST(RecordFormat, GoldenBytesOfVersion1) {
  // version 1, shard 3, checksum, length 3, SHA-256("abc") = ba7816bf8f01cfea…, payload "abc"
  EXPECT_EQ(absl::BytesToHexString(EncodeRecord(3, "abc")),
            "01"
            "00000003"
            "aacd6e34"
            "00000003"
            "ba7816bf8f01cfea"
            "616263");
}

TEST(RecordFormat, DecodingGivesBackPayloadHashAndPosition) {
  for (const std::string& payload : {std::string(), std::string("Tin tức"), std::string("\0\xFF", 2)}) {
    const auto record = DecodeRecord(255, 41, EncodeRecord(255, payload));
    ASSERT_THAT(record, IsOk());
    EXPECT_EQ(record->bytes, payload);
    EXPECT_EQ(record->position, 41u);
  }
  EXPECT_EQ(DecodeRecord(3, 1, EncodeRecord(3, "abc"))->hash, 0xba7816bf8f01cfeau);
}

TEST(RecordFormat, EveryFlippedBitIsDataLossNamingShardAndPosition) {
  const std::string good = EncodeRecord(2, "Đèo Cả");
  for (size_t bit = 0; bit < good.size() * 8; ++bit) {
    std::string bad = good;
    bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_THAT(DecodeRecord(2, 77, bad),
                StatusIs(absl::StatusCode::kDataLoss, AllOf(HasSubstr("shard 2"), HasSubstr("record 77"))))
        << bit;
  }
}

TEST(RecordFormat, EveryTruncationAndExtensionIsDataLoss) {
  const std::string good = EncodeRecord(2, "Đèo Cả");
  for (size_t size = 0; size < good.size(); ++size) {
    EXPECT_THAT(DecodeRecord(2, 1, good.substr(0, size)), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("bytes")));
  }
  EXPECT_THAT(DecodeRecord(2, 1, good + "x"), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("stated")));
}

TEST(RecordFormat, ARecordOfAnotherShardOrVersionIsDataLossThatSaysSo) {
  EXPECT_THAT(DecodeRecord(1, 1, EncodeRecord(2, "x")),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("written for shard 2")));
  std::string newer = EncodeRecord(1, "x");
  newer[0] = 2;
  EXPECT_THAT(DecodeRecord(1, 1, newer), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("version 2, known is 1")));
}

}  // namespace
}  // namespace tintinh::article_log

#include "services/indexer/postings/bytes.h"

#include <limits>

#include "gtest/gtest.h"

namespace tintinh::indexer {
namespace {

TEST(Bytes, VarintsReadBack) {
  for (const uint64_t value : {uint64_t{0}, uint64_t{127}, uint64_t{128}, uint64_t{1} << 35, ~uint64_t{0}}) {
    std::string bytes;
    AppendVarint(value, bytes);
    ByteReader reader(bytes);
    uint64_t read;
    ASSERT_TRUE(ReadVarint64(reader, &read));
    EXPECT_EQ(read, value);
    EXPECT_TRUE(reader.rest().empty());
  }
}

TEST(Bytes, AVarintThatIsCutOffOrTooLongIsRefused) {
  uint64_t value;
  ByteReader cut("\x80");
  EXPECT_FALSE(ReadVarint64(cut, &value));
  ByteReader long_one("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02");
  EXPECT_FALSE(ReadVarint64(long_one, &value));
  uint32_t small;
  ByteReader wide("\xff\xff\xff\xff\x10");
  EXPECT_FALSE(ReadVarint32(wide, &small));
}

TEST(Bytes, FixedIntegersAreLittleEndian) {
  std::string bytes;
  AppendFixed(uint32_t{0x01020304}, bytes);
  EXPECT_EQ(bytes, "\x04\x03\x02\x01");
  ByteReader reader(bytes);
  uint32_t value;
  ASSERT_TRUE(reader.ReadFixed(&value));
  EXPECT_EQ(value, 0x01020304u);
  EXPECT_FALSE(reader.ReadFixed(&value));
}

TEST(Bytes, ASizedTextThatEndsEarlyIsRefused) {
  absl::string_view text;
  ByteReader reader(
      absl::string_view("\x05"
                        "abc",
                        4));
  EXPECT_FALSE(reader.ReadSized(&text));
}

}  // namespace
}  // namespace tintinh::indexer

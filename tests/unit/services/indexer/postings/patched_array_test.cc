#include "services/indexer/postings/patched_array.h"

#include <random>
#include <vector>

#include "absl/strings/escaping.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/indexer/postings/bit_packing.h"

namespace tintinh::indexer {
namespace {

using Values = std::vector<uint32_t>;

// Nothing behind the slack may be read: exactly the bytes, in memory of their own.
std::vector<char> Encoded(const Values& values) {
  std::string bytes;
  AppendPatched(values, bytes);
  EXPECT_EQ(bytes.size(), PatchedSize(values));
  bytes.append(kUnpackSlack, '\0');
  return {bytes.begin(), bytes.end()};
}

absl::string_view View(const std::vector<char>& bytes) { return {bytes.data(), bytes.size()}; }

// `wide` of 100 values have up to 32 bits, the others up to `bits`.
Values Random(size_t count, uint32_t bits, uint32_t wide, std::mt19937& random) {
  Values values(count);
  for (uint32_t& value : values) {
    const uint32_t width = random() % 100 < wide ? static_cast<uint32_t>(random() % 33) : bits;
    value = static_cast<uint32_t>(random() & ((uint64_t{1} << width) - 1));
  }
  return values;
}

void ExpectReadsBack(const Values& values, std::mt19937& random) {
  const std::vector<char> bytes = Encoded(values);
  ASSERT_TRUE(PatchedArray::Check(View(bytes), values.size()));
  const PatchedArray array(bytes.data(), values.size());
  EXPECT_EQ(array.encoded_size() + kUnpackSlack, bytes.size());
  Values decoded(values.size());
  array.Decode(decoded.data());
  ASSERT_EQ(decoded, values);
  for (size_t i = 0; i < values.size(); ++i) ASSERT_EQ(array.Get(i), values[i]) << i;
  for (int round = 0; round < 8; ++round) {
    const size_t begin = random() % (values.size() + 1);
    const size_t count = random() % (values.size() - begin + 1);
    Values part(count);
    array.Decode(begin, count, part.data());
    ASSERT_EQ(part, Values(values.begin() + static_cast<ptrdiff_t>(begin),
                           values.begin() + static_cast<ptrdiff_t>(begin + count)));
  }
}

TEST(PatchedArray, ReadsBackWholeAloneAndByRanges) {
  std::mt19937 random(1);
  for (const size_t count : {0u, 1u, 2u, 7u, 8u, 9u, 127u, 128u, 1'000u, 70'000u}) {
    for (const uint32_t bits : {0u, 1u, 3u, 8u, 13u, 25u, 26u, 32u}) {
      for (const uint32_t wide : {0u, 2u, 40u}) {
        if (count == 70'000 && bits > 3) continue;
        ASSERT_NO_FATAL_FAILURE(ExpectReadsBack(Random(count, bits, wide, random), random))
            << count << " of " << bits << " bits, " << wide << "% wide";
      }
    }
  }
}

TEST(PatchedArray, AFewLargeValuesDoNotWidenTheOthers) {
  Values values(128, 5);
  const size_t plain = PatchedSize(values);
  EXPECT_EQ(plain, 1 + 128 * 3 / 8u);
  values[60] = 1'000'000;
  EXPECT_LT(PatchedSize(values), plain + 10);
}

TEST(PatchedArray, EveryCutIsRefused) {
  std::mt19937 random(2);
  for (const uint32_t wide : {0u, 10u}) {
    const std::vector<char> bytes = Encoded(Random(100, 4, wide, random));
    for (size_t size = 0; size < bytes.size(); ++size) {
      const std::vector<char> cut(bytes.begin(), bytes.begin() + static_cast<ptrdiff_t>(size));
      EXPECT_FALSE(PatchedArray::Check(View(cut), 100)) << size;
    }
  }
}

TEST(PatchedArray, ACountLargerThanTheBytesIsRefused) {
  const std::vector<char> bytes = Encoded(Values(10, 3));
  EXPECT_TRUE(PatchedArray::Check(View(bytes), 10));
  EXPECT_FALSE(PatchedArray::Check(View(bytes), 100));
  EXPECT_FALSE(PatchedArray::Check(View(bytes), 0xffffffff));
}

// width 2 | patched, high parts of 3 bits, 2 exceptions, 8 values of 2 bits, two indexes of 3 bits, two high parts.
std::vector<char> Patched(uint8_t width, uint8_t high, uint16_t exceptions, uint8_t indexes) {
  std::vector<char> bytes = {static_cast<char>(width | 0x80),
                             static_cast<char>(high),
                             static_cast<char>(exceptions),
                             static_cast<char>(exceptions >> 8),
                             0,
                             0,
                             static_cast<char>(indexes),
                             0x3f};
  bytes.insert(bytes.end(), kUnpackSlack, 0);
  return bytes;
}

TEST(PatchedArray, HostileHeadersAreRefused) {
  EXPECT_TRUE(PatchedArray::Check(View(Patched(2, 3, 2, 1 | 5 << 3)), 8));
  EXPECT_FALSE(PatchedArray::Check(View(Patched(2, 3, 2, 5 | 1 << 3)), 8)) << "indexes descend";
  EXPECT_FALSE(PatchedArray::Check(View(Patched(2, 3, 2, 5 | 5 << 3)), 8)) << "an index twice";
  EXPECT_FALSE(PatchedArray::Check(View(Patched(2, 3, 2, 1 | 7 << 3)), 7)) << "an index past the last value";
  EXPECT_FALSE(PatchedArray::Check(View(Patched(2, 0, 2, 1 | 5 << 3)), 8)) << "no high parts";
  EXPECT_FALSE(PatchedArray::Check(View(Patched(2, 31, 2, 1 | 5 << 3)), 8)) << "33 bits";
  EXPECT_FALSE(PatchedArray::Check(View(Patched(2, 3, 0xffff, 1 | 5 << 3)), 8)) << "more exceptions than bytes";
  EXPECT_FALSE(PatchedArray::Check(View(std::vector<char>(100, 33)), 8)) << "width 33";
  EXPECT_FALSE(PatchedArray::Check(View(std::vector<char>(100, 0x7f)), 8)) << "the marker of bitsets";
}

TEST(PatchedArray, WhatIsAcceptedCanBeDecoded) {
  std::mt19937 random(3);
  int accepted = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::vector<char> bytes = Encoded(Random(random() % 40, 3, 15, random));
    for (int i = 0; i < 2; ++i) bytes[random() % std::min<size_t>(bytes.size(), 8)] = static_cast<char>(random());
    const size_t count = random() % 60;
    if (!PatchedArray::Check(View(bytes), count)) continue;
    ++accepted;
    const PatchedArray array(bytes.data(), count);
    Values decoded(count);
    Values range(count);
    array.Decode(decoded.data());
    array.Decode(0, count, range.data());
    ASSERT_EQ(decoded, range);
    for (size_t i = 0; i < count; ++i) ASSERT_EQ(array.Get(i), decoded[i]);
  }
  EXPECT_GT(accepted, 1'000);
}

// The bytes of FORMAT.md: change them only with the version.
TEST(PatchedArray, Golden) {
  std::string plain;
  AppendPatched(Values{1, 2, 3, 0}, plain);
  EXPECT_EQ(absl::BytesToHexString(plain), "0239");
  Values values(24, 1);
  values[3] = 301;
  values[17] = 2;
  std::string patched;
  AppendPatched(values, patched);
  EXPECT_EQ(absl::BytesToHexString(patched), "82070100555555555955034b");
}

}  // namespace
}  // namespace tintinh::indexer

#include "common/digest/digest.h"

#include "gtest/gtest.h"

namespace tintinh {
namespace {

TEST(Digest, Sha256Hex128IsThePrefixOfThePublishedVector) {
  // FIPS 180-4 example: SHA-256("abc") = ba7816bf 8f01cfea 414140de 5dae2223 …
  EXPECT_EQ(Sha256Hex128("abc"), "ba7816bf8f01cfea414140de5dae2223");
}

TEST(Digest, Sha256Prefix64IsThePrefixOfThePublishedVector) { EXPECT_EQ(Sha256Prefix64("abc"), 0xba7816bf8f01cfeau); }

TEST(Digest, Sha1Base32MatchesThePublishedVector) {
  // SHA-1("abc") = a9993e36 4706816a ba3e2571 7850c26c 9cd0d89d
  EXPECT_EQ(Sha1Base32("abc"), "VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5");
}

TEST(Digest, IsHex128TakesOnly32LowerCaseDigits) {
  EXPECT_TRUE(IsHex128("ba7816bf8f01cfea414140de5dae2223"));
  EXPECT_FALSE(IsHex128("BA7816BF8F01CFEA414140DE5DAE2223"));
  EXPECT_FALSE(IsHex128("ba7816bf8f01cfea414140de5dae222"));
  EXPECT_FALSE(IsHex128(""));
}

}  // namespace
}  // namespace tintinh

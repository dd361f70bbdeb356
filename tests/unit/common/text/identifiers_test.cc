#include "common/text/identifiers.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/common/text/found_keys.h"

namespace tintinh::text {
namespace {

using ::testing::ElementsAre;

TEST(IdentifiersTest, AllKindsAreFoundInOrder) {
  EXPECT_THAT(FoundKeys("Ngày 3/11, Nghị quyết 22-NQ/TW đạt 97,5%, xem www.tin.example"),
              ElementsAre("d:--11-03", "22-NQ/TW", "n:97.5", "tin.example"));
}

TEST(IdentifiersTest, ADocumentNumberIsNoDate) {
  for (const auto& key : FoundKeys("28/2015/NĐ-CP")) EXPECT_NE(key.substr(0, 2), "d:");
}

TEST(IdentifiersTest, IdentifiersNameTheWordsTheyWereReadFrom) {
  const WordList list = ScanWords("theo Quyết định 213-QĐ/TW ban hành");
  for (const Identifier& identifier : FindIdentifiers(list)) {
    EXPECT_EQ(identifier.first, 3U);
    EXPECT_EQ(identifier.end, 6U);
  }
}

}  // namespace
}  // namespace tintinh::text

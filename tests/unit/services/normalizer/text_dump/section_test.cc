#include "services/normalizer/text_dump/section.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::normalizer {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Section, AFewWordsInCapitals) {
  EXPECT_THAT(ParseSection("HOẠT ĐỘNG HỘI, ĐOÀN"), ElementsAre("HOẠT ĐỘNG HỘI, ĐOÀN"));
  EXPECT_THAT(ParseSection("XÃ TÂN HÒA MỞ LỐI CHO CÂY CAM TRÊN ĐẤT ĐỒI"), IsEmpty());
}

TEST(Section, TheUsualNames) {
  EXPECT_THAT(ParseSection("Chính trị - Xã hội"), ElementsAre("Chính trị - Xã hội"));
  EXPECT_THAT(ParseSection("Văn hóa và Du lịch"), ElementsAre("Văn hóa và Du lịch"));
  EXPECT_THAT(ParseSection("Người trồng cam"), IsEmpty());
}

TEST(Section, ATrailLeavesTheHomePageOut) {
  EXPECT_THAT(ParseSection("Trang chủ > Tin tức > Kinh tế"), ElementsAre("Tin tức", "Kinh tế"));
  EXPECT_THAT(ParseSection("Tin tức / Kinh tế"), ElementsAre("Tin tức", "Kinh tế"));
  EXPECT_THAT(ParseSection("Trang chủ > Một câu dài không phải là tên của một chuyên mục nào cả"), IsEmpty());
}

TEST(Section, ALabelNamesIt) { EXPECT_THAT(ParseSection("Chuyên mục: Đất và người"), ElementsAre("Đất và người")); }

TEST(Section, IsSectionNameIsTrueForVocabularyAndTrailsOnly) {
  EXPECT_TRUE(IsSectionName("Thời sự"));
  EXPECT_TRUE(IsSectionName("THỜI SỰ - CHÍNH TRỊ"));
  EXPECT_TRUE(IsSectionName("Trang chủ » Tin tức » Kinh tế"));
  EXPECT_FALSE(IsSectionName("MÙA CAM CHÍN"));
}

}  // namespace
}  // namespace tintinh::normalizer

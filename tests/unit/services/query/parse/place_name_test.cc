#include "services/query/parse/place_name.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::query {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string Name(Scope scope, const std::string& text) { return text.substr(0, NameSize(scope, text)); }

TEST(OfficialNames, OfProvincesOfBothEpochs) {
  EXPECT_THAT(OfficialNames(Scope::kProvince, "vinh phuc"), ElementsAre("Vĩnh Phúc"));
  EXPECT_THAT(OfficialNames(Scope::kProvince, "TỈNH PHÚ THỌ"), ElementsAre("Phú Thọ"));
  EXPECT_THAT(OfficialNames(Scope::kProvince, "Atlantis"), IsEmpty());
}

TEST(OfficialNames, OfDistrictsWithAndWithoutMarksAndUnit) {
  EXPECT_THAT(OfficialNames(Scope::kDistrict, "lap thach"), ElementsAre("Lập Thạch"));
  EXPECT_THAT(OfficialNames(Scope::kDistrict, "Huyện Lập Thạch"), ElementsAre("Lập Thạch"));
  EXPECT_THAT(OfficialNames(Scope::kDistrict, "thị xã Bỉm Sơn"), ElementsAre("Bỉm Sơn"));
  EXPECT_THAT(OfficialNames(Scope::kDistrict, "Atlantis"), IsEmpty());
  EXPECT_THAT(OfficialNames(Scope::kDistrict, std::string(1000, 'x')), IsEmpty());
}

TEST(OfficialNames, OtherScopesHaveNone) { EXPECT_THAT(OfficialNames(Scope::kSite, "Huế"), IsEmpty()); }

TEST(NameSize, TheLongestNameThatIsKnown) {
  EXPECT_EQ(Name(Scope::kProvince, "Phú Thọ lũ quét"), "Phú Thọ");
  EXPECT_EQ(Name(Scope::kProvince, "Huế mưa"), "Huế");
  EXPECT_EQ(Name(Scope::kProvince, "Thừa Thiên Huế mưa"), "Thừa Thiên Huế");
  EXPECT_EQ(Name(Scope::kProvince, "thành phố Hồ Chí Minh ngập"), "thành phố Hồ Chí Minh");
  EXPECT_EQ(Name(Scope::kProvince, "mưa Huế"), "");
  EXPECT_EQ(Name(Scope::kProvince, ""), "");
}

TEST(NameSize, EndsWhereSomethingElseBegins) {
  EXPECT_EQ(Name(Scope::kProvince, "Hà (Nam"), "");
  EXPECT_EQ(Name(Scope::kProvince, "Hà -Nam"), "");
  EXPECT_EQ(Name(Scope::kProvince, "Huế) mưa"), "Huế");
  EXPECT_EQ(Name(Scope::kProvince, "Huế OR Hà Nội"), "Huế");
}

}  // namespace
}  // namespace tintinh::query

#include "common/places/places.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::places {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string Find(absl::string_view name) {
  const std::optional<Province> province = FindProvince(name);
  return province.has_value() ? province->name + " > " + province->name_today : "none";
}

TEST(Places, FindProvinceTakesAnySpelling) {
  for (const char* name : {"Vĩnh Phúc", "vinh phuc", "VĨNH PHÚC", "tỉnh Vĩnh Phúc", "Tinh Vinh Phuc", " Vĩnh  Phúc "}) {
    EXPECT_EQ(Find(name), "Vĩnh Phúc > Phú Thọ") << name;
  }
  for (const char* name : {"TP HCM", "TP.HCM", "TPHCM", "Tp. Hồ Chí Minh", "Thành phố Hồ Chí Minh", "Sài Gòn"}) {
    EXPECT_EQ(Find(name), "Hồ Chí Minh > Hồ Chí Minh") << name;
  }
  for (const char* name : {"Đắk Lắk", "Đăk Lăk", "Đắc Lắc", "Daklak"}) {
    EXPECT_EQ(Find(name), "Đắk Lắk > Đắk Lắk") << name;
  }
  EXPECT_EQ(Find("Kontum"), "Kon Tum > Quảng Ngãi");
  EXPECT_EQ(Find("Thanh Hoá"), "Thanh Hóa > Thanh Hóa");
  EXPECT_EQ(Find("Bắc Cạn"), "Bắc Kạn > Thái Nguyên");
  EXPECT_EQ(Find("Bà Rịa-Vũng Tàu"), "Bà Rịa - Vũng Tàu > Hồ Chí Minh");
  EXPECT_EQ(Find("Thừa Thiên - Huế"), "Thừa Thiên Huế > Huế");
  EXPECT_EQ(Find("thành phố Huế"), "Huế > Huế");
}

TEST(Places, FindProvinceKnowsNothingElse) {
  for (const std::string& name :
       {std::string(), std::string("Lập Thạch"), std::string("tỉnh"), std::string(500, 'a')}) {
    EXPECT_EQ(Find(name), "none");
  }
}

TEST(Places, CurrentMeansOneOfThe34) {
  EXPECT_TRUE(FindProvince("Phú Thọ")->current);
  EXPECT_FALSE(FindProvince("Vĩnh Phúc")->current);
}

TEST(Places, ProvinceNamesMergedIntoPutsTheNameItselfFirst) {
  EXPECT_THAT(ProvinceNamesMergedInto("Phú Thọ"), ElementsAre("Phú Thọ", "Vĩnh Phúc", "Hòa Bình"));
  EXPECT_THAT(ProvinceNamesMergedInto("thanh hoa"), ElementsAre("Thanh Hóa"));
  EXPECT_THAT(ProvinceNamesMergedInto("Vĩnh Phúc"), IsEmpty());
  EXPECT_THAT(ProvinceNamesMergedInto("Atlantis"), IsEmpty());
}

TEST(Places, FindProvinceInSourceReadsHostsAndNames) {
  EXPECT_EQ(FindProvinceInSource("Baothanhhoa.vn")->name, "Thanh Hóa");
  EXPECT_EQ(FindProvinceInSource("baokontum.com.vn")->name, "Kon Tum");
  EXPECT_EQ(FindProvinceInSource("Báo Tuyên Quang")->name, "Tuyên Quang");
  EXPECT_FALSE(FindProvinceInSource("vnexpress.net").has_value());
  EXPECT_FALSE(FindProvinceInSource("").has_value());
}

}  // namespace
}  // namespace tintinh::places

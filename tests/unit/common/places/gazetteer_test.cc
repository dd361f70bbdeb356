#include "common/places/gazetteer.h"

#include <algorithm>
#include <set>
#include <string>

#include "gtest/gtest.h"

namespace tintinh::places {
namespace {

TEST(Gazetteer, Holds63ProvincesAnd34OfToday) {
  std::set<std::string> today;
  std::set<std::string> before;
  for (const ProvinceRow& row : Gazetteer::Get().provinces()) {
    today.insert(row.today);
    if (row.name != "Huế") {
      before.insert(row.name);
    }
  }
  EXPECT_EQ(today.size(), 34u);
  EXPECT_EQ(before.size(), 63u);
}

TEST(Gazetteer, HoldsTheDistrictsOfTheLastDayAndThoseMergedBefore) {
  EXPECT_GE(Gazetteer::Get().districts().size(), 696u + 20u);
  for (const DistrictRow& row : Gazetteer::Get().districts()) {
    EXPECT_LT(row.province, Gazetteer::Get().provinces().size()) << row.name;
    EXPECT_NE(row.unit, Unit::kNone) << row.name;
  }
}

TEST(Gazetteer, AMergedDistrictKnowsItsSuccessor) {
  const Gazetteer& gazetteer = Gazetteer::Get();
  const Gazetteer::Indices& found = gazetteer.DistrictsNamed("dongson");
  ASSERT_EQ(found.size(), 1u);
  const DistrictRow& row = gazetteer.districts()[found[0]];
  EXPECT_EQ(gazetteer.provinces()[row.province].name, "Thanh Hóa");
  EXPECT_EQ(gazetteer.districts()[row.successor].name, "Thanh Hóa");
}

TEST(Gazetteer, CommunesOfBothEpochs) {
  const Gazetteer& gazetteer = Gazetteer::Get();
  const Gazetteer::Indices& districts = gazetteer.DistrictsWithCommune("iatoi");
  ASSERT_EQ(districts.size(), 1u);
  EXPECT_EQ(gazetteer.districts()[districts[0]].name, "Ia H'Drai");
  EXPECT_FALSE(gazetteer.ProvincesWithCommune("iatoi").empty());
  EXPECT_TRUE(gazetteer.DistrictsWithCommune("khongcoxanay").empty());
}

TEST(Gazetteer, TonesStandInTheTraditionalPlace) {
  for (const ProvinceRow& row : Gazetteer::Get().provinces()) {
    EXPECT_EQ(row.name.find("Hoá"), std::string::npos) << row.name;
    EXPECT_EQ(row.name.find("Hoà"), std::string::npos) << row.name;
  }
}

}  // namespace
}  // namespace tintinh::places

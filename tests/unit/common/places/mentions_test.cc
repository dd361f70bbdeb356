#include "common/places/mentions.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::places {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// "unit number:surface" for each.
std::vector<std::string> Find(absl::string_view text) {
  std::vector<std::string> found;
  for (const Mention& mention : FindMentions(text, 100)) {
    found.push_back(absl::StrCat(static_cast<int>(mention.unit), ":", mention.surface));
  }
  return found;
}

std::string With(Unit unit, absl::string_view name) { return absl::StrCat(static_cast<int>(unit), ":", name); }

TEST(Mentions, BehindTheirUnitWord) {
  EXPECT_THAT(Find("ở huyện Lập Thạch, tỉnh Vĩnh Phúc"),
              ElementsAre(With(Unit::kRuralDistrict, "Lập Thạch"), With(Unit::kProvince, "Vĩnh Phúc")));
  EXPECT_THAT(Find("TP.Thanh Hóa và Tp. Việt Trì"),
              ElementsAre(With(Unit::kCity, "Thanh Hóa"), With(Unit::kCity, "Việt Trì")));
  EXPECT_THAT(Find("Huyện ủy Sông Lô, Huyện uỷ Yên Sơn"),
              ElementsAre(With(Unit::kRuralDistrict, "Sông Lô"), With(Unit::kRuralDistrict, "Yên Sơn")));
  EXPECT_THAT(Find("thị trấn Lập Thạch"), ElementsAre(With(Unit::kTownship, "Lập Thạch")));
  EXPECT_THAT(Find("quận 10"), ElementsAre(With(Unit::kUrbanDistrict, "10")));
}

TEST(Mentions, AsTheTextSpellsThem) {
  EXPECT_THAT(Find("huyện Ia H’Drai"), ElementsAre(With(Unit::kRuralDistrict, "Ia H’Drai")));
  EXPECT_THAT(Find("huyện Ia H' Drai"), ElementsAre(With(Unit::kRuralDistrict, "Ia H' Drai")));
  EXPECT_THAT(Find("huyện Đăk Tô"), ElementsAre(With(Unit::kRuralDistrict, "Đăk Tô")));
}

TEST(Mentions, AListGoesOn) {
  EXPECT_THAT(Find("các huyện Lập Thạch, Sông Lô và Tam Dương"),
              ElementsAre(With(Unit::kRuralDistrict, "Lập Thạch"), With(Unit::kRuralDistrict, "Sông Lô"),
                          With(Unit::kRuralDistrict, "Tam Dương")));
}

TEST(Mentions, BareNamesStandAlone) {
  EXPECT_THAT(Find("Lập Thạch vào vụ"), ElementsAre(With(Unit::kNone, "Lập Thạch")));
  EXPECT_THAT(Find("UBND Lập Thạch họp"), ElementsAre(With(Unit::kNone, "Lập Thạch")));
  EXPECT_THAT(Find("xã Thái Hòa (Lập Thạch)"),
              ElementsAre(With(Unit::kRuralCommune, "Thái Hòa"), With(Unit::kNone, "Lập Thạch")));
}

TEST(Mentions, PartsOfPersonsNamesAreNone) {
  EXPECT_THAT(Find("ông Nguyễn Thái Bình nói"), IsEmpty());
  EXPECT_THAT(Find("bờ Thái Bình Dương"), IsEmpty());
  EXPECT_THAT(Find("lập thạch"), IsEmpty());
}

TEST(Mentions, ALongerNameWins) {
  EXPECT_THAT(Find("tỉnh Bà Rịa - Vũng Tàu"), ElementsAre(With(Unit::kProvince, "Bà Rịa - Vũng Tàu")));
}

TEST(Mentions, AtMostTheLimit) {
  std::string text;
  for (int i = 0; i < 50; ++i) {
    text += "huyện Lập Thạch. ";
  }
  EXPECT_EQ(FindMentions(text, 7).size(), 7u);
}

TEST(Mentions, AnyBytes) { EXPECT_THAT(Find("\xFF huyện \xC3"), IsEmpty()); }

}  // namespace
}  // namespace tintinh::places

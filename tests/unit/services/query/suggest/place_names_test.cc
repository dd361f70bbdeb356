#include "services/query/suggest/place_names.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::query {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::vector<std::string> Names(const std::string& typed, size_t most = 20) {
  std::vector<std::string> names;
  for (const PlaceName& place : PlacesThatBegin(ReadTyped(typed), most)) names.push_back(place.name);
  return names;
}

TEST(PlacesThatBegin, NamesAreFoundWithAndWithoutMarks) {
  for (const char* typed : {"lap th", "lập th", "Lập Thạch", "lap thac", "huyện lập th", "huyen lap th"}) {
    EXPECT_THAT(Names(typed), Contains("Lập Thạch")) << typed;
  }
  EXPECT_THAT(Names("lấp th"), Not(Contains("Lập Thạch")));
}

TEST(PlacesThatBegin, ProvincesOfBothEpochsComeBeforeDistrictsAndSayWhatTheyAre) {
  const std::vector<PlaceName> places = PlacesThatBegin(ReadTyped("vinh ph"), 20);
  ASSERT_FALSE(places.empty());
  EXPECT_EQ(places[0].name, "Vĩnh Phúc");
  EXPECT_THAT(places[0].detail, HasSubstr("nay thuộc Phú Thọ"));
  const std::vector<PlaceName> today = PlacesThatBegin(ReadTyped("phú th"), 20);
  ASSERT_FALSE(today.empty());
  EXPECT_EQ(today[0].name, "Phú Thọ");
  EXPECT_THAT(today[0].detail, HasSubstr("hiện nay"));
  const std::vector<PlaceName> district = PlacesThatBegin(ReadTyped("lập thạ"), 20);
  ASSERT_EQ(district.size(), 1u);
  EXPECT_THAT(district[0].detail, HasSubstr("huyện"));
  EXPECT_THAT(district[0].detail, HasSubstr("Vĩnh Phúc"));
}

TEST(PlacesThatBegin, ABlankEndsTheWord) {
  EXPECT_THAT(Names("phú thọ "), Contains("Phú Thọ"));
  EXPECT_THAT(Names("ha n "), IsEmpty());
}

TEST(PlacesThatBegin, NamesWithApostrophesAndHyphensAreFound) {
  EXPECT_THAT(Names("ia h'd"), Contains("Ia H'Drai"));
  EXPECT_THAT(Names("ba ria v"), Contains("Bà Rịa - Vũng Tàu"));
}

TEST(PlacesThatBegin, GivesNoMoreThanAsked) {
  EXPECT_EQ(Names("t", 3).size(), 3u);
  EXPECT_THAT(Names(""), IsEmpty());
  EXPECT_THAT(Names("tỉnh "), IsEmpty());
  EXPECT_THAT(Names("nông thôn mới"), IsEmpty());
}

}  // namespace
}  // namespace tintinh::query

#include "services/web/html/place_list.h"

#include <string>

#include "absl/algorithm/container.h"
#include "common/places/places.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::web {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

void Add(v1::FacetField field, std::initializer_list<std::pair<const char*, uint64_t>> values,
         v1::FacetsResponse& counts) {
  v1::Facet& facet = *counts.add_facets();
  facet.set_field(field);
  for (const auto& [name, count] : values) {
    v1::FacetValue& value = *facet.add_values();
    value.set_value(name);
    value.set_count(count);
  }
}

v1::FacetsResponse Counts() {
  v1::FacetsResponse counts;
  Add(v1::FACET_FIELD_PROVINCE_TODAY, {{"Phú Thọ", 41}, {"Nghệ An", 7}}, counts);
  Add(v1::FACET_FIELD_PROVINCE, {{"Vĩnh Phúc", 30}, {"Phú Thọ", 11}, {"Nghệ An", 7}}, counts);
  return counts;
}

TEST(PlaceRows, HoldsThe34AndEveryEarlierProvinceThatChangedItsName) {
  const std::vector<PlaceRow> rows = PlaceRows(Counts());
  EXPECT_EQ(rows.size(), 34);
  size_t earlier = 0;
  for (const PlaceRow& row : rows) {
    const auto province = places::FindProvince(row.today.name);
    ASSERT_TRUE(province.has_value()) << row.today.name;
    EXPECT_EQ(province->name, row.today.name);
    EXPECT_TRUE(province->current) << row.today.name;
    for (const PlaceCount& place : row.earlier) {
      EXPECT_EQ(places::FindProvince(place.name)->name_today, row.today.name) << place.name;
    }
    earlier += row.earlier.size();
  }
  EXPECT_EQ(earlier, 30) << "63 were before; 33 of the 34 names were theirs, and Thừa Thiên Huế became Huế";
}

TEST(PlaceRows, CountsBothEpochs) {
  const std::vector<PlaceRow> rows = PlaceRows(Counts());
  const auto row = absl::c_find_if(rows, [](const PlaceRow& r) { return r.today.name == "Phú Thọ"; });
  EXPECT_EQ(row->today.articles, 41);
  ASSERT_EQ(row->earlier.size(), 2);
  const auto former = absl::c_find_if(row->earlier, [](const PlaceCount& p) { return p.name == "Vĩnh Phúc"; });
  ASSERT_NE(former, row->earlier.end());
  EXPECT_EQ(former->articles, 30);
}

TEST(PlaceLinks, LinksWhereThereIsSomethingToRead) {
  const std::string html = PlaceLinks({}, Counts());
  EXPECT_THAT(html, HasSubstr("<a href=\"/search?province=V%C4%A9nh%20Ph%C3%BAc\">Vĩnh Phúc</a>"));
  EXPECT_THAT(html, HasSubstr("<span class=\"none\">Hòa Bình</span>"));
  EXPECT_THAT(html, HasSubstr("<span class=\"none\">Lào Cai</span>"));
}

TEST(PlaceBoxes, ShowsThoseWithArticlesFirstAndFoldsTheOthers) {
  const std::string html = PlaceBoxes({}, Counts());
  const size_t fold = html.find("<details");
  EXPECT_LT(html.find("Phú Thọ"), html.find("Vĩnh Phúc"));
  EXPECT_LT(html.find("Vĩnh Phúc"), html.find("Nghệ An"));
  EXPECT_LT(html.find("Nghệ An"), fold);
  EXPECT_GT(html.find("Lào Cai"), fold);
  EXPECT_THAT(html, Not(HasSubstr("Hòa Bình"))) << "an earlier province without articles";
}

TEST(PlaceBoxes, ATickedPlaceIsNeverFoldedAway) {
  const std::string html = PlaceBoxes({{"province", "Hòa Bình"}, {"province", "Lào Cai"}}, v1::FacetsResponse());
  const size_t fold = html.find("<details");
  EXPECT_LT(html.find("value=\"Hòa Bình\" checked"), fold);
  EXPECT_LT(html.find("value=\"Lào Cai\" checked"), fold);
}

}  // namespace
}  // namespace tintinh::web

#include "services/web/site_names.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::web {
namespace {

using ::testing::Pair;
using ::testing::UnorderedElementsAre;

void Learn(const std::string& site, const std::string& name, SiteNames& names) {
  Hits hits;
  v1::Hit& hit = *hits.Add();
  hit.set_site(site);
  hit.set_source_name(name);
  names.Learn(hits);
}

v1::Facet Sites(std::initializer_list<const char*> sites) {
  v1::Facet facet;
  for (const char* site : sites) facet.add_values()->set_value(site);
  return facet;
}

TEST(SiteNames, GivesTheNamesOfCountedAndChosenSites) {
  SiteNames names;
  Learn("a", "Báo A", names);
  Learn("b", "Báo B", names);
  Learn("c", "Báo C", names);
  Learn("d", "", names);
  EXPECT_THAT(names.NamesOf(Sites({"a", "d", "e"}), {{"site", "b"}, {"q", "c"}}),
              UnorderedElementsAre(Pair("a", "Báo A"), Pair("b", "Báo B")));
}

TEST(SiteNames, IsBounded) {
  SiteNames names;
  Learn("long", std::string(SiteNames::kMostNameBytes + 1, 'x'), names);
  for (size_t i = 0; i <= SiteNames::kMostSites; ++i) Learn(absl::StrCat(i), "Báo", names);
  const std::string last = absl::StrCat(SiteNames::kMostSites);
  EXPECT_THAT(names.NamesOf(Sites({"long", "0", last.c_str()}), {}), UnorderedElementsAre(Pair("0", "Báo")));
}

}  // namespace
}  // namespace tintinh::web

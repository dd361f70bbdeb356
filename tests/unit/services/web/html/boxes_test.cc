#include "services/web/html/boxes.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::web {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

v1::Facet Sections(int count) {
  v1::Facet facet;
  facet.set_field(v1::FACET_FIELD_SECTION);
  for (int i = 0; i < count; ++i) {
    v1::FacetValue& value = *facet.add_values();
    value.set_value(absl::StrCat("Mục ", i));
    value.set_count(static_cast<uint64_t>(1000 - i));
  }
  return facet;
}

TEST(FacetOf, IsEmptyWhereTheFieldWasNotCounted) {
  v1::FacetsResponse counts;
  *counts.add_facets() = Sections(1);
  EXPECT_EQ(FacetOf(counts, v1::FACET_FIELD_SECTION).values_size(), 1);
  EXPECT_EQ(FacetOf(counts, v1::FACET_FIELD_SITE).values_size(), 0);
}

TEST(BoxesOf, WhatIsInForceIsThereThoughItCountsNothing) {
  const auto boxes = BoxesOf({{"section", "Mục 1"}, {"section", "Vắng"}, {"section", ""}}, "section", Sections(2));
  ASSERT_EQ(boxes.size(), 3);
  EXPECT_FALSE(boxes[0].ticked);
  EXPECT_TRUE(boxes[1].ticked);
  EXPECT_EQ(boxes[1].articles, 999);
  EXPECT_EQ(boxes[2].value, "Vắng");
  EXPECT_TRUE(boxes[2].ticked);
  EXPECT_EQ(boxes[2].articles, 0);
}

TEST(BoxHtml, IsAFieldOfTheSearchFormAndEscaped) {
  const std::string html = BoxHtml({}, {"site", "\"><script>", "<script>", 1234, true});
  EXPECT_THAT(html, HasSubstr("type=\"checkbox\" form=\"search\" name=\"site\""));
  EXPECT_THAT(html, HasSubstr("value=\"&quot;&gt;&lt;script&gt;\" checked>"));
  EXPECT_THAT(html, HasSubstr("<span class=\"count\">1.234</span>"));
  EXPECT_THAT(html, Not(HasSubstr("<script>")));
}

TEST(BoxList, UnfoldsTheRestAndIsBounded) {
  const auto boxes = BoxesOf({{"section", "Mục 50"}}, "section", Sections(500));
  const std::string html = BoxList({}, boxes, 3);
  const size_t fold = html.find("<details");
  EXPECT_LT(html.find("Mục 50<"), fold) << "a ticked box is never folded away";
  EXPECT_LT(html.find("Mục 2<"), fold);
  EXPECT_GT(html.find("Mục 3<"), fold);
  EXPECT_THAT(html, HasSubstr("Xem thêm 56"));
  EXPECT_THAT(html, Not(HasSubstr("Mục 60<")));
  EXPECT_THAT(BoxList({}, BoxesOf({}, "section", Sections(5)), 3), Not(HasSubstr("<details"))) << "two are no reason";
  EXPECT_EQ(BoxList({}, {}, 3), "");
}

TEST(Unfolding, HasAnIdForTheScript) {
  EXPECT_EQ(Unfolding("x", "S", "H"), "<details id=\"x\"><summary>S</summary>H</details>");
}

}  // namespace
}  // namespace tintinh::web

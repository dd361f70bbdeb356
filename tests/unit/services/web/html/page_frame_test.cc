#include "services/web/html/page_frame.h"

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "common/places/places.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::web {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Frame, FillsTheFormAndEscapesIt) {
  const std::string html =
      Frame("results", "<t>", {{"q", "\"><script>"}, {"province", "Huế"}, {"sort", "newest"}}, "<p>M</p>");
  EXPECT_THAT(html, HasSubstr("<title>&lt;t&gt;</title>"));
  EXPECT_THAT(html, HasSubstr("value=\"&quot;&gt;&lt;script&gt;\""));
  EXPECT_THAT(html, HasSubstr("<option value=\"Huế\" selected>"));
  EXPECT_THAT(html, HasSubstr("<option value=\"newest\" selected>"));
  EXPECT_THAT(html, HasSubstr("<p>M</p>"));
  EXPECT_THAT(html, Not(HasSubstr("{{")));
}

TEST(Frame, WhatAReaderTypesIsNoTemplate) {
  EXPECT_THAT(Frame("home", "t", {{"q", "{{main}}"}}, "body"), HasSubstr("value=\"{{main}}\""));
}

TEST(Frame, AProvinceOfTheTimeBeforeIsOfferedToo) {
  EXPECT_THAT(Frame("home", "t", {{"province", "Vĩnh Phúc"}}, ""), HasSubstr("<option value=\"Vĩnh Phúc\" selected>"));
}

TEST(Frame, ConditionsWithoutAFieldStay) {
  EXPECT_THAT(Frame("home", "t", {{"site", "bao&mau"}}, ""),
              HasSubstr("<input type=\"hidden\" name=\"site\" value=\"bao&amp;mau\">"));
}

TEST(Frame, HoldsNoInlineScriptOrStyle) {
  const std::string html = Frame("home", "t", {}, "");
  EXPECT_THAT(html, Not(HasSubstr("<script>")));
  EXPECT_THAT(html, Not(HasSubstr("<style")));
  EXPECT_THAT(html, Not(HasSubstr("style=")));
  EXPECT_THAT(html, Not(HasSubstr("onclick")));
}

TEST(Frame, OffersThe34ProvincesOfToday) {
  const std::string html = Frame("home", "t", {}, "");
  const size_t begin = html.find("name=\"province\"");
  absl::string_view rest = absl::string_view(html).substr(begin, html.find("</select>", begin) - begin);
  int provinces = 0;
  constexpr absl::string_view kOption = "<option value=\"";
  for (size_t at = rest.find(kOption); at != absl::string_view::npos; at = rest.find(kOption)) {
    rest.remove_prefix(at + kOption.size());
    const std::string name(rest.substr(0, rest.find('"')));
    if (name.empty()) continue;
    const auto province = places::FindProvince(name);
    ASSERT_TRUE(province.has_value()) << name;
    EXPECT_EQ(province->name, name);
    EXPECT_TRUE(province->current) << name;
    ++provinces;
  }
  EXPECT_EQ(provinces, 34);
}

}  // namespace
}  // namespace tintinh::web

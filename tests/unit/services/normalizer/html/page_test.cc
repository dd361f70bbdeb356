#include "services/normalizer/html/page.h"

#include <gtest/gtest.h>

#include <string>

#include "services/normalizer/dom/parse.h"

namespace tintinh::normalizer::html {
namespace {

bool Names(const std::string& name, const std::string& url = "https://www.baonuixanh.vn/a.html",
           const std::string& site_name = "Báo Núi Xanh điện tử") {
  const dom::Document document =
      *dom::ParseHtml("<meta property=og:site_name content='" + site_name + "'>", dom::ParseLimits());
  return NamesSite(Page(document, url), name);
}

TEST(ComparisonKey, HasLettersAndDigitsAlone) {
  EXPECT_EQ(ComparisonKey("Hà Nội: “đất vàng” 94!"), "hanoi“datvang”94");
  EXPECT_EQ(ComparisonKey(" - "), "");
}

TEST(NamesSite, KnowsTheSiteInAnyForm) {
  EXPECT_TRUE(Names("báo núi xanh ĐIỆN TỬ"));
  EXPECT_TRUE(Names("baonuixanh.vn"));
  EXPECT_TRUE(Names("Báo Núi Xanh"));
  EXPECT_TRUE(Names("NUI XANH ONLINE"));
  EXPECT_TRUE(Names("Trang tin Núi Xanh"));
}

TEST(NamesSite, OtherNamesAreNot) {
  EXPECT_FALSE(Names("Lam Giang"));
  EXPECT_FALSE(Names("Núi Xanh đón bằng di tích"));
  EXPECT_FALSE(Names(""));
}

TEST(NamesSite, ASectionMayHaveTheProvincesName) {
  EXPECT_FALSE(Names("Nghệ An", "https://baonghean.vn/x", ""));
  EXPECT_FALSE(Names("Đầu tư tài chính", "https://baodautu.vn/x", ""));
}

TEST(Page, MarksFurnitureButNeverTheBulkOfTheText) {
  const std::string sentence =
      "Sáng nay đoàn công tác của huyện lên kiểm tra tuyến đường mới mở, nơi hơn ba trăm hộ dân chờ ngày thông xe.";
  const dom::Document document = *dom::ParseHtml(
      "<div class=sidebar-layout><p>" + sentence + sentence + "</p></div><div class=menu><p>" + sentence + "</p></div>",
      dom::ParseLimits());
  const Page page(document, "https://baonuixanh.vn/a.html");
  ASSERT_EQ(page.blocks.size(), 2u);
  EXPECT_FALSE(page.in_chrome[page.blocks[0].owner]);
  EXPECT_TRUE(page.in_chrome[page.blocks[1].owner]);
}

TEST(Page, IsInsideLooksUpwards) {
  const dom::Document document = *dom::ParseHtml("<footer><p>x</p></footer>", dom::ParseLimits());
  const Page page(document, "file:a.html");
  EXPECT_TRUE(page.IsInside(page.blocks[0].node, "footer"));
  EXPECT_FALSE(page.IsInside(page.blocks[0].node, "nav"));
  EXPECT_EQ(page.host, "");
}

}  // namespace
}  // namespace tintinh::normalizer::html

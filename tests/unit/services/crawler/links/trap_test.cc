#include "services/crawler/links/trap.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::crawler {
namespace {

std::string Trap(const std::string& path) { return std::string(TrapOf("https://a.vn" + path).value_or("")); }

TEST(Trap, NamesWhyAnAddressIsNotFollowed) {
  EXPECT_EQ(Trap("/dang-nhap.html"), "login");
  EXPECT_EQ(Trap("/users/Login?x=1"), "login");
  EXPECT_EQ(Trap("/doi-song/gap-lua-123456.html?redirect_to=%2Fgop-y"), "login");
  EXPECT_EQ(Trap("/adclick/77"), "advertisement");
  EXPECT_EQ(Trap("/quang-cao.html"), "advertisement");
  EXPECT_EQ(Trap("/gap-lua-123456.html?print=1"), "action");
  EXPECT_EQ(Trap("/gap-lua?replytocom=55"), "action");
  EXPECT_EQ(Trap("/lich-cong-tac/2031/05"), "calendar");
  EXPECT_EQ(Trap("/lich.aspx?thang=5&nam=2031"), "calendar");
  EXPECT_EQ(Trap("/tin/anh/tin/anh/tin"), "repeated path");
  EXPECT_EQ(Trap("/a/b/c/d/e/f/g/h/i/k/l/m/n"), "deep path");
  EXPECT_EQ(Trap("/loc?a=1&b=1&c=1&d=1&e=1&f=1&g=1&h=1&i=1"), "many parameters");
  EXPECT_EQ(Trap("/ra?toi=https%3A%2F%2Fb.vn%2F"), "leads elsewhere");
}

TEST(Trap, LetsArticlesAndSectionsPassWhateverTheirSlugsSay) {
  for (const char* url :
       {"/", "/thoi-su/", "/thoi-su/trang-2.html", "/thoi-su?page=3", "/lich-su/dang-nhap-ngu-nam-1965-204567.html",
        "/kinh-te/nop-phat-vi-quang-cao-sai-su-that-3312345.htm", "/lich-thi-dau-bong-da-lang-hom-nay-99123.html",
        "/ha-giang/ha-giang/cho-phien-ngay-xuan-77012.html", "/2021/09/20/mua-lua-chin.html",
        "/tin.aspx?itemid=4821&catid=12", "/van-hoa/lich-su/chuyen-cu-42312.html"}) {
    EXPECT_EQ(Trap(url), "") << url;
  }
}

}  // namespace
}  // namespace tintinh::crawler

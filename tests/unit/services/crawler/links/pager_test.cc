#include "services/crawler/links/pager.h"

#include <string>

#include "gtest/gtest.h"

namespace tintinh::crawler {
namespace {

TEST(Pager, ReadsTheNumberWhereverPapersPutIt) {
  const std::string section = ReadPageNumber("https://a.vn/thoi-su").section;
  for (const char* url :
       {"https://a.vn/thoi-su?page=7", "https://a.vn/thoi-su/?trang=7", "https://a.vn/thoi-su?p=7",
        "https://a.vn/thoi-su/trang-7.html", "https://a.vn/thoi-su/page/7/", "https://a.vn/thoi-su/p7",
        "https://a.vn/thoi-su-trang-7.htm", "https://a.vn/thoi-su.html?paged=7", "https://a.vn/thoi-su-p7.html"}) {
    EXPECT_EQ(ReadPageNumber(url).number, 7u) << url;
    EXPECT_EQ(ReadPageNumber(url).section, section) << url;
  }
  EXPECT_EQ(ReadPageNumber("https://a.vn/thoi-su.html").number, 1u);
  EXPECT_EQ(ReadPageNumber("https://a.vn/thoi-su.html").section, section);
}

TEST(Pager, KeepsTheOtherParametersAndTheHost) {
  EXPECT_EQ(ReadPageNumber("https://a.vn/tin?id=4&page=2").section, ReadPageNumber("https://a.vn/tin?id=4").section);
  EXPECT_NE(ReadPageNumber("https://a.vn/tin?id=4&page=2").section, ReadPageNumber("https://a.vn/tin?id=5").section);
  EXPECT_EQ(ReadPageNumber("https://a.vn/?page=2").section, ReadPageNumber("https://a.vn/").section);
  EXPECT_NE(ReadPageNumber("https://a.vn/").section, ReadPageNumber("https://a.com/").section);
}

TEST(Pager, TakesNoArticleNumberForAPage) {
  EXPECT_EQ(ReadPageNumber("https://a.vn/thoi-su/gat-lua-p204567.html").number, 1u);
  EXPECT_EQ(ReadPageNumber("https://a.vn/tin?id=204567").number, 1u);
}

TEST(Pager, TheNextPageIsTheLowestAboveOfTheSameSection) {
  const std::vector<std::string> links = {"https://a.vn/van-hoa?page=2", "https://a.vn/thoi-su?page=9",
                                          "https://a.vn/thoi-su?page=3", "https://a.vn/thoi-su?page=2",
                                          "https://a.vn/thoi-su"};
  EXPECT_EQ(NextPage("https://a.vn/thoi-su", links), "https://a.vn/thoi-su?page=2");
  EXPECT_EQ(NextPage("https://a.vn/thoi-su?page=2", links), "https://a.vn/thoi-su?page=3");
  EXPECT_EQ(NextPage("https://a.vn/thoi-su?page=9", links), "");
  EXPECT_EQ(NextPage("https://a.vn/the-thao", links), "");
}

}  // namespace
}  // namespace tintinh::crawler

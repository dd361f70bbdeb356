#include "services/web/html/links.h"

#include "gtest/gtest.h"

namespace tintinh::web {
namespace {

const Params kSearch{{"q", "lúa & gạo"}, {"province", "Huế"}, {"province", "An Giang"}, {"page_token", "t"}};

TEST(SearchLink, IsTheFirstPageUnlessAnotherIsNamed) {
  EXPECT_EQ(SearchLink({{"q", "a b"}, {"page_token", "t"}}), "/search?q=a%20b");
  EXPECT_EQ(SearchLink({{"q", "a"}}, "next"), "/search?q=a&page_token=next");
  EXPECT_EQ(SearchLink({{"q", "a"}, {"lang", "en"}}), "/search?q=a&lang=en");
  EXPECT_EQ(SearchLink({{"lang", "en"}}), "/search?lang=en");
  EXPECT_EQ(SearchLink({{"lang", "x"}}), "/search");
}

TEST(SearchWith, ReplacesAndTheRestStays) {
  EXPECT_EQ(SearchWith({{"q", "a"}, {"sort", "newest"}}, "sort", "oldest"), "/search?q=a&sort=oldest");
  EXPECT_EQ(SearchWith({{"q", "a"}, {"sort", "newest"}}, "sort", ""), "/search?q=a");
}

TEST(SearchWithout, TakesOneValueOrAllAway) {
  EXPECT_EQ(SearchWithout(kSearch, "province", "Huế"), "/search?q=l%C3%BAa%20%26%20g%E1%BA%A1o&province=An%20Giang");
  EXPECT_EQ(SearchWithout(kSearch, "province"), "/search?q=l%C3%BAa%20%26%20g%E1%BA%A1o");
}

TEST(SearchFor, ForgetsTheSearchButNotTheLanguage) {
  EXPECT_EQ(SearchFor({{"q", "x"}, {"lang", "en"}}, "site", "bao-mau"), "/search?site=bao-mau&lang=en");
}

TEST(ArticleLink, CarriesTheSearchForTheWayBack) {
  EXPECT_EQ(ArticleLink({{"q", "a"}, {"province", "Huế"}, {"lang", "en"}}, "0f"),
            "/article?id=0f&q=a&province=Hu%E1%BA%BF&lang=en");
  EXPECT_EQ(ArticleLink({}, "0f"), "/article?id=0f");
}

TEST(InOtherLanguage, GoesThereAndBack) {
  EXPECT_EQ(HomeLink(InOtherLanguage({})), "/?lang=en");
  EXPECT_EQ(HomeLink(InOtherLanguage({{"lang", "en"}})), "/");
  EXPECT_EQ(OperatorLink(InOtherLanguage({{"lang", "vi"}})), "/operator?lang=en");
}

TEST(HasParam, LooksAtEveryValue) {
  EXPECT_TRUE(HasParam(kSearch, "province", "An Giang"));
  EXPECT_FALSE(HasParam(kSearch, "province", "Lào Cai"));
}

TEST(IsSearch, NeedsTextOrACondition) {
  EXPECT_TRUE(IsSearch({{"province", "Huế"}}));
  EXPECT_FALSE(IsSearch({{"id", "0f"}, {"lang", "en"}, {"sort", "newest"}, {"q", ""}}));
}

}  // namespace
}  // namespace tintinh::web

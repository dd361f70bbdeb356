#include "services/crawler/robots/pattern.h"

#include <string>

#include "absl/time/clock.h"
#include "gtest/gtest.h"

namespace tintinh::crawler {
namespace {

bool Match(absl::string_view pattern, absl::string_view path) {
  return PathPattern(pattern).Matches(PatternSubject(path));
}

TEST(PathPattern, IsAPrefix) {
  EXPECT_TRUE(Match("/tin", "/tin-tuc"));
  EXPECT_FALSE(Match("/tin", "/Tin"));
  EXPECT_FALSE(Match("tin", "/tin"));
}

TEST(PathPattern, StarStandsForAnything) {
  EXPECT_TRUE(Match("/*.html", "/a/b.html?x"));
  EXPECT_TRUE(Match("*/print", "/bai/print"));
  EXPECT_TRUE(Match("/a*b*c", "/a--b--b--c"));
  EXPECT_FALSE(Match("/a*b*c", "/a--c--b"));
  EXPECT_TRUE(Match("/a**", "/a"));
}

TEST(PathPattern, DollarIsTheEndOnlyAtTheEnd) {
  EXPECT_TRUE(Match("/$", "/"));
  EXPECT_FALSE(Match("/$", "/a"));
  EXPECT_TRUE(Match("/*.pdf$", "/a.pdf.pdf"));
  EXPECT_FALSE(Match("/*.pdf$", "/a.pdf?x"));
  EXPECT_FALSE(Match("/ab*b$", "/ab"));
  EXPECT_TRUE(Match("/gia$/vang", "/gia$/vang"));
}

TEST(PathPattern, EscapedSpecialsAreThemselves) {
  EXPECT_TRUE(Match("/gia%24", "/gia$"));
  EXPECT_FALSE(Match("/gia%24", "/gia"));
  EXPECT_TRUE(Match("/a%2A", "/a*b"));
  EXPECT_FALSE(Match("/a%2A", "/ab"));
}

TEST(PathPattern, ComparesAfterPercentNormalisation) {
  EXPECT_TRUE(Match("/%62%61n", "/ban"));
  EXPECT_TRUE(Match("/báo", "/b%C3%A1o"));
  EXPECT_TRUE(Match("/b%c3%a1o", "/b%C3%A1o"));
  EXPECT_FALSE(Match("/a%2Fb", "/a/b"));
}

TEST(PathPattern, LengthIsOfTheNormalisedPattern) {
  EXPECT_EQ(PathPattern("/*.html$").length(), 8u);
  EXPECT_EQ(PathPattern("/%62").length(), 2u);
}

TEST(PathPattern, IsLinearOnHostileText) {
  std::string pattern = "/";
  for (int i = 0; i < 2000; ++i) pattern += "*aaaa";
  pattern += "b";
  const std::string path = "/" + std::string(100'000, 'a');
  const absl::Time begin = absl::Now();
  EXPECT_FALSE(Match(pattern, path));
  EXPECT_LT(absl::Now() - begin, absl::Seconds(5));
}

}  // namespace
}  // namespace tintinh::crawler

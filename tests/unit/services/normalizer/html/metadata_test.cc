#include "services/normalizer/html/metadata.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "services/normalizer/dom/parse.h"

namespace tintinh::normalizer::html {
namespace {

using ::testing::ElementsAre;

Metadata Read(const std::string& html) { return Metadata::Read(*dom::ParseHtml(html, dom::ParseLimits())); }

TEST(Metadata, MetaIsFoundByNamePropertyOrItemprop) {
  const Metadata metadata =
      Read("<meta name='A' content=1><meta property='og:B' content=' 2  3 '><meta itemprop=c content=4>");
  EXPECT_EQ(metadata.Meta("a"), "1");
  EXPECT_EQ(metadata.Meta("og:b"), "2 3");
  EXPECT_EQ(metadata.Meta("c"), "4");
  EXPECT_EQ(metadata.Meta("d"), "");
}

TEST(Metadata, FirstOfSeveralAndAll) {
  const Metadata metadata = Read("<meta property=article:tag content=a><meta property=article:tag content=b>");
  EXPECT_EQ(metadata.Meta("article:tag"), "a");
  EXPECT_THAT(metadata.AllMeta("article:tag"), ElementsAre("a", "b"));
}

TEST(Metadata, ReadsTitleCanonicalBaseLanguageAndRefresh) {
  const Metadata metadata = Read(
      "<html lang=vi><head><title> Một\n hai </title><link rel=Canonical href=/c><base href=/b>"
      "<meta http-equiv=Refresh content='0;url=/x'>");
  EXPECT_EQ(metadata.title_element(), "Một hai");
  EXPECT_EQ(metadata.canonical(), "/c");
  EXPECT_EQ(metadata.base(), "/b");
  EXPECT_EQ(metadata.language(), "vi");
  EXPECT_EQ(metadata.refresh(), "0;url=/x");
}

TEST(Metadata, MetaInTheBodyCounts) { EXPECT_EQ(Read("<p>x</p><meta name=a content=b>").Meta("a"), "b"); }

TEST(Metadata, ReadsJsonLd) {
  EXPECT_EQ(
      Read("<script type='application/ld+json'>{\"@type\":\"Article\",\"headline\":\"A\"}</script>").json_ld().headline,
      "A");
}

}  // namespace
}  // namespace tintinh::normalizer::html

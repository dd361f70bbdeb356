#include "services/normalizer/html/json_ld.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace tintinh::normalizer::html {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

JsonLd Read(const std::string& script) {
  JsonLd found;
  AddJsonLd(script, found);
  return found;
}

TEST(AddJsonLd, ReadsAnArticle) {
  const JsonLd found = Read(
      R"({"@context":"https://schema.org","@type":"NewsArticle","headline":"Mở đường","datePublished":"2026-01-28",
          "dateModified":"2026-01-29","inLanguage":"vi","publisher":{"@type":"Organization","name":"Báo X"},
          "author":{"@type":"Person","name":"Lam Giang"},"articleSection":["Xã hội"],"keywords":["đường","bản"]})");
  EXPECT_TRUE(found.is_article);
  EXPECT_EQ(found.headline, "Mở đường");
  EXPECT_EQ(found.published, "2026-01-28");
  EXPECT_EQ(found.modified, "2026-01-29");
  EXPECT_EQ(found.language, "vi");
  EXPECT_EQ(found.publisher, "Báo X");
  EXPECT_THAT(found.people, ElementsAre("Lam Giang"));
  EXPECT_THAT(found.sections, ElementsAre("Xã hội"));
  EXPECT_THAT(found.keywords, ElementsAre("đường", "bản"));
}

TEST(AddJsonLd, FindsObjectsInArraysAndGraphs) {
  EXPECT_EQ(Read(R"([{"@type":"WebSite"},{"@type":["Thing","Article"],"headline":"A"}])").headline, "A");
  EXPECT_EQ(Read(R"({"@graph":[{"@type":"ReportageNewsArticle","headline":"B"}]})").headline, "B");
}

TEST(AddJsonLd, OrganizationsAreNoPeople) {
  const JsonLd found =
      Read(R"({"@type":"Article","author":[{"@type":"Organization","name":"Báo X"},"Lam Giang",{"name":""}]})");
  EXPECT_THAT(found.organizations, ElementsAre("Báo X"));
  EXPECT_THAT(found.people, ElementsAre("Lam Giang"));
}

TEST(AddJsonLd, BreadcrumbsAreOrderedByPosition) {
  EXPECT_THAT(
      Read(
          R"({"@type":"BreadcrumbList","itemListElement":[{"position":2,"name":"B"},{"position":1,"item":{"name":"A"}}]})")
          .breadcrumb,
      ElementsAre("A", "B"));
}

TEST(AddJsonLd, DecodesWhatWasEscapedTwice) {
  EXPECT_EQ(Read(R"({"@type":"Article","headline":"Chi&amp;#7871;n"})").headline, "Chiến");
}

TEST(AddJsonLd, LineEndsInsideStringsAreTolerated) {
  EXPECT_EQ(Read("{\"@type\":\"Article\",\"headline\":\"A\n\tB\"}").headline, "A B");
}

TEST(AddJsonLd, WhatIsFoundFirstStays) {
  JsonLd found = Read(R"({"@type":"Article","headline":"A"})");
  AddJsonLd(R"({"@type":"Article","headline":"B","datePublished":"2026"})", found);
  EXPECT_EQ(found.headline, "A");
  EXPECT_EQ(found.published, "2026");
}

TEST(AddJsonLd, NoJsonAddsNothing) {
  for (const std::string script : {"", "{", "null", "[1,", "\"x\"", "{\"@type\":7}", "<b>"}) {
    EXPECT_FALSE(Read(script).is_article) << script;
  }
  EXPECT_THAT(Read(R"({"@type":"Article","author":7,"keywords":{"a":1}})").people, IsEmpty());
}

TEST(AddJsonLd, DeepNestingIsIgnored) {
  const std::string deep(200'000, '[');
  EXPECT_FALSE(Read(deep + std::string(200'000, ']')).is_article);
  EXPECT_FALSE(Read(deep).is_article);
}

}  // namespace
}  // namespace tintinh::normalizer::html

#include "services/normalizer/dom/selector.h"

#include <gtest/gtest.h>

#include "services/normalizer/dom/parse.h"

namespace tintinh::normalizer::dom {
namespace {

// The id attribute of the first match.
std::string FirstMatch(absl::string_view css) {
  const absl::StatusOr<Document> document = ParseHtml(
      "<div id=one class='tin lon'></div><h1 id=two class=lon data-role='title'></h1><p id=three>", ParseLimits());
  const std::optional<Selector> selector = Selector::Parse(css);
  if (!selector) return "no selector";
  const std::optional<NodeId> found = selector->FindFirst(*document);
  return found ? std::string(document->attribute(*found, "id")) : "none";
}

TEST(Selector, MatchesTagClassIdAndAttribute) {
  EXPECT_EQ(FirstMatch("h1"), "two");
  EXPECT_EQ(FirstMatch(".lon"), "one");
  EXPECT_EQ(FirstMatch("#three"), "three");
  EXPECT_EQ(FirstMatch("[data-role]"), "two");
  EXPECT_EQ(FirstMatch("[data-role=title]"), "two");
  EXPECT_EQ(FirstMatch("[data-role=\"title\"]"), "two");
}

TEST(Selector, CombinedPartsMustAllMatch) {
  EXPECT_EQ(FirstMatch("h1.lon[data-role=title]"), "two");
  EXPECT_EQ(FirstMatch("div.tin.lon#one"), "one");
  EXPECT_EQ(FirstMatch("h1.tin"), "none");
  EXPECT_EQ(FirstMatch("[data-role=body]"), "none");
}

TEST(Selector, ClassesMatchWholeWords) { EXPECT_EQ(FirstMatch(".ti"), "none"); }

TEST(Selector, RefusesWhatItIsNot) {
  for (const absl::string_view css : {"", " ", "div p", "div > p", ".", "#", "[open", "a:hover", "*"}) {
    EXPECT_EQ(FirstMatch(css), "no selector") << css;
  }
}

}  // namespace
}  // namespace tintinh::normalizer::dom

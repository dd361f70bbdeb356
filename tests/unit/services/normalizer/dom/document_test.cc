#include "services/normalizer/dom/document.h"

#include <gtest/gtest.h>

namespace tintinh::normalizer::dom {
namespace {

// <div id=a><p>một</p></div><p>hai</p>
Document TwoParagraphs() {
  DocumentBuilder builder;
  builder.OpenElement("div");
  builder.AddAttribute("id", "a");
  builder.OpenElement("p");
  builder.AddText("một");
  builder.CloseElement();
  builder.CloseElement();
  builder.OpenElement("p");
  builder.AddText("hai");
  return builder.Build();
}

TEST(Document, DescendantsAreTheIdsUpToEnd) {
  const Document document = TwoParagraphs();
  ASSERT_EQ(document.size(), 6u);
  EXPECT_EQ(document.tag(1), "div");
  EXPECT_EQ(document.end(1), 4u);
  EXPECT_TRUE(document.Contains(1, 3));
  EXPECT_FALSE(document.Contains(1, 4));
  EXPECT_EQ(document.end(kRoot), 6u);
}

TEST(Document, RootIsANamelessElementAndItsOwnParent) {
  const Document document = TwoParagraphs();
  EXPECT_TRUE(document.IsElement(kRoot));
  EXPECT_EQ(document.tag(kRoot), "");
  EXPECT_EQ(document.parent(kRoot), kRoot);
}

TEST(Document, BuildClosesWhatIsOpen) {
  const Document document = TwoParagraphs();
  EXPECT_EQ(document.end(4), 6u);
  EXPECT_EQ(document.depth(5), 2u);
}

TEST(Document, CommonAncestorIsTheDeepestThatHoldsBoth) {
  const Document document = TwoParagraphs();
  EXPECT_EQ(document.CommonAncestor(2, 3), 2u);
  EXPECT_EQ(document.CommonAncestor(3, 1), 1u);
  EXPECT_EQ(document.CommonAncestor(3, 5), kRoot);
}

TEST(Document, AttributesAreEmptyWhenAbsent) {
  const Document document = TwoParagraphs();
  EXPECT_EQ(document.attribute(1, "id"), "a");
  EXPECT_EQ(document.attribute(1, "class"), "");
  EXPECT_TRUE(document.HasAttribute(1, "id"));
  EXPECT_FALSE(document.HasAttribute(2, "id"));
}

TEST(Document, TextAndTagAreEmptyOnTheOtherSort) {
  const Document document = TwoParagraphs();
  EXPECT_EQ(document.text(3), "một");
  EXPECT_EQ(document.tag(3), "");
  EXPECT_EQ(document.text(1), "");
}

}  // namespace
}  // namespace tintinh::normalizer::dom

#include "services/normalizer/dom/parse.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/support/status_matchers.h"

namespace tintinh::normalizer::dom {
namespace {

using ::testing::HasSubstr;
using tintinh::testing::IsOk;
using tintinh::testing::StatusIs;

constexpr auto kExhausted = absl::StatusCode::kResourceExhausted;

std::string Repeated(absl::string_view piece, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) absl::StrAppend(&text, piece);
  return text;
}

std::string AllText(const Document& document) {
  std::string text;
  for (NodeId id = kRoot; id < document.size(); ++id) absl::StrAppend(&text, document.text(id));
  return text;
}

std::string TextOfPage(absl::string_view html) {
  const absl::StatusOr<Document> document = ParseHtml(html, ParseLimits());
  EXPECT_THAT(document, IsOk());
  return document.ok() ? AllText(*document) : "";
}

bool HasTag(const Document& document, absl::string_view tag) {
  for (NodeId id = kRoot; id < document.size(); ++id) {
    if (document.tag(id) == tag) return true;
  }
  return false;
}

TEST(ParseHtml, DecodesEntities) {
  EXPECT_EQ(TextOfPage("<p>Th&agrave;nh ph&#7889; &amp; l&agrave;ng"), "Thành phố & làng");
}

TEST(ParseHtml, DecodesEntitiesInAttributes) {
  const absl::StatusOr<Document> document = ParseHtml("<p title='09:51&#x2B;07:00'>x", ParseLimits());
  ASSERT_THAT(document, IsOk());
  bool found = false;
  for (NodeId id = kRoot; id < document->size(); ++id)
    found = found || document->attribute(id, "title") == "09:51+07:00";
  EXPECT_TRUE(found);
}

TEST(ParseHtml, KeepsTextAfterTheEndOfHtml) {
  EXPECT_THAT(TextOfPage("<html lang=vi></html><head><title>Tin</title></head><body><p>Sau thẻ đóng</p>"),
              HasSubstr("Sau thẻ đóng"));
}

TEST(ParseHtml, MakesABodyWhereThereIsNone) { EXPECT_EQ(TextOfPage("Chỉ có chữ"), "Chỉ có chữ"); }

TEST(ParseHtml, LeavesOutCommentsAndScriptsButKeepsJsonLd) {
  EXPECT_EQ(TextOfPage("<!-- ghi chú --><script>var a;</script><style>p{}</style>"
                       "<script type='application/LD+json'>{}</script><p>chữ</p>"),
            "{}chữ");
}

TEST(ParseHtml, NamesUnknownElements) {
  const absl::StatusOr<Document> document = ParseHtml("<Zce-Gallery>x</Zce-Gallery>", ParseLimits());
  ASSERT_THAT(document, IsOk());
  EXPECT_TRUE(HasTag(*document, "zce-gallery"));
}

TEST(ParseHtml, AcceptsAnyBytes) {
  EXPECT_THAT(ParseHtml(absl::string_view("\xff\xfe<p\0>\x80", 8), ParseLimits()), IsOk());
  EXPECT_THAT(ParseHtml("", ParseLimits()), IsOk());
}

TEST(ParseHtml, RefusesTooManyBytes) {
  ParseLimits limits;
  limits.max_bytes = 10;
  EXPECT_THAT(ParseHtml("<p>quá dài", limits), StatusIs(kExhausted, HasSubstr("12 bytes, the limit is 10")));
}

TEST(ParseHtml, RefusesTooManyNodes) {
  ParseLimits limits;
  limits.max_nodes = 1000;
  EXPECT_THAT(ParseHtml(Repeated("<br>", 1001), limits), StatusIs(kExhausted, HasSubstr("1000 nodes")));
}

TEST(ParseHtml, RefusesTooDeepNesting) {
  EXPECT_THAT(ParseHtml(Repeated("<div>", 600), ParseLimits()), StatusIs(kExhausted, HasSubstr("deeper than 512")));
  EXPECT_THAT(ParseHtml(Repeated("<div>", 400), ParseLimits()), IsOk());
}

TEST(ParseHtml, DeepPagesCostNoStack) {
  ParseLimits limits;
  limits.max_processor_time = absl::Seconds(60);
  EXPECT_THAT(ParseHtml(Repeated("<div>", 30'000), limits), StatusIs(kExhausted, HasSubstr("deeper")));
}

TEST(ParseHtml, BoundsQuadraticTime) {
  ParseLimits limits;
  limits.max_processor_time = absl::Milliseconds(50);
  const std::string page = Repeated("<div>", 90'000) + Repeated("<p>", 100'000);
  EXPECT_THAT(ParseHtml(page, limits), StatusIs(kExhausted, HasSubstr("processor time")));
}

TEST(ParseHtml, BoundsMemoryThatFormattingElementsMultiply) {
  std::string page;
  for (int i = 0; i < 400; ++i) absl::StrAppend(&page, "<b a", i, ">");
  page += Repeated("<p>x", 20'000);
  ParseLimits limits;
  limits.max_nodes = 10'000;
  limits.max_processor_time = absl::Seconds(60);
  EXPECT_THAT(ParseHtml(page, limits), StatusIs(kExhausted, HasSubstr("10000 nodes")));
}

TEST(TextOfFragment, DecodesOnceMore) {
  EXPECT_EQ(TextOfFragment("Chi&#7871;n s&#7929; <em>trẻ</em>"), "Chiến sỹ trẻ");
  EXPECT_EQ(TextOfFragment(""), "");
}

}  // namespace
}  // namespace tintinh::normalizer::dom

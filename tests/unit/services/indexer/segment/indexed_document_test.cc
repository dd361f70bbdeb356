#include "services/indexer/segment/indexed_document.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/indexer/postings/norm.h"
#include "services/indexer/segment/packed_id.h"

namespace tintinh::indexer {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<uint32_t> PositionsOfTerm(const IndexedDocument& document, v1::Part part, v1::KeyKind kind,
                                      absl::string_view key) {
  for (const DocumentTerms::Term& term : document.terms.terms()) {
    if (term.term == TermOf(FieldOf(part, kind), key)) return {term.positions.begin(), term.positions.end()};
  }
  return {};
}

disk::v1::StoredArticle Article() {
  disk::v1::StoredArticle article;
  article.set_article_id(std::string(32, 'a'));
  article.set_content_hash(std::string(32, 'b'));
  article.set_title("Sông Lô");
  article.set_lead("Sông dâng");
  article.add_paragraphs()->set_text("nước sông");
  article.add_photos()->set_caption("Bờ sông");
  article.set_published_us(-5);
  article.set_province("Vĩnh Phúc");
  article.set_province_today("Phú Thọ");
  article.add_section_path("Thời sự");
  article.add_documents()->set_number("22-NQ/TW");
  return article;
}

TEST(IndexDocument, PartsAreFieldsOfTheirOwnAndParagraphsAreApart) {
  const IndexedDocument document = IndexDocument(Article(), text::Analyzer());
  EXPECT_THAT(PositionsOfTerm(document, v1::PART_TITLE, v1::KEY_KIND_FOLDED, "song"), ElementsAre(0));
  EXPECT_THAT(PositionsOfTerm(document, v1::PART_CAPTION, v1::KEY_KIND_FOLDED, "song"), ElementsAre(1));
  EXPECT_THAT(PositionsOfTerm(document, v1::PART_BODY, v1::KEY_KIND_FOLDED, "song"),
              ElementsAre(0, 2 + kParagraphGap + 1));
}

TEST(IndexDocument, ColumnsComeFromTheArticle) {
  const IndexedDocument document = IndexDocument(Article(), text::Analyzer());
  EXPECT_EQ(UnpackId(document.columns.packed_id), std::string(32, 'a'));
  EXPECT_EQ(document.columns.published_us, -5);
  EXPECT_EQ(document.columns.single[IndexOf(Column::kProvinceToday)], "Phú Thọ");
  EXPECT_THAT(document.columns.lists[0], ElementsAre("Thời sự"));
  EXPECT_THAT(document.columns.lists[1], ElementsAre("22-NQ/TW"));
  EXPECT_EQ(document.columns.norms[FieldOf(v1::PART_TITLE, v1::KEY_KIND_FOLDED)], NormOfLength(2));
  EXPECT_EQ(document.stored, Article().SerializeAsString());
}

TEST(IndexDocument, AnArticleWithoutTextHasNoTerms) {
  const IndexedDocument document = IndexDocument(disk::v1::StoredArticle(), text::Analyzer());
  EXPECT_THAT(document.terms.terms(), IsEmpty());
  EXPECT_EQ(document.columns.published_us, kNoTime);
}

TEST(DocumentTerms, RepeatsAtOnePositionCountOnceAndTooLongKeysNotAtAll) {
  DocumentTerms terms;
  const FieldId field = FieldOf(v1::PART_BODY, v1::KEY_KIND_EXACT);
  terms.Add(field, "a", 4);
  terms.Add(field, "a", 2);
  terms.Add(field, "a", 4);
  terms.Add(field, std::string(kMaxKeyBytes + 1, 'x'), 5);
  terms.Finish();
  ASSERT_EQ(terms.terms().size(), 1u);
  EXPECT_THAT(terms.terms()[0].positions, ElementsAre(2, 4));
  EXPECT_EQ(terms.lengths()[field], 2u);
}

TEST(DocumentTerms, OccurrencesPastTheLimitAreNotIndexed) {
  DocumentTerms terms;
  const FieldId field = FieldOf(v1::PART_BODY, v1::KEY_KIND_EXACT);
  for (uint32_t i = 0; i < kMaxFreq + 10; ++i) terms.Add(field, "a", i);
  terms.Finish();
  EXPECT_EQ(terms.terms()[0].positions.size(), kMaxFreq);
  EXPECT_EQ(terms.lengths()[field], kMaxFreq);
}

}  // namespace
}  // namespace tintinh::indexer

#include "services/query/root_search/statistics.h"

#include <cstdint>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace tintinh::query {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::tintinh::testing::IsOk;
using ::tintinh::testing::StatusIs;

TEST(CollectTerms, TakesTermsAndPhraseKeysOnceAndNoExclusions) {
  v1::LeafQuery query;
  for (int i = 0; i < 2; ++i) {
    v1::TermQuery& term = *query.mutable_boolean()->add_should()->mutable_term();
    term.set_part(v1::PART_BODY);
    term.set_kind(v1::KEY_KIND_EXACT);
    term.set_key("mua1");
  }
  v1::PhraseQuery& phrase = *query.mutable_boolean()->add_must()->mutable_phrase();
  phrase.set_part(v1::PART_BODY);
  phrase.add_keys("mua1");
  phrase.add_keys("lu4");
  query.mutable_boolean()->add_must_not()->mutable_term()->set_key("bao4");
  const auto terms = CollectTerms(query);
  ASSERT_EQ(terms.size(), 2U);
  EXPECT_EQ(terms[0].key(), "mua1");
  EXPECT_EQ(terms[1].key(), "lu4");
  EXPECT_EQ(terms[1].kind(), v1::KEY_KIND_EXACT);
}

v1::CollectionStatistics Part(uint64_t documents, uint64_t length, uint64_t frequency) {
  v1::CollectionStatistics part;
  part.set_document_count(documents);
  v1::FieldStatistics& field = *part.add_fields();
  field.set_part(v1::PART_BODY);
  field.set_kind(v1::KEY_KIND_EXACT);
  field.set_document_count(documents);
  field.set_total_length(length);
  part.add_document_frequencies(frequency);
  return part;
}

TEST(AddStatistics, AddsUpFigures) {
  v1::CollectionStatistics sum;
  ASSERT_THAT(AddStatistics(Part(3, 90, 1), 1, sum), IsOk());
  ASSERT_THAT(AddStatistics(Part(4, 10, 2), 1, sum), IsOk());
  EXPECT_EQ(sum.document_count(), 7U);
  ASSERT_EQ(sum.fields_size(), 1);
  EXPECT_EQ(sum.fields(0).total_length(), 100U);
  EXPECT_THAT(sum.document_frequencies(), ElementsAre(3));
}

TEST(AddStatistics, AnotherNumberOfFrequenciesIsInternalAndChangesNothing) {
  v1::CollectionStatistics sum;
  EXPECT_THAT(AddStatistics(Part(3, 90, 1), 2, sum), StatusIs(absl::StatusCode::kInternal, HasSubstr("1")));
  EXPECT_EQ(sum.ByteSizeLong(), 0U);
}

v1::TermKey Key(v1::Part part, const std::string& key) {
  v1::TermKey term;
  term.set_part(part);
  term.set_kind(v1::KEY_KIND_EXACT);
  term.set_key(key);
  return term;
}

TEST(ShareAmongParts, AKeyIsAsFrequentEverywhereAsWhereItIsMostFrequent) {
  v1::CollectionStatistics sum;
  for (const uint64_t frequency : {1U, 9U, 4U}) sum.add_document_frequencies(frequency);
  ShareAmongParts({Key(v1::PART_TITLE, "cua"), Key(v1::PART_BODY, "cua"), Key(v1::PART_TITLE, "lu4")}, sum);
  EXPECT_THAT(sum.document_frequencies(), ElementsAre(9, 9, 4));
}

TEST(ShareAmongParts, PartsHaveAsManyDocumentsAsTheLargestAndKeepTheirAverageLength) {
  v1::CollectionStatistics sum = Part(100, 30'000, 0);
  sum.clear_document_frequencies();
  v1::FieldStatistics& captions = *sum.add_fields();
  captions.set_part(v1::PART_CAPTION);
  captions.set_kind(v1::KEY_KIND_EXACT);
  captions.set_document_count(40);
  captions.set_total_length(480);
  v1::FieldStatistics& pairs = *sum.add_fields();
  pairs.set_part(v1::PART_CAPTION);
  pairs.set_kind(v1::KEY_KIND_PAIR);
  pairs.set_document_count(30);
  pairs.set_total_length(300);
  ShareAmongParts({}, sum);
  EXPECT_EQ(sum.fields(0).total_length(), 30'000U);
  EXPECT_EQ(sum.fields(1).document_count(), 100U);
  EXPECT_EQ(sum.fields(1).total_length(), 1'200U);
  EXPECT_EQ(sum.fields(2).document_count(), 30U);
}

}  // namespace
}  // namespace tintinh::query

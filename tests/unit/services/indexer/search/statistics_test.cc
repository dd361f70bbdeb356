#include "services/indexer/search/statistics.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/indexer/search/search_fixture.h"

namespace tintinh::indexer {
namespace {

using testing::IsOk;
using testing::IsOkAndHolds;
using testing::kBodyExact;
using testing::StatusIs;

v1::TermKey Key(const std::string& key) {
  v1::TermKey term;
  term.set_part(v1::PART_BODY);
  term.set_kind(v1::KEY_KIND_EXACT);
  term.set_key(key);
  return term;
}

TEST(AddStatistics, AddsToWhatIsThere) {
  v1::LeafStatisticsRequest request;
  *request.add_terms() = Key("a");
  *request.add_terms() = Key("không có");
  v1::CollectionStatistics statistics;
  ASSERT_THAT(AddStatistics(SnapshotOf({{"a", "b"}, {"b"}}), request, &statistics), IsOk());
  ASSERT_THAT(AddStatistics(SnapshotOf({{"a"}}), request, &statistics), IsOk());
  EXPECT_EQ(statistics.document_count(), 3u);
  ASSERT_EQ(statistics.document_frequencies_size(), 2);
  EXPECT_EQ(statistics.document_frequencies(0), 2u);
  EXPECT_EQ(statistics.document_frequencies(1), 0u);
  ASSERT_EQ(statistics.fields_size(), 2);  // exact and pair
  EXPECT_EQ(statistics.fields(0).document_count(), 3u);
  EXPECT_EQ(statistics.fields(0).total_length(), 4u);
}

TEST(AddStatistics, StopsAtTheFirstTermAfterTheDeadline) {
  v1::LeafStatisticsRequest request;
  for (int i = 0; i < 5; ++i) *request.add_terms() = Key("a");
  v1::CollectionStatistics statistics;
  const ClockOfReads clock;
  EXPECT_THAT(AddStatistics(SnapshotOf({{"a"}}), request, &statistics, ScanDeadline(clock, ClockOfReads::At(3))),
              StatusIs(absl::StatusCode::kDeadlineExceeded, ::testing::HasSubstr("deadline")));
  EXPECT_EQ(clock.reads(), 3);
}

TEST(ScoringStatistics, TheRequestsFiguresComeFirst) {
  const Snapshot snapshot = SnapshotOf({{"a", "b"}, {"b"}});
  v1::LeafSearchRequest request;
  *request.add_statistics_terms() = Key("a");
  request.mutable_statistics()->add_document_frequencies(500);
  v1::FieldStatistics& field = *request.mutable_statistics()->add_fields();
  field.set_part(v1::PART_BODY);
  field.set_kind(v1::KEY_KIND_EXACT);
  field.set_document_count(1'000);
  field.set_total_length(9'000);
  ScoringStatistics statistics(snapshot, request);
  EXPECT_THAT(statistics.DocumentFrequency(TermOf(kBodyExact, "a")), IsOkAndHolds(500u));
  EXPECT_THAT(statistics.DocumentFrequency(TermOf(kBodyExact, "b")), IsOkAndHolds(2u));
  EXPECT_EQ(statistics.figures(kBodyExact).documents, 1'000u);
  ScoringStatistics own(snapshot);
  EXPECT_EQ(own.figures(kBodyExact).length, 3u);
}

}  // namespace
}  // namespace tintinh::indexer

#include "services/indexer/search/search.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/indexer/search/random_corpus.h"
#include "tests/unit/services/indexer/search/search_fixture.h"

namespace tintinh::indexer {
namespace {

using testing::ArticleId;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

v1::LeafSearchRequest Request(const v1::LeafQuery& query) {
  v1::LeafSearchRequest request;
  *request.mutable_query() = query;
  request.set_limit(10);
  return request;
}

TEST(Search, ScoresByBm25) {
  // Lengths 2, 1 and 3; "a" in two of three.
  const auto result = Search(SnapshotOf({{"a", "b"}, {"b"}, {"a", "a", "c"}}), Request(TermOfBody("a", 2)));
  ASSERT_THAT(result, IsOk());
  ASSERT_EQ(result->hits_size(), 2);
  const double weight = 2 * std::log(1 + 1.5 / 2.5);
  EXPECT_EQ(result->hits(0).article_id(), ArticleId(2));
  EXPECT_FLOAT_EQ(static_cast<float>(result->hits(0).score()),
                  static_cast<float>(weight * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 3 / 2))));
  EXPECT_FLOAT_EQ(static_cast<float>(result->hits(1).score()),
                  static_cast<float>(weight * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 2 / 2))));
  EXPECT_EQ(result->total(), 2u);
  EXPECT_TRUE(result->total_is_exact());
  EXPECT_EQ(result->applied_position(), 3u);
}

TEST(Search, WithoutAQueryEveryDocumentComesNewestFirst) {
  v1::LeafSearchRequest request;
  request.set_limit(2);
  const auto result = Search(SnapshotOf({{"a"}, {"b"}, {"c"}}), request);
  ASSERT_THAT(result, IsOk());
  EXPECT_EQ(result->total(), 3u);
  ASSERT_EQ(result->hits_size(), 2);
  EXPECT_EQ(result->hits(0).article_id(), ArticleId(2));
  EXPECT_EQ(result->hits(1).published_us(), 1);
}

v1::SortKey KeyOf(const v1::LeafHit& hit) {
  v1::SortKey key;
  key.set_score(hit.score());
  key.set_published_us(hit.published_us());
  key.set_article_id(hit.article_id());
  return key;
}

// Page after page of what a look at every document finds; totals as exact as they claim to be.
TEST(Search, PagesAndTotalsAgreeWithTheDocuments) {
  const RandomCorpus corpus;
  RandomQueries queries(11);
  ScoringStatistics statistics(corpus.snapshot());
  int inexact = 0;
  for (int round = 0; round < 150; ++round) {
    v1::LeafSearchRequest request = Request(queries.Any(3));
    request.set_sort(v1::SORT_ORDER_RELEVANCE);
    constexpr uint32_t kLimits[] = {1, 10, 100};
    request.set_limit(kLimits[queries.Below(3)]);
    request.set_exact_total(queries.Below(3) == 0);
    std::optional<uint32_t> site;
    if (queries.Below(3) == 0) {
      site = queries.Below(3);
      request.mutable_filter()->add_sites(absl::StrCat("bao", *site));
    }
    const std::vector<NaiveHit> want = corpus.Hits(QueryPlan::Make(request.query(), statistics)->root(), site);
    size_t seen = 0;
    for (int page = 0; page < 3; ++page) {
      const auto got = Search(corpus.snapshot(), request);
      ASSERT_THAT(got, IsOk());
      ASSERT_LE(got->total(), want.size()) << request.DebugString();
      ASSERT_TRUE(got->total_is_exact() || !request.exact_total());
      if (got->total_is_exact()) {
        ASSERT_EQ(got->total(), want.size()) << request.DebugString();
      }
      inexact += got->total_is_exact() ? 0 : 1;
      ASSERT_EQ(static_cast<size_t>(got->hits_size()), std::min<size_t>(request.limit(), want.size() - seen));
      for (const v1::LeafHit& hit : got->hits()) {
        ASSERT_EQ(hit.score(), want[seen].score) << request.DebugString();
        ASSERT_EQ(hit.article_id(), want[seen++].article_id) << request.DebugString();
      }
      if (got->hits().empty()) break;
      *request.mutable_after() = KeyOf(*got->hits().rbegin());
    }
  }
  EXPECT_GT(inexact, 20) << "nothing was left out";
}

TEST(Search, ByRelevanceAFullListOfHitsEndsTheCount) {
  const Snapshot snapshot = SnapshotOf(std::vector<std::vector<std::string>>(1'000, {"a"}));
  v1::LeafSearchRequest request = Request(TermOfBody("a"));
  const auto bound = Search(snapshot, request);
  ASSERT_THAT(bound, IsOk());
  EXPECT_FALSE(bound->total_is_exact());
  EXPECT_GE(bound->total(), 10u);
  request.set_exact_total(true);
  const auto exact = Search(snapshot, request);
  ASSERT_THAT(exact, IsOk());
  EXPECT_TRUE(exact->total_is_exact());
  EXPECT_EQ(exact->total(), 1'000u);
  request.set_exact_total(false);
  request.set_sort(v1::SORT_ORDER_OLDEST);
  const auto by_time = Search(snapshot, request);
  ASSERT_THAT(by_time, IsOk());
  EXPECT_TRUE(by_time->total_is_exact());
  EXPECT_EQ(by_time->total(), 1'000u);
}

TEST(Search, ByTimeTheFirstHitsAreTheNewestOrTheOldestOfAll) {
  const Snapshot snapshot = SnapshotOf(std::vector<std::vector<std::string>>(10'000, {"a"}));
  v1::LeafSearchRequest request = Request(TermOfBody("a"));
  request.set_limit(9'000);
  for (const v1::SortOrder sort : {v1::SORT_ORDER_NEWEST, v1::SORT_ORDER_OLDEST}) {
    request.set_sort(sort);
    const auto result = Search(snapshot, request);
    ASSERT_THAT(result, IsOk());
    EXPECT_EQ(result->total(), 10'000u);
    ASSERT_EQ(result->hits_size(), 9'000);
    for (int i = 0; i < result->hits_size(); ++i) {
      ASSERT_EQ(result->hits(i).published_us(), sort == v1::SORT_ORDER_NEWEST ? 9'999 - i : i);
    }
  }
}

TEST(Search, ADeletedDocumentIsNoMatch) {
  Snapshot snapshot = SnapshotOf({{"a"}, {"a"}});
  DeletedDocuments deleted;
  deleted.Add(0);
  snapshot.segments[0].deleted = std::make_shared<const DeletedDocuments>(deleted);
  const auto result = Search(snapshot, Request(TermOfBody("a")));
  ASSERT_THAT(result, IsOk());
  EXPECT_EQ(result->total(), 1u);
}

TEST(Search, ARequestOutsideTheLimitsIsRefused) {
  v1::LeafSearchRequest request = Request(TermOfBody("a"));
  request.set_limit(0);
  EXPECT_THAT(Search(SnapshotOf({}), request), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("limit")));
}

TEST(CountFacets, CountsEveryElementOnceADocumentAndMonthsInVietnam) {
  auto segment = std::make_shared<MemorySegment>();
  IndexedDocument document = testing::DocumentOf(1, {"a"});
  document.columns.published_us =
      absl::ToUnixMicros(absl::FromCivil(absl::CivilSecond(2021, 8, 31, 17, 0, 0), absl::UTCTimeZone()));
  document.columns.lists[0] = {"Kinh tế", "Kinh tế", "Du lịch"};
  segment->Add(document);
  document.columns.published_us = kNoTime;
  document.columns.single[0] = "";
  segment->Add(document);
  Snapshot snapshot;
  snapshot.segments.push_back({segment, nullptr, 2});
  v1::LeafFacetsRequest request;
  request.set_limit(10);
  for (const auto field : {v1::FACET_FIELD_MONTH, v1::FACET_FIELD_SECTION, v1::FACET_FIELD_SITE})
    request.add_fields(field);
  FacetCounts counts;
  ASSERT_THAT(CountFacets(snapshot, request, counts), IsOk());
  const v1::LeafFacetsResponse response = counts.ToProto(request);
  ASSERT_EQ(response.facets(0).values_size(), 1);
  EXPECT_EQ(response.facets(0).values(0).value(), "2021-09");
  ASSERT_EQ(response.facets(1).values_size(), 2);
  EXPECT_EQ(response.facets(1).values(0).value(), "Du lịch");
  EXPECT_EQ(response.facets(1).values(0).count(), 2u);
  ASSERT_EQ(response.facets(2).values_size(), 1);
  EXPECT_EQ(response.facets(2).values(0).count(), 1u);
}

TEST(Search, StopsInsideASegmentOnceTheDeadlineHasPassed) {
  const Snapshot snapshot = SnapshotOf(std::vector<std::vector<std::string>>(10'000, {"a"}));
  v1::LeafSearchRequest by_time = Request(TermOfBody("a"));
  by_time.set_sort(v1::SORT_ORDER_NEWEST);
  for (const v1::LeafSearchRequest& request : {Request(TermOfBody("a")), by_time}) {
    const ClockOfReads clock;
    EXPECT_THAT(Search(snapshot, request, ScanDeadline(clock, ClockOfReads::At(2))),
                StatusIs(absl::StatusCode::kDeadlineExceeded, HasSubstr("deadline")));
    EXPECT_EQ(clock.reads(), 2) << "it was read on after it had passed, or before every document";
    EXPECT_THAT(Search(snapshot, request, ScanDeadline(clock, ClockOfReads::At(10'000))), IsOk());
    EXPECT_LE(clock.reads(), 100) << "the clock is read once a block or window";
  }
}

TEST(Search, StopsOnceTheDeadlineHasPassedAlsoWhereNoMatchCounts) {
  Snapshot snapshot = SnapshotOf(std::vector<std::vector<std::string>>(10'000, {"a", "b"}));
  DeletedDocuments deleted;
  for (uint32_t doc = 0; doc < 10'000; ++doc) deleted.Add(doc);
  snapshot.segments.front().deleted = std::make_shared<const DeletedDocuments>(std::move(deleted));
  v1::LeafQuery both;
  for (const char* word : {"a", "b"}) *both.mutable_boolean()->add_should() = TermOfBody(word);
  both.mutable_boolean()->set_minimum_should(2);
  const ClockOfReads clock;
  EXPECT_THAT(Search(snapshot, Request(both), ScanDeadline(clock, ClockOfReads::At(2))),
              StatusIs(absl::StatusCode::kDeadlineExceeded, HasSubstr("deadline")));
  EXPECT_EQ(clock.reads(), 2);
}

TEST(CountFacets, StopsInsideASegmentOnceTheDeadlineHasPassed) {
  const Snapshot snapshot = SnapshotOf(std::vector<std::vector<std::string>>(10'000, {"a"}));
  v1::LeafFacetsRequest request;
  request.set_limit(10);
  request.add_fields(v1::FACET_FIELD_MONTH);
  const ClockOfReads clock;
  FacetCounts counts;
  EXPECT_THAT(CountFacets(snapshot, request, counts, ScanDeadline(clock, ClockOfReads::At(2))),
              StatusIs(absl::StatusCode::kDeadlineExceeded, HasSubstr("deadline")));
  EXPECT_EQ(clock.reads(), 2);
}

}  // namespace
}  // namespace tintinh::indexer

// Runs a traversal over all segments of a random corpus and compares the best hits with those of a look at every
// document.
#ifndef TINTINH_TESTS_UNIT_SERVICES_INDEXER_SEARCH_TOP_K_FIXTURE_H_
#define TINTINH_TESTS_UNIT_SERVICES_INDEXER_SEARCH_TOP_K_FIXTURE_H_

#include <memory>
#include <optional>
#include <vector>

#include "absl/functional/function_ref.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/indexer/search/segment_matches.h"
#include "services/indexer/search/top_hits.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/indexer/search/random_corpus.h"

namespace tintinh::indexer {

class TopKTest : public ::testing::Test {
 protected:
  using Traversal =
      absl::FunctionRef<absl::StatusOr<uint64_t>(DocIterator& matches, const Eligible& eligible, TopHits& top)>;

  // With and without a filter, for several limits, from the start and after one of the hits.
  void ExpectBestHits(const v1::LeafQuery& query, Traversal traversal) {
    ScoringStatistics statistics(corpus_.snapshot());
    const auto plan = QueryPlan::Make(query, statistics);
    ASSERT_THAT(plan, testing::IsOk());
    for (const std::optional<uint32_t>& site : {std::optional<uint32_t>(), std::optional<uint32_t>(1)}) {
      const std::vector<NaiveHit> all = corpus_.Hits(plan->root(), site);
      for (const size_t limit : {1u, 10u, 100u}) {
        ASSERT_NO_FATAL_FAILURE(ExpectPage(plan->root(), site, all, 0, limit, traversal)) << query.DebugString();
        const size_t after = queries_.Below(30);
        if (after == 0 || after > all.size()) continue;
        ASSERT_NO_FATAL_FAILURE(ExpectPage(plan->root(), site, all, after, limit, traversal)) << query.DebugString();
      }
    }
  }

  const RandomCorpus corpus_;
  RandomQueries queries_{7};

 private:
  void ExpectPage(const PlanNode& plan, const std::optional<uint32_t>& site, const std::vector<NaiveHit>& all,
                  size_t skipped, size_t limit, Traversal traversal) {
    v1::SortKey after;
    if (skipped > 0) {
      after.set_score(all[skipped - 1].score);
      after.set_article_id(all[skipped - 1].article_id);
    }
    TopHits top(v1::SORT_ORDER_RELEVANCE, limit, skipped > 0 ? &after : nullptr);
    v1::Filter filter;
    if (site.has_value()) filter.add_sites(absl::StrCat("bao", *site));
    uint64_t found = 0;
    for (const SegmentView& view : corpus_.snapshot().segments) {
      const ColumnFilter columns(filter, *view.segment);
      const auto matches = OpenIterator(plan, view);
      ASSERT_THAT(matches, testing::IsOk());
      const auto in_segment = traversal(**matches, {view, site.has_value() ? &columns : nullptr}, top);
      ASSERT_THAT(in_segment, testing::IsOk());
      found += *in_segment;
    }
    ASSERT_LE(found, all.size());
    const bool left_out = top.floor() > kNoFloor;
    std::vector<NaiveHit> got;
    for (const Hit& hit : top.Take()) got.push_back({hit.score, UnpackId(hit.packed_id())});
    ASSERT_GE(found, got.size());
    ASSERT_TRUE(left_out || found == all.size());
    const auto begin = all.begin() + static_cast<ptrdiff_t>(skipped);
    const std::vector<NaiveHit> want(begin, begin + static_cast<ptrdiff_t>(std::min(limit, all.size() - skipped)));
    ASSERT_EQ(got.size(), want.size()) << "limit " << limit << " after " << skipped;
    for (size_t i = 0; i < want.size(); ++i) {
      ASSERT_EQ(got[i].score, want[i].score) << i << " of limit " << limit << " after " << skipped;
      ASSERT_EQ(got[i].article_id, want[i].article_id) << i << " of limit " << limit << " after " << skipped;
    }
  }
};

}  // namespace tintinh::indexer

#endif  // TINTINH_TESTS_UNIT_SERVICES_INDEXER_SEARCH_TOP_K_FIXTURE_H_

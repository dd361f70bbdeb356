#include "services/indexer/search/doc_iterator.h"

#include <memory>
#include <optional>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/indexer/search/random_corpus.h"
#include "tests/unit/services/indexer/search/search_fixture.h"

namespace tintinh::indexer {
namespace {

using ::testing::IsEmpty;
using testing::IsOk;

TEST(DocIterator, NeverMovesBackUntilItIsRewound) {
  const Snapshot snapshot = SnapshotOf({{"x"}, {"a"}, {"a"}, {"a"}});
  ScoringStatistics statistics(snapshot);
  const auto plan = QueryPlan::Make(TermOfBody("a"), statistics);
  const auto match = OpenIterator(plan->root(), snapshot.segments[0]);
  ASSERT_THAT(match, IsOk());
  EXPECT_EQ((*match)->Seek(0), 1u);
  EXPECT_EQ((*match)->Seek(3), 3u);
  EXPECT_EQ((*match)->Seek(0), 3u);
  EXPECT_EQ((*match)->Seek(4), kNoMoreDocs);
  (*match)->Rewind();
  EXPECT_EQ((*match)->Seek(0), 1u);
  EXPECT_THAT((*match)->status(), IsOk());
}

TEST(DocIterator, ATermOfNoDocumentMatchesNothing) {
  const Snapshot snapshot = SnapshotOf({{"x"}});
  EXPECT_THAT(MatchesOf(TermOfBody("a"), snapshot), IsEmpty());
  EXPECT_THAT(MatchesOf(PhraseOfBody({"x", "a"}), snapshot), IsEmpty());
  v1::LeafQuery pair_is_nowhere = PhraseOfBody({"x", "x"});
  pair_is_nowhere.mutable_phrase()->add_pair_keys("a");
  EXPECT_THAT(MatchesOf(pair_is_nowhere, snapshot), IsEmpty());
}

// One iterator, and what it must say of each document.
class Walk {
 public:
  Walk(const PlanNode& plan, const SegmentView& view, const std::vector<Words>& documents, uint32_t seed)
      : random_(seed), iterator_(*OpenIterator(plan, view)), end_(view.documents) {
    for (const Words& words : documents) scores_.push_back(NaiveScore(plan, words));
  }

  // Asks this and that until the last document is past.
  void Run() {
    for (uint32_t at = 0; at < end_;) {
      const uint32_t end = at + 1 + random_.Below(1 << random_.Below(12));
      ASSERT_NO_FATAL_FAILURE(Ask(at, end));
      at = asked_to_;
    }
    EXPECT_EQ(iterator_->Seek(end_), kNoMoreDocs);
    EXPECT_THAT(iterator_->status(), IsOk());
    EXPECT_LE(std::count_if(scores_.begin(), scores_.end(), [](const auto& score) { return score.has_value(); }),
              static_cast<ptrdiff_t>(iterator_->cost()));
    iterator_->Rewind();
  }

 private:
  void Ask(uint32_t begin, uint32_t end) {
    asked_to_ = begin + 1;
    switch (random_.Below(8)) {
      case 0:
        return AskMatches(begin);
      case 1:
        return AskSeek(begin);
      case 2:
        return AskCollect(begin, end);
      case 3:
        return AskFillBits(begin, end);
      case 4:
        return AskAddScores(begin, end, random_.Below(2) == 0);
      case 5:
        return AskAccumulate(begin, end);
      case 6:
        asked_to_ = begin;
        ASSERT_GT(iterator_->BoundEnd(begin), begin);
        [[fallthrough]];
      default:
        AskMaxScore(begin, end);
    }
  }

  std::optional<double> ScoreOf(uint32_t doc) const { return doc < end_ ? scores_[doc] : std::nullopt; }

  uint32_t NextMatch(uint32_t doc) const {
    while (doc < end_ && !scores_[doc].has_value()) ++doc;
    return doc < end_ ? doc : kNoMoreDocs;
  }

  void AskMatches(uint32_t doc) {
    ASSERT_EQ(iterator_->Matches(doc), ScoreOf(doc).has_value()) << doc;
    if (!ScoreOf(doc).has_value()) return;
    ASSERT_EQ(iterator_->Score(), *ScoreOf(doc)) << doc;
  }

  void AskSeek(uint32_t doc) {
    const uint32_t found = iterator_->Seek(doc);
    ASSERT_EQ(found, NextMatch(doc)) << doc;
    if (found == kNoMoreDocs) return;
    ASSERT_EQ(iterator_->Score(), *ScoreOf(found)) << found;
  }

  void AskCollect(uint32_t begin, uint32_t end) {
    const std::optional<double> first = ScoreOf(NextMatch(begin));
    const double least = random_.Below(2) == 0 ? first.value_or(0) : kNoFloor;
    Candidates got;
    iterator_->Collect(begin, end, least, got);
    Candidates want;
    for (uint32_t doc = NextMatch(begin); doc < end; doc = NextMatch(doc + 1)) {
      want.docs.push_back(doc);
      want.scores.push_back(*ScoreOf(doc));
    }
    want.KeepFrom(least);
    ASSERT_EQ(got.docs, want.docs) << begin << ", " << end;
    ASSERT_EQ(got.scores, want.scores);
    asked_to_ = end;
  }

  void AskAccumulate(uint32_t begin, uint32_t end) {
    ScoreSums sums((end - begin + 63) / 64 * 64);
    sums.Start(begin);
    sums.Add(begin, 1000);
    iterator_->Accumulate(begin, end, sums);
    Candidates got;
    sums.Take(kNoFloor, got);
    Candidates want;
    for (uint32_t doc = begin; doc < end; ++doc) {
      if (doc != begin && !ScoreOf(doc).has_value()) continue;
      want.docs.push_back(doc);
      want.scores.push_back((doc == begin ? 1000 : 0) + ScoreOf(doc).value_or(0));
    }
    ASSERT_EQ(got.docs, want.docs) << begin << ", " << end;
    ASSERT_EQ(got.scores, want.scores);
    asked_to_ = end;
  }

  void AskFillBits(uint32_t begin, uint32_t end) {
    std::vector<uint64_t> got((end - begin + 63) / 64, 0);
    std::vector<uint64_t> want = got;
    iterator_->FillBits(begin, end, got.data());
    for (uint32_t doc = NextMatch(begin); doc < end; doc = NextMatch(doc + 1)) {
      want[(doc - begin) / 64] |= uint64_t{1} << (doc - begin) % 64;
    }
    ASSERT_EQ(got, want) << begin << ", " << end;
    asked_to_ = end;
  }

  void AskAddScores(uint32_t begin, uint32_t end, bool required) {
    Candidates got;
    Candidates want;
    for (uint32_t doc = begin; doc < end; doc += 1 + random_.Below(5)) {
      got.docs.push_back(doc);
      got.scores.push_back(1000);
      if (required && !ScoreOf(doc).has_value()) continue;
      want.docs.push_back(doc);
      want.scores.push_back(1000 + ScoreOf(doc).value_or(0));
    }
    iterator_->AddScores(got, required);
    ASSERT_EQ(got.docs, want.docs);
    ASSERT_EQ(got.scores, want.scores);
    asked_to_ = end;
  }

  void AskMaxScore(uint32_t begin, uint32_t end) {
    const double bound = iterator_->MaxScore(begin, end);
    for (uint32_t doc = NextMatch(begin); doc < end; doc = NextMatch(doc + 1)) ASSERT_LE(*ScoreOf(doc), bound) << doc;
    asked_to_ = begin;
  }

  RandomQueries random_;
  const std::unique_ptr<DocIterator> iterator_;
  const uint32_t end_;
  std::vector<std::optional<double>> scores_;
  uint32_t asked_to_ = 0;
};

TEST(DocIterator, WhateverIsAskedOnTheWayForwardAgreesWithTheDocuments) {
  const RandomCorpus corpus;
  RandomQueries queries(2);
  ScoringStatistics statistics(corpus.snapshot());
  for (uint32_t round = 0; round < 150; ++round) {
    const v1::LeafQuery query = queries.Any(3);
    const auto plan = QueryPlan::Make(query, statistics);
    ASSERT_THAT(plan, IsOk());
    for (size_t segment = 0; segment < corpus.snapshot().segments.size(); ++segment) {
      Walk walk(plan->root(), corpus.snapshot().segments[segment], corpus.documents(segment), round);
      for (int pass = 0; pass < 2; ++pass)
        ASSERT_NO_FATAL_FAILURE(walk.Run()) << segment << ": " << query.DebugString();
    }
  }
}

}  // namespace
}  // namespace tintinh::indexer

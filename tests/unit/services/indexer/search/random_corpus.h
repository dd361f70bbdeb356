// Random documents in several segments, on disk and in memory, some deleted; and what a query finds in them, told by
// looking at the words of each.
#ifndef TINTINH_TESTS_UNIT_SERVICES_INDEXER_SEARCH_RANDOM_CORPUS_H_
#define TINTINH_TESTS_UNIT_SERVICES_INDEXER_SEARCH_RANDOM_CORPUS_H_

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/indexer/postings/norm.h"
#include "services/indexer/search/bm25.h"
#include "services/indexer/search/query_plan.h"
#include "services/indexer/segment/disk_format.h"
#include "services/indexer/segment/disk_segment.h"
#include "services/indexer/segment/memory_segment.h"
#include "services/indexer/segment/segment_writer.h"
#include "tests/support/indexed_documents.h"
#include "tests/support/shard_database.h"
#include "tests/unit/services/indexer/search/search_fixture.h"

namespace tintinh::indexer {

using Words = std::vector<std::string>;

// How often the terms of the plan stand in the words at their distances.
inline uint32_t NaiveFreq(const PlanNode& plan, const Words& words) {
  uint32_t freq = 0;
  for (size_t start = 0; start < words.size(); ++start) {
    bool all = true;
    for (size_t i = 0; i < plan.terms.size() && all; ++i) {
      const size_t at = start + (plan.offsets.empty() ? 0 : plan.offsets[i]);
      all = at < words.size() && plan.terms[i].substr(1) == words[at];
    }
    freq += all ? 1 : 0;
  }
  return freq;
}

// Nothing for a document that does not match.
inline std::optional<double> NaiveScore(const PlanNode& plan, const Words& words) {
  if (plan.kind == PlanNode::Kind::kMatchAll) return 0;
  if (plan.kind == PlanNode::Kind::kBestOf) {
    std::optional<double> best;
    for (const PlanNode& term : plan.should) best = std::max(best, NaiveScore(term, words));
    return best;
  }
  if (plan.kind != PlanNode::Kind::kBoolean) {
    const uint32_t freq = NaiveFreq(plan, words);
    if (freq == 0) return std::nullopt;
    return Bm25(plan.weight, freq, plan.scoring->penalties[NormOfLength(static_cast<uint32_t>(words.size()))]);
  }
  double sum = 0;
  uint32_t matching = 0;
  for (const PlanNode& child : plan.must_not) {
    if (NaiveScore(child, words).has_value()) return std::nullopt;
  }
  for (const PlanNode& child : plan.must) {
    const std::optional<double> score = NaiveScore(child, words);
    if (!score.has_value()) return std::nullopt;
    sum += *score;
  }
  for (const PlanNode& child : plan.should) {
    const std::optional<double> score = NaiveScore(child, words);
    sum += score.value_or(0);
    matching += score.has_value() ? 1 : 0;
  }
  return matching >= plan.minimum_should ? std::optional<double>(sum) : std::nullopt;
}

class RandomQueries {
 public:
  explicit RandomQueries(uint32_t seed) : random_(seed) {}

  uint32_t Below(uint32_t limit) { return static_cast<uint32_t>(random_() % limit); }

  // The first are the most frequent; the last is nowhere.
  std::string Word() { return absl::StrCat("từ", Below(1 + Below(20))); }
  v1::LeafQuery Term() {
    constexpr float kWeights[] = {0, 0.5f, 1, 1, 2};
    return TermOfBody(Below(40) == 0 ? "không có" : Word(), kWeights[Below(5)]);
  }

  v1::LeafQuery Phrase() {
    Words words = {Word(), Word()};
    if (Below(3) == 0) words.push_back(Word());
    v1::LeafQuery query = PhraseOfBody(words);
    v1::PhraseQuery& phrase = *query.mutable_phrase();
    if (Below(4) == 0) phrase.set_offsets(phrase.offsets_size() - 1, static_cast<uint32_t>(phrase.offsets_size()));
    // The test documents have each word as a "pair" of its own, which is at each place of the phrase.
    for (int i = 0; Below(3) > 0 && i + 1 < phrase.keys_size(); ++i) phrase.add_pair_keys(phrase.keys(i));
    while (!phrase.pair_keys().empty() && phrase.pair_keys_size() + 1 < phrase.keys_size()) phrase.add_pair_keys("");
    return query;
  }

  v1::LeafQuery Prefix() {
    constexpr const char* kPrefixes[] = {"từ", "từ1", "từ1", "từ12", "không"};
    return PrefixOfBody(kPrefixes[Below(5)], 1 + Below(25), Below(4) == 0 ? 0.5f : 1);
  }

  v1::LeafQuery Any(int depth) {
    const uint32_t kind = Below(depth > 0 ? 13 : 7);
    if (kind < 4) return Term();
    if (kind == 4) return Phrase();
    if (kind == 6) return Prefix();
    v1::LeafQuery query;
    if (kind == 5) {
      query.mutable_match_all();
      return query;
    }
    v1::BooleanQuery& boolean = *query.mutable_boolean();
    for (uint32_t i = Below(3); i > 0; --i) *boolean.add_must() = Any(depth - 1);
    for (uint32_t i = Below(4); i > 0; --i) *boolean.add_should() = Any(depth - 1);
    for (uint32_t i = Below(2); i > 0; --i) *boolean.add_must_not() = Any(depth - 1);
    boolean.set_minimum_should(Below(3));
    return query;
  }

 private:
  std::mt19937 random_;
};

struct NaiveHit {
  double score = 0;
  std::string article_id;
};

class RandomCorpus {
 public:
  // Two segments on disk, with longer documents in the second, and one in memory.
  RandomCorpus() {
    AddSegment(5'000, 8, true);
    AddSegment(1'500, 30, true);
    AddSegment(700, 5, false);
  }

  const Snapshot& snapshot() const { return snapshot_; }
  const std::vector<Words>& documents(size_t segment) const { return documents_[segment]; }

  // The live ones from the site if one is named, best first.
  std::vector<NaiveHit> Hits(const PlanNode& plan, const std::optional<uint32_t>& site = std::nullopt) const {
    std::vector<NaiveHit> hits;
    uint32_t number = 0;
    for (size_t segment = 0; segment < documents_.size(); ++segment) {
      for (uint32_t doc = 0; doc < documents_[segment].size(); ++doc, ++number) {
        if (!snapshot_.segments[segment].IsLive(doc) || (site.has_value() && number % 3 != *site)) continue;
        const std::optional<double> score = NaiveScore(plan, documents_[segment][doc]);
        if (score.has_value()) hits.push_back({*score, testing::ArticleId(number)});
      }
    }
    std::sort(hits.begin(), hits.end(), [](const NaiveHit& a, const NaiveHit& b) {
      return a.score != b.score ? a.score > b.score : a.article_id < b.article_id;
    });
    return hits;
  }

 private:
  void AddSegment(uint32_t count, uint32_t usual_length, bool on_disk) {
    auto memory = std::make_shared<MemorySegment>();
    auto deleted = std::make_shared<DeletedDocuments>();
    std::vector<Words>& documents = documents_.emplace_back(count);
    for (uint32_t doc = 0; doc < count; ++doc) {
      documents[doc].resize(1 + queries_.Below(queries_.Below(40) == 0 ? usual_length * 8 : usual_length));
      for (std::string& word : documents[doc]) word = queries_.Word();
      memory->Add(testing::DocumentOf(next_number_++, documents[doc]));
      if (queries_.Below(10) == 0) deleted->Add(doc);
    }
    SegmentView view{memory, nullptr, count};
    if (on_disk) {
      const auto record = WriteSegment(db_.get(), static_cast<uint32_t>(documents_.size()), {view});
      if (!record.ok()) std::abort();
      view.segment = *DiskSegment::Open(db_.get(), *record);
    }
    view.deleted = deleted;
    snapshot_.segments.push_back(view);
  }

  testing::ShardDatabase db_;
  RandomQueries queries_{1};
  uint32_t next_number_ = 0;
  std::vector<std::vector<Words>> documents_;  // by segment and ordinal
  Snapshot snapshot_;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_TESTS_UNIT_SERVICES_INDEXER_SEARCH_RANDOM_CORPUS_H_

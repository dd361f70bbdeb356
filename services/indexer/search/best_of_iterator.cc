#include "services/indexer/search/best_of_iterator.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "common/status/status_macros.h"

namespace tintinh::indexer {
namespace {

// With fewer candidates in a window, looking each one up is faster than reading all of the window.
constexpr size_t kFewCandidates = 4;

}  // namespace

BestOfIterator::BestOfIterator(DocIterators terms) : terms_(std::move(terms)), best_(kWindow, 0) {}

bool BestOfIterator::Matches(uint32_t doc) {
  matching_.clear();
  for (const auto& term : terms_) {
    if (term->Matches(doc)) matching_.push_back(term.get());
  }
  return !matching_.empty();
}

double BestOfIterator::Score() {
  double best = 0;
  for (DocIterator* term : matching_) best = std::max(best, term->Score());
  return best;
}

uint32_t BestOfIterator::Seek(uint32_t target) {
  uint32_t nearest = kNoMoreDocs;
  matching_.clear();
  for (const auto& term : terms_) {
    const uint32_t doc = term->Seek(target);
    if (doc > nearest || doc == kNoMoreDocs) continue;
    if (doc < nearest) matching_.clear();
    nearest = doc;
    matching_.push_back(term.get());
  }
  return nearest;
}

double BestOfIterator::MaxScore(uint32_t begin, uint32_t end) {
  double most = 0;
  for (const auto& term : terms_) most = std::max(most, term->MaxScore(begin, end));
  return most;
}

void BestOfIterator::FillBest(uint32_t begin, uint32_t end, double least) {
  for (const auto& term : terms_) {
    of_term_.Resize(0);
    term->Collect(begin, end, least, of_term_);
    for (size_t i = 0; i < of_term_.size(); ++i) {
      const uint32_t at = of_term_.docs[i] - begin;
      best_[at] = std::max(best_[at], of_term_.scores[i]);
      has_best_[at / 64] |= uint64_t{1} << (at % 64);
    }
  }
}

template <typename Visit>
void BestOfIterator::TakeBest(uint32_t begin, const Visit& visit) {
  for (uint32_t word = 0; word < has_best_.size(); ++word) {
    for (uint64_t left = std::exchange(has_best_[word], 0); left != 0; left &= left - 1) {
      const uint32_t at = word * 64 + static_cast<uint32_t>(std::countr_zero(left));
      visit(begin + at, std::exchange(best_[at], 0));
    }
  }
}

template <typename Visit>
void BestOfIterator::ForEachBest(uint32_t begin, uint32_t end, double least, const Visit& visit) {
  while (begin < end) {
    const uint32_t window_end = end - begin > kWindow ? begin + kWindow : end;
    FillBest(begin, window_end, least);
    TakeBest(begin, visit);
    begin = window_end;
  }
}

void BestOfIterator::Collect(uint32_t begin, uint32_t end, double least, Candidates& candidates) {
  ForEachBest(begin, end, least, [&candidates](uint32_t doc, double score) {
    candidates.docs.push_back(doc);
    candidates.scores.push_back(score);
  });
}

void BestOfIterator::Accumulate(uint32_t begin, uint32_t end, ScoreSums& sums) {
  ForEachBest(begin, end, kNoFloor, [&sums](uint32_t doc, double score) { sums.Add(doc, score); });
}

void BestOfIterator::AddScores(Candidates& candidates, bool required) {
  size_t kept = 0;
  const auto keep = [&](size_t from, bool matches, double score) {
    if (!matches && required) return;
    candidates.docs[kept] = candidates.docs[from];
    candidates.scores[kept++] = candidates.scores[from] + score;
  };
  for (size_t i = 0; i < candidates.size();) {
    const uint32_t begin = candidates.docs[i];
    size_t next = i;
    while (next < candidates.size() && candidates.docs[next] - begin < kWindow) ++next;
    const bool few = next - i < kFewCandidates;
    if (!few) FillBest(begin, candidates.docs[next - 1] + 1, kNoFloor);
    for (; i < next; ++i) {
      const uint32_t at = candidates.docs[i] - begin;
      const bool matches = few ? Matches(candidates.docs[i]) : (has_best_[at / 64] >> (at % 64) & 1) != 0;
      keep(i, matches, !matches ? 0 : few ? Score() : best_[at]);
    }
    if (!few) TakeBest(begin, [](uint32_t, double) {});
  }
  candidates.Resize(kept);
}

void BestOfIterator::FillBits(uint32_t begin, uint32_t end, uint64_t* bits) {
  for (const auto& term : terms_) term->FillBits(begin, end, bits);
}

// Of the rarest term that has enough of them: it weighs most.
void BestOfIterator::AddChampions(std::vector<uint32_t>& docs) {
  DocIterator* rarest = nullptr;
  for (const auto& term : terms_) {
    const bool rarer = rarest == nullptr || term->cost() < rarest->cost();
    if (term->cost() >= kMaxChampions && rarer) rarest = term.get();
  }
  if (rarest != nullptr) rarest->AddChampions(docs);
}

uint64_t BestOfIterator::cost() const {
  uint64_t sum = 0;
  for (const auto& term : terms_) sum += term->cost();
  return sum;
}

uint64_t BestOfIterator::sure_matches() const {
  uint64_t most = 0;
  for (const auto& term : terms_) most = std::max(most, term->sure_matches());
  return most;
}

absl::Status BestOfIterator::status() const {
  for (const auto& term : terms_) RETURN_IF_ERROR(term->status());
  return absl::OkStatus();
}

void BestOfIterator::Rewind() {
  matching_.clear();
  for (const auto& term : terms_) term->Rewind();
}

}  // namespace tintinh::indexer

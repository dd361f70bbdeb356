#include "services/indexer/search/term_iterator.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

namespace tintinh::indexer {
namespace {

constexpr double kSlack = 1 + 1e-6;  // for the rounding of floats

}  // namespace

TermIterator::TermIterator(const PlanNode& plan, std::unique_ptr<PostingCursor> cursor, const FieldInSegment& field)
    : cursor_(std::move(cursor)),
      table_{.norms = field.norms, .penalties = plan.scoring->penalties.data(), .weight = plan.weight},
      impacts_(field.impacts) {}

double TermIterator::Score() {
  return Bm25(table_.weight, cursor_->freq(), table_.penalties[table_.norms[cursor_->doc()]]);
}

double TermIterator::MaxScore(uint32_t begin, uint32_t end) {
  const uint32_t impact = cursor_->MaxImpact(begin, end);
  if (impact == BlockSource::kUnknownImpact) return MaxScoreOfList();
  return static_cast<double>(table_.weight) * impacts_.Of(impact);
}

double TermIterator::MaxScoreOfList() {
  if (!max_score_of_list_.has_value()) max_score_of_list_ = BoundList();
  return *max_score_of_list_;
}

double TermIterator::BoundList() {
  const TermStatistics& statistics = cursor_->statistics();
  if (statistics.document_frequency > kBlockSize) {
    return static_cast<double>(Bm25(table_.weight, statistics.max_freq, table_.penalties[statistics.min_norm])) *
           kSlack;
  }
  BlockScores scores{};
  ScoreOnlyBlock(scores);
  return *std::max_element(scores.begin(), scores.end());
}

// Of a list that is one block, decoded already.
absl::Span<const uint32_t> TermIterator::ScoreOnlyBlock(BlockScores& scores) {
  if (!cursor_->SeekBlock(0)) return {};
  const absl::Span<const uint32_t> docs = cursor_->BlockDocs();
  BestKernels().score(table_, docs.data(), cursor_->BlockFreqs().data(), docs.size(), scores.data());
  return docs;
}

uint32_t TermIterator::BoundEnd(uint32_t begin) {
  return cursor_->SeekBlock(begin) ? cursor_->block_last() + 1 : kNoMoreDocs;
}

template <typename Visit>
void TermIterator::ForEachBlock(uint32_t begin, uint32_t end, const Visit& visit) {
  while (begin < end && cursor_->SeekBlock(begin) && cursor_->block_first() < end) {
    const absl::Span<const uint32_t> docs = cursor_->BlockDocs();
    const auto* from = docs.begin();
    const auto* to = docs.end();
    if (*from < begin) from = std::lower_bound(from, to, begin);
    if (cursor_->block_last() >= end) to = std::lower_bound(from, to, end);
    visit(from, cursor_->BlockFreqs().data() + (from - docs.begin()), static_cast<size_t>(to - from));
    begin = cursor_->block_last() + 1;
  }
}

void TermIterator::Collect(uint32_t begin, uint32_t end, double least, Candidates& candidates) {
  ForEachBlock(begin, end, [&](const uint32_t* docs, const uint32_t* freqs, size_t count) {
    std::array<uint32_t, kBlockSize + kScoreSlack> kept;
    std::array<double, kBlockSize + kScoreSlack> scores;
    const size_t found = BestKernels().score_from(table_, docs, freqs, count, least, kept.data(), scores.data());
    candidates.docs.insert(candidates.docs.end(), kept.begin(), kept.begin() + found);
    candidates.scores.insert(candidates.scores.end(), scores.begin(), scores.begin() + found);
  });
}

void TermIterator::Accumulate(uint32_t begin, uint32_t end, ScoreSums& sums) {
  ForEachBlock(begin, end, [&](const uint32_t* docs, const uint32_t* freqs, size_t count) {
    BlockScores scores;
    BestKernels().score(table_, docs, freqs, count, scores.data());
    for (size_t i = 0; i < count; ++i) sums.Add(docs[i], static_cast<double>(scores[i]));
  });
}

void TermIterator::AddScores(Candidates& candidates, bool required) {
  uint32_t* const docs = candidates.docs.data();
  double* const sums = candidates.scores.data();
  PostingCursor::Found found;
  std::array<uint32_t, kBlockSize> matching;
  BlockScores scores;
  size_t kept = 0;
  for (size_t begin = 0; begin < candidates.size(); begin += kBlockSize) {
    const size_t count = std::min<size_t>(candidates.size() - begin, kBlockSize);
    cursor_->FindAll(absl::MakeConstSpan(docs + begin, count), found);
    for (size_t i = 0; i < found.count; ++i) matching[i] = docs[begin + found.places[i]];
    BestKernels().score(table_, matching.data(), found.freqs.data(), found.count, scores.data());
    for (size_t i = 0; i < found.count; ++i) {
      const size_t place = begin + found.places[i];
      const size_t to = required ? kept++ : place;
      sums[to] = sums[place] + static_cast<double>(scores[i]);
      docs[to] = matching[i];
    }
  }
  if (required) candidates.Resize(kept);
}

void TermIterator::AddChampions(std::vector<uint32_t>& docs) {
  for (const ChampionPosting& champion : cursor_->champions()) docs.push_back(champion.doc);
  if (cursor_->statistics().document_frequency <= kBlockSize) AddBestOfShortList(docs);
}

void TermIterator::AddBestOfShortList(std::vector<uint32_t>& docs) {
  BlockScores scores{};
  const absl::Span<const uint32_t> all = ScoreOnlyBlock(scores);
  std::array<uint32_t, kBlockSize> order;
  std::iota(order.begin(), order.end(), 0);
  const size_t count = std::min(all.size(), kMaxChampions);
  std::partial_sort(order.begin(), order.begin() + count, order.begin() + all.size(),
                    [&scores](uint32_t a, uint32_t b) { return scores[a] > scores[b]; });
  for (size_t i = 0; i < count; ++i) docs.push_back(all[order[i]]);
}

}  // namespace tintinh::indexer

#include "services/indexer/search/boolean_iterator.h"

#include <algorithm>
#include <utility>

#include "common/status/status_macros.h"
#include "services/indexer/postings/kernels.h"
#include "services/indexer/search/seek_all.h"

namespace tintinh::indexer {
namespace {

// With fewer documents left, looking each one up is faster than reading all of a window.
constexpr uint32_t kFewBits = 32;

// Kernels read whole registers behind the bits.
constexpr size_t kSlackWords = 2;

// Of how many clauses the champions are looked at: each of them is looked up in all clauses.
constexpr size_t kChampionClauses = 1;
constexpr size_t kFewClauses = 8;  // with more, of one only

bool CostsLess(const DocIterator* a, const DocIterator* b) { return a->cost() < b->cost(); }

size_t WordCount(uint32_t begin, uint32_t end) { return (end - begin + 63) / 64; }

uint32_t CountBits(const std::vector<uint64_t>& bits) {
  const auto count = static_cast<uint32_t>((bits.size() - kSlackWords) * 64);
  return BestKernels().count_bits(reinterpret_cast<const char*>(bits.data()), count);
}

void KeepMatches(DocIterator& iterator, uint32_t begin, std::vector<uint64_t>& bits) {
  for (size_t word = 0; word < bits.size(); ++word) {
    for (uint64_t left = bits[word]; left != 0; left &= left - 1) {
      const uint32_t bit = static_cast<uint32_t>(__builtin_ctzll(left));
      const bool matches = iterator.Matches(begin + static_cast<uint32_t>(word) * 64 + bit);
      if (!matches) bits[word] &= ~(uint64_t{1} << bit);
    }
  }
}

}  // namespace

BooleanIterator::BooleanIterator(BooleanParts parts) : parts_(std::move(parts)) {
  for (const auto& child : parts_.must) order_.push_back(child.get());
  std::sort(order_.begin(), order_.end(), CostsLess);
}

bool BooleanIterator::Matches(uint32_t doc) {
  // Seek() left out what is before: children that exclude documents have moved past it and cannot be asked again.
  if (found_.has_value() && doc <= *found_) return doc == *found_;
  found_.reset();
  matching_.clear();
  for (DocIterator* child : order_) {
    if (!child->Matches(doc)) return false;
    matching_.push_back(child);
  }
  for (const auto& child : parts_.should) {
    if (child->Matches(doc)) matching_.push_back(child.get());
  }
  return matching_.size() - order_.size() >= parts_.minimum_should && !Excludes(doc);
}

bool BooleanIterator::Excludes(uint32_t doc) {
  return std::any_of(parts_.must_not.begin(), parts_.must_not.end(),
                     [doc](const auto& child) { return child->Matches(doc); });
}

double BooleanIterator::Score() {
  double score = 0;
  for (DocIterator* child : matching_) score += child->Score();
  return score;
}

uint64_t BooleanIterator::cost() const {
  if (!order_.empty()) return order_.front()->cost();
  uint64_t sum = 0;
  for (const auto& child : parts_.should) sum += child->cost();
  return sum;
}

uint64_t BooleanIterator::sure_matches() const {
  if (!order_.empty() || parts_.minimum_should > 1 || !parts_.must_not.empty()) return 0;
  uint64_t most = 0;
  for (const auto& child : parts_.should) most = std::max(most, child->sure_matches());
  return most;
}

absl::Status BooleanIterator::status() const {
  for (const DocIterators* children : {&parts_.must, &parts_.should, &parts_.must_not}) {
    for (const auto& child : *children) RETURN_IF_ERROR(child->status());
  }
  return absl::OkStatus();
}

void BooleanIterator::Rewind() {
  found_.reset();
  for (const DocIterators* children : {&parts_.must, &parts_.should, &parts_.must_not}) {
    for (const auto& child : *children) child->Rewind();
  }
}

double BooleanIterator::MaxScore(uint32_t begin, uint32_t end) {
  double sum = 0;
  for (const DocIterators* children : {&parts_.must, &parts_.should}) {
    for (const auto& child : *children) sum += child->MaxScore(begin, end);
  }
  return sum;
}

void BooleanIterator::AddChampions(std::vector<uint32_t>& docs) {
  if (!order_.empty()) return order_.front()->AddChampions(docs);
  // The rarest weigh most, but have to be in enough documents to tell what the last of the best hits scores.
  std::vector<DocIterator*> clauses;
  for (const auto& child : parts_.should) {
    if (child->cost() >= kMaxChampions) clauses.push_back(child.get());
  }
  const size_t most = parts_.should.size() <= kFewClauses ? kChampionClauses : 1;
  const size_t count = std::min(clauses.size(), most);
  std::partial_sort(clauses.begin(), clauses.begin() + static_cast<ptrdiff_t>(count), clauses.end(), CostsLess);
  for (size_t i = 0; i < count; ++i) clauses[i]->AddChampions(docs);
}

uint32_t BooleanIterator::Seek(uint32_t target) {
  if (found_.has_value() && *found_ >= target) return *found_;
  uint32_t doc = NextCandidate(target);
  while (doc != kNoMoreDocs && !Matches(doc)) doc = NextCandidate(doc + 1);
  found_ = doc;
  return doc;
}

uint32_t BooleanIterator::NextCandidate(uint32_t target) {
  return order_.empty() ? NextOfAny(target) : SeekAll(order_, target);
}

uint32_t BooleanIterator::NextOfAny(uint32_t target) {
  uint32_t nearest = kNoMoreDocs;
  for (const auto& child : parts_.should) nearest = std::min(nearest, child->Seek(target));
  return nearest;
}

void BooleanIterator::FillBits(uint32_t begin, uint32_t end, uint64_t* bits) {
  const bool moved_on = found_.has_value() && *found_ > begin;  // as in Matches(): only Seek() knows what is before
  if (parts_.minimum_should > 1 || moved_on) return DocIterator::FillBits(begin, end, bits);
  std::vector<uint64_t> all(WordCount(begin, end) + kSlackWords, 0);
  std::vector<uint64_t> some(all.size(), 0);
  const bool needs_any = parts_.minimum_should == 1;
  if (needs_any) {
    for (const auto& child : parts_.should) child->FillBits(begin, end, all.data());
  }
  for (size_t i = 0; i < order_.size(); ++i) {
    if (i == 0 && !needs_any) {
      order_[i]->FillBits(begin, end, all.data());
    } else if (CountBits(all) < kFewBits) {
      KeepMatches(*order_[i], begin, all);
    } else {
      std::fill(some.begin(), some.end(), 0);
      order_[i]->FillBits(begin, end, some.data());
      for (size_t word = 0; word < all.size(); ++word) all[word] &= some[word];
    }
  }
  for (const auto& child : parts_.must_not) {
    std::fill(some.begin(), some.end(), 0);
    child->FillBits(begin, end, some.data());
    for (size_t word = 0; word < all.size(); ++word) all[word] &= ~some[word];
  }
  for (size_t word = 0; word + kSlackWords < all.size(); ++word) bits[word] |= all[word];
}

}  // namespace tintinh::indexer

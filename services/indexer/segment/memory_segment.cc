#include "services/indexer/segment/memory_segment.h"

#include <array>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "services/indexer/postings/short_list_source.h"
#include "services/indexer/segment/term_hash.h"

namespace tintinh::indexer {
namespace {

constexpr size_t kBytesPerDocument = 64;
// Terms between two stages of adding one: enough that the memory has answered, few enough that the answer is still
// there.
constexpr size_t kAhead = 16;
constexpr size_t kPrefetchedLists = 8;
constexpr size_t kBytesPerScannedTerm = 24;  // of a tree whose nodes are two thirds full
constexpr size_t kScannedAtOnce = 256;       // under the lock

}  // namespace

// Holds the lists themselves: the segment does not grow meanwhile.
class MemorySegment::Walker final : public TermWalker {
 public:
  Walker(std::vector<const TermList*> lists, uint32_t limit) : lists_(std::move(lists)), limit_(limit) {}
  bool Valid() const override { return at_ < lists_.size(); }
  void Next() override {
    ++at_;
    if (at_ + kPrefetchedLists < lists_.size()) __builtin_prefetch(lists_[at_ + kPrefetchedLists]);
  }
  absl::string_view term() const override { return lists_[at_]->term(); }
  absl::StatusOr<std::unique_ptr<PostingCursor>> Open() override { return OpenList(*lists_[at_], limit_); }
  std::optional<WholeList> Whole() override { return WholeList{lists_[at_]->statistics(), lists_[at_]->Bytes(copy_)}; }
  absl::Status status() const override { return absl::OkStatus(); }

 private:
  const std::vector<const TermList*> lists_;
  const uint32_t limit_;
  size_t at_ = 0;
  std::string copy_;
};

// Takes some terms at a time: who adds does not wait for a long scan.
class MemorySegment::Scan final : public TermScan {
 public:
  Scan(const MemorySegment& segment, absl::string_view prefix)
      : segment_(segment), prefix_(prefix), terms_(segment.TermsFrom(prefix_, false, prefix_, kScannedAtOnce)) {}
  bool Next() override {
    if (next_ == terms_.size() && next_ == kScannedAtOnce) {
      terms_ = segment_.TermsFrom(terms_.back().term, true, prefix_, kScannedAtOnce);
      next_ = 0;
    }
    return next_ < terms_.size() && ++next_ > 0;
  }
  absl::string_view term() const override { return terms_[next_ - 1].term; }
  absl::StatusOr<uint32_t> DocumentFrequency() const override { return terms_[next_ - 1].document_frequency; }
  absl::Status status() const override { return absl::OkStatus(); }

 private:
  const MemorySegment& segment_;
  const std::string prefix_;
  std::vector<TermCount> terms_;
  size_t next_ = 0;
};

MemorySegment::MemorySegment() : columns_(kCapacity), figures_{}, arrays_(columns_.arrays()) {}

void MemorySegment::AddTerms(const IndexedDocument& document, uint32_t ordinal) {
  const std::vector<DocumentTerms::Term>& terms = document.terms.terms();
  std::array<TermList*, 4 * kAhead> lists;  // by number of the term, modulo its size
  const auto list_of = [&lists](size_t term) -> TermList*& { return lists[term % lists.size()]; };
  // A term goes through four stages.
  for (size_t stage = 0; stage < terms.size() + 3 * kAhead; ++stage) {
    if (stage < terms.size()) terms_.PrefetchSlot(terms[stage].hash);
    const size_t found = stage - kAhead;
    if (found < terms.size()) list_of(found) = terms_.PrefetchList(terms[found].hash);
    const size_t touched = found - kAhead;
    if (touched < terms.size() && list_of(touched) != nullptr) __builtin_prefetch(list_of(touched)->write(), 1);
    const size_t added = touched - kAhead;
    if (added < terms.size()) AddTerm(terms[added], list_of(added), document.columns.norms, ordinal);
  }
}

void MemorySegment::AddTerm(const DocumentTerms::Term& term, TermList* likely,
                            const std::array<uint8_t, kFieldCount>& norms, uint32_t ordinal) {
  const FieldId field = FieldOfTerm(term.term);
  Posting posting{
      .doc = ordinal, .freq = static_cast<uint32_t>(term.positions.size()), .norm = norms[field], .positions = {}};
  if (PositionsOf(field) == Positions::kStored) posting.positions = term.positions;
  const bool known = likely != nullptr && likely->Is(term.term);
  const uint32_t terms_before = terms_.size();
  TermList& list = known ? *likely : terms_.FindOrAdd(term.term, term.hash, arena_);
  list.Append(posting, arena_);
  if (terms_.size() > terms_before && KindOf(field) != v1::KEY_KIND_PAIR) scanned_.emplace(&list);
}

uint32_t MemorySegment::Add(const IndexedDocument& document) {
  MutexLock lock(mu_);
  const uint32_t ordinal = columns_.size();
  AddTerms(document, ordinal);
  for (size_t field = 0; field < kFieldCount; ++field) {
    const uint32_t length = document.terms.lengths()[field];
    figures_[field].documents += length > 0 ? 1 : 0;
    figures_[field].length += length;
  }
  columns_.Append(document.columns);
  documents_.push_back(arena_.Copy(document.stored));
  newest_[arrays_.packed_ids[ordinal]] = ordinal;
  return ordinal;
}

uint32_t MemorySegment::size() const {
  MutexLock lock(mu_);
  return columns_.size();
}

bool MemorySegment::IsFull() const { return size() == kCapacity || bytes() >= kMostBytes; }

size_t MemorySegment::bytes() const {
  MutexLock lock(mu_);
  return arena_.bytes() + columns_.bytes() + terms_.bytes() + documents_.size() * kBytesPerDocument +
         scanned_.size() * kBytesPerScannedTerm;
}

absl::StatusOr<std::unique_ptr<PostingCursor>> MemorySegment::OpenTerm(absl::string_view term, uint32_t limit) const {
  const uint32_t hash = TermHash(term);
  MutexLock lock(mu_);
  const TermList* const list = terms_.Find(term, hash);
  return list == nullptr ? nullptr : OpenList(*list, limit);
}

std::unique_ptr<PostingCursor> MemorySegment::OpenList(const TermList& list, uint32_t limit) {
  auto source = std::make_unique<ShortListSource<TermList::Reader>>(
      TermList::Reader(list), PositionsOf(FieldOfTerm(list.term())), list.document_frequency(), limit);
  return std::make_unique<PostingCursor>(std::move(source), list.statistics());
}

absl::StatusOr<uint32_t> MemorySegment::DocumentFrequency(absl::string_view term) const {
  const uint32_t hash = TermHash(term);
  MutexLock lock(mu_);
  const TermList* const list = terms_.Find(term, hash);
  return list == nullptr ? 0 : list->document_frequency();
}

std::unique_ptr<TermWalker> MemorySegment::WalkTerms() const {
  std::vector<const TermList*> lists;
  uint32_t documents;
  {
    // Sorting takes its time, and goes on without the lock.
    MutexLock lock(mu_);
    documents = columns_.size();
    lists.reserve(terms_.size());
    for (uint32_t number = 0; number < terms_.size(); ++number) lists.push_back(&terms_[number]);
  }
  SortTerms(lists);
  return std::make_unique<Walker>(std::move(lists), documents);
}

std::unique_ptr<TermScan> MemorySegment::ScanTerms(absl::string_view prefix) const {
  return std::make_unique<Scan>(*this, prefix);
}

std::vector<MemorySegment::TermCount> MemorySegment::TermsFrom(absl::string_view from, bool passed,
                                                               absl::string_view prefix, size_t most) const {
  std::vector<TermCount> terms;
  MutexLock lock(mu_);
  auto at = passed ? scanned_.upper_bound(TermBound(from)) : scanned_.lower_bound(TermBound(from));
  for (; at != scanned_.end() && terms.size() < most && absl::StartsWith(at->term(), prefix); ++at) {
    terms.push_back({at->term(), at->list->document_frequency()});
  }
  return terms;
}

std::optional<uint32_t> MemorySegment::FindCode(Column column, absl::string_view value) const {
  MutexLock lock(mu_);
  return columns_.FindCode(column, value);
}

std::string MemorySegment::ValueOf(Column column, uint32_t code) const {
  MutexLock lock(mu_);
  return std::string(columns_.ValueOf(column, code));
}

ColumnValues MemorySegment::Row(uint32_t ordinal) const {
  MutexLock lock(mu_);
  return columns_.Row(ordinal);
}

AllFieldFigures MemorySegment::figures() const {
  MutexLock lock(mu_);
  return figures_;
}

absl::StatusOr<std::optional<uint32_t>> MemorySegment::FindArticle(absl::string_view packed_id) const {
  MutexLock lock(mu_);
  const auto found = newest_.find(packed_id);
  if (found == newest_.end()) return std::optional<uint32_t>();
  return std::optional<uint32_t>(found->second);
}

absl::StatusOr<std::string> MemorySegment::Document(uint32_t ordinal) const {
  MutexLock lock(mu_);
  return std::string(documents_[ordinal]);
}

}  // namespace tintinh::indexer

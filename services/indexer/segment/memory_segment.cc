#include "services/indexer/segment/memory_segment.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "services/indexer/postings/short_list.h"
#include "services/indexer/postings/short_list_source.h"

namespace tintinh::indexer {
namespace {

// What a term costs beside its bytes in the arena: its list, and its slot in the table at the usual load.
constexpr size_t kBytesPerTerm = 120;
constexpr size_t kBytesPerDocument = 64;
// How many terms ahead the slots of the table are asked for: they lie far apart, and memory takes its time.
constexpr size_t kPrefetchedTerms = 12;

// Orders as the first bytes of a term do.
uint64_t PrefixOf(absl::string_view term) {
  uint64_t prefix = 0;
  for (size_t i = 0; i < sizeof(prefix); ++i) {
    prefix = prefix << 8 | (i < term.size() ? static_cast<unsigned char>(term[i]) : 0u);
  }
  return prefix;
}

}  // namespace

// Holds the lists themselves: the segment does not grow meanwhile.
class MemorySegment::Walker final : public TermWalker {
 public:
  Walker(std::vector<Entry> entries, uint32_t limit) : entries_(std::move(entries)), limit_(limit) {
    std::sort(entries_.begin(), entries_.end());
  }
  bool Valid() const override { return at_ < entries_.size(); }
  void Next() override { ++at_; }
  absl::string_view term() const override { return entries_[at_].term; }
  absl::StatusOr<std::unique_ptr<PostingCursor>> Open() override {
    return OpenList(entries_[at_].term, *entries_[at_].list, limit_);
  }
  absl::Status status() const override { return absl::OkStatus(); }

 private:
  std::vector<Entry> entries_;
  const uint32_t limit_;
  size_t at_ = 0;
};

MemorySegment::MemorySegment() : columns_(kCapacity), figures_{}, arrays_(columns_.arrays()) {}

MemorySegment::List& MemorySegment::ListOf(absl::string_view term) {
  const auto found = lists_.find(term);
  if (found != lists_.end()) return found->second;
  return lists_.try_emplace(arena_.Copy(term)).first->second;
}

uint32_t MemorySegment::Add(const IndexedDocument& document) {
  MutexLock lock(mu_);
  const uint32_t ordinal = columns_.size();
  const std::vector<DocumentTerms::Term>& terms = document.terms.terms();
  for (size_t i = 0; i < terms.size(); ++i) {
    if (i + kPrefetchedTerms < terms.size()) lists_.prefetch(terms[i + kPrefetchedTerms].term);
    const DocumentTerms::Term& term = terms[i];
    const FieldId field = FieldOfTerm(term.term);
    Posting posting{.doc = ordinal,
                    .freq = static_cast<uint32_t>(term.positions.size()),
                    .norm = document.columns.norms[field],
                    .positions = {}};
    if (PositionsOf(field) == Positions::kStored) posting.positions = term.positions;
    List& list = ListOf(term.term);
    ByteChain::Sink sink(list.postings, arena_);
    AppendShortPosting(posting, list.statistics.document_frequency == 0 ? kBeforeFirstDoc : list.last_doc, sink);
    list.last_doc = ordinal;
    ++list.statistics.document_frequency;
    list.statistics.collection_frequency += posting.freq;
    const bool first = list.statistics.document_frequency == 1;
    list.statistics.max_freq = first ? posting.freq : std::max(list.statistics.max_freq, posting.freq);
    list.statistics.min_norm = first ? posting.norm : std::min(list.statistics.min_norm, posting.norm);
  }
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

size_t MemorySegment::bytes() const {
  MutexLock lock(mu_);
  return arena_.bytes() + columns_.bytes() + lists_.size() * kBytesPerTerm + documents_.size() * kBytesPerDocument;
}

absl::StatusOr<std::unique_ptr<PostingCursor>> MemorySegment::OpenTerm(absl::string_view term, uint32_t limit) const {
  MutexLock lock(mu_);
  const auto found = lists_.find(term);
  if (found == lists_.end()) return nullptr;
  return OpenList(term, found->second, limit);
}

std::unique_ptr<PostingCursor> MemorySegment::OpenList(absl::string_view term, const List& list, uint32_t limit) {
  auto source = std::make_unique<ShortListSource<ByteChain::Reader>>(
      ByteChain::Reader(list.postings), PositionsOf(FieldOfTerm(term)), list.statistics.document_frequency, limit);
  return std::make_unique<PostingCursor>(std::move(source), list.statistics);
}

absl::StatusOr<uint32_t> MemorySegment::DocumentFrequency(absl::string_view term) const {
  MutexLock lock(mu_);
  const auto found = lists_.find(term);
  return found == lists_.end() ? 0 : found->second.statistics.document_frequency;
}

std::unique_ptr<TermWalker> MemorySegment::WalkTerms() const {
  std::vector<Entry> entries;
  uint32_t documents;
  {
    // Sorting takes its time, and goes on without the lock.
    MutexLock lock(mu_);
    documents = columns_.size();
    entries.reserve(lists_.size());
    for (const auto& [term, list] : lists_) entries.push_back({PrefixOf(term), term, &list});
  }
  return std::make_unique<Walker>(std::move(entries), documents);
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

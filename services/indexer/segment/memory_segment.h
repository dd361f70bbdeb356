// The segment that grows: every article added is searchable at once.
#ifndef TINTINH_SERVICES_INDEXER_SEGMENT_MEMORY_SEGMENT_H_
#define TINTINH_SERVICES_INDEXER_SEGMENT_MEMORY_SEGMENT_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "common/sync/mutex.h"
#include "services/indexer/segment/arena.h"
#include "services/indexer/segment/indexed_document.h"
#include "services/indexer/segment/segment.h"

namespace tintinh::indexer {

// One thread adds; any number read meanwhile. Readers take the lock for look-ups only: lists and columns grow at their
// ends and are read without it.
class MemorySegment final : public Segment {
 public:
  static constexpr uint32_t kCapacity = 65'536;  // documents; their columns are reserved at once

  MemorySegment();

  // The new document's ordinal. REQUIRES: size() < kCapacity.
  uint32_t Add(const IndexedDocument& document);

  uint32_t size() const;
  size_t bytes() const;

  absl::StatusOr<std::unique_ptr<PostingCursor>> OpenTerm(absl::string_view term, uint32_t limit) const override;
  absl::StatusOr<uint32_t> DocumentFrequency(absl::string_view term) const override;
  std::unique_ptr<TermWalker> WalkTerms() const override;
  bool is_on_disk() const override { return false; }
  const ColumnArrays& columns() const override { return arrays_; }
  std::optional<uint32_t> FindCode(Column column, absl::string_view value) const override;
  std::string ValueOf(Column column, uint32_t code) const override;
  ColumnValues Row(uint32_t ordinal) const override;
  AllFieldFigures figures() const override;
  double impact_average(FieldId) const override { return 1; }  // no impacts are stored
  absl::StatusOr<std::optional<uint32_t>> FindArticle(absl::string_view packed_id) const override;
  absl::StatusOr<std::string> Document(uint32_t ordinal) const override;

 private:
  struct List {
    TermStatistics statistics;
    uint32_t last_doc = 0;
    ByteChain postings;
  };
  // Most comparisons of a sort are decided by the prefix, without a look at the term.
  struct Entry {
    uint64_t prefix = 0;
    absl::string_view term;
    const List* list = nullptr;

    bool operator<(const Entry& other) const {
      return prefix != other.prefix ? prefix < other.prefix : term < other.term;
    }
  };
  class Walker;
  static std::unique_ptr<PostingCursor> OpenList(absl::string_view term, const List& list, uint32_t limit);
  List& ListOf(absl::string_view term) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  mutable Mutex mu_;
  Arena arena_ ABSL_GUARDED_BY(mu_);  // what it handed out is read without the lock
  absl::flat_hash_map<absl::string_view, List> lists_ ABSL_GUARDED_BY(mu_);
  ColumnStore columns_ ABSL_GUARDED_BY(mu_);
  absl::flat_hash_map<absl::string_view, uint32_t> newest_ ABSL_GUARDED_BY(mu_);  // packed id → ordinal
  std::vector<absl::string_view> documents_ ABSL_GUARDED_BY(mu_);
  AllFieldFigures figures_ ABSL_GUARDED_BY(mu_);
  const ColumnArrays arrays_;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEGMENT_MEMORY_SEGMENT_H_

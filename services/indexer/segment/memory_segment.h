// The segment that grows: every article added is searchable at once.
#ifndef TINTINH_SERVICES_INDEXER_SEGMENT_MEMORY_SEGMENT_H_
#define TINTINH_SERVICES_INDEXER_SEGMENT_MEMORY_SEGMENT_H_

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/btree_set.h"
#include "absl/container/flat_hash_map.h"
#include "common/sync/mutex.h"
#include "services/indexer/segment/arena.h"
#include "services/indexer/segment/indexed_document.h"
#include "services/indexer/segment/segment.h"
#include "services/indexer/segment/sort_terms.h"
#include "services/indexer/segment/term_table.h"

namespace tintinh::indexer {

// One thread adds; any number read meanwhile. Readers take the lock for look-ups only: lists and columns grow at their
// ends and are read without it.
class MemorySegment final : public Segment {
 public:
  static constexpr uint32_t kCapacity = 65'536;          // documents; their columns are reserved at once
  static constexpr size_t kMostBytes = size_t{2} << 30;  // and one document more

  MemorySegment();

  // The new document's ordinal. REQUIRES: !IsFull().
  uint32_t Add(const IndexedDocument& document);

  // Whether it has as many documents or bytes as lists may count.
  bool IsFull() const;

  uint32_t size() const;
  size_t bytes() const;

  absl::StatusOr<std::unique_ptr<PostingCursor>> OpenTerm(absl::string_view term, uint32_t limit) const override;
  absl::StatusOr<uint32_t> DocumentFrequency(absl::string_view term) const override;
  std::unique_ptr<TermWalker> WalkTerms() const override;
  std::unique_ptr<TermScan> ScanTerms(absl::string_view prefix) const override;
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
  class Walker;
  class Scan;
  // A term with its first bytes beside it: nearly all comparisons need no look at the term, which lies elsewhere.
  struct ScannedTerm {
    explicit ScannedTerm(const TermList* of) : first_bytes(FirstBytes(of->term())), list(of) {}
    absl::string_view term() const { return list->term(); }
    uint64_t first_bytes;
    const TermList* list;
  };
  struct TermBound {
    explicit TermBound(absl::string_view of) : first_bytes(FirstBytes(of)), bound(of) {}
    absl::string_view term() const { return bound; }
    uint64_t first_bytes;
    absl::string_view bound;
  };
  struct ByTerm {
    using is_transparent = void;
    template <typename A, typename B>
    bool operator()(const A& a, const B& b) const {
      return a.first_bytes != b.first_bytes ? a.first_bytes < b.first_bytes : a.term() < b.term();
    }
  };
  struct TermCount {
    absl::string_view term;  // in the segment
    uint32_t document_frequency;
  };
  // The first `most` terms from `from` on that begin with `prefix`, without `from` itself if it is `passed`.
  std::vector<TermCount> TermsFrom(absl::string_view from, bool passed, absl::string_view prefix, size_t most) const;
  static std::unique_ptr<PostingCursor> OpenList(const TermList& list, uint32_t limit);
  void AddTerms(const IndexedDocument& document, uint32_t ordinal) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void AddTerm(const DocumentTerms::Term& term, TermList* likely, const std::array<uint8_t, kFieldCount>& norms,
               uint32_t ordinal) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  mutable Mutex mu_;
  Arena arena_ ABSL_GUARDED_BY(mu_);                                   // what it handed out is read without the lock
  TermTable terms_ ABSL_GUARDED_BY(mu_);                               // and so are its lists, through readers
  absl::btree_set<ScannedTerm, ByTerm> scanned_ ABSL_GUARDED_BY(mu_);  // those that ScanTerms() gives
  ColumnStore columns_ ABSL_GUARDED_BY(mu_);
  absl::flat_hash_map<absl::string_view, uint32_t> newest_ ABSL_GUARDED_BY(mu_);  // packed id → ordinal
  std::vector<absl::string_view> documents_ ABSL_GUARDED_BY(mu_);
  AllFieldFigures figures_ ABSL_GUARDED_BY(mu_);
  const ColumnArrays arrays_;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEGMENT_MEMORY_SEGMENT_H_

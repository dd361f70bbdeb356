// An article as the index takes it in: its terms with positions, its column values, and the article itself.
#ifndef TINTINH_SERVICES_INDEXER_SEGMENT_INDEXED_DOCUMENT_H_
#define TINTINH_SERVICES_INDEXER_SEGMENT_INDEXED_DOCUMENT_H_

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "common/text/analyzer.h"
#include "services/indexer/segment/arena.h"
#include "services/indexer/segment/columns.h"
#include "services/indexer/segment/field.h"
#include "tintinh/disk/v1/indexer.pb.h"

namespace tintinh::indexer {

// Positions left free between two paragraphs or captions, so that no phrase spans them.
inline constexpr uint32_t kParagraphGap = 32;

// Collects the occurrences of terms in one document.
class DocumentTerms {
 public:
  struct Term {
    absl::string_view term;                // field byte and key; lives as long as the DocumentTerms
    absl::Span<const uint32_t> positions;  // ascending, without repeats, 1 to kMaxFreq
  };

  // A key longer than kMaxKeyBytes is left out.
  void Add(FieldId field, absl::string_view key, uint32_t position);

  // Sorts out what was added. Call once, last.
  void Finish();

  const std::vector<Term>& terms() const { return terms_; }  // in no particular order
  // Occurrences kept, by field: the length BM25 uses.
  const std::array<uint32_t, kFieldCount>& lengths() const { return lengths_; }

 private:
  Arena arena_;
  absl::flat_hash_map<absl::string_view, uint32_t> numbers_;
  std::vector<absl::string_view> by_number_;
  std::vector<std::pair<uint32_t, uint32_t>> occurrences_;  // term number, position
  std::vector<uint32_t> positions_;
  std::vector<Term> terms_;
  std::array<uint32_t, kFieldCount> lengths_{};
  std::string scratch_;
};

struct IndexedDocument {
  DocumentTerms terms;
  ColumnValues columns;
  std::string stored;  // serialized StoredArticle
};

IndexedDocument IndexDocument(const disk::v1::StoredArticle& article, const text::Analyzer& analyzer);

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEGMENT_INDEXED_DOCUMENT_H_

// An article as the index takes it in: its terms with positions, its column values, and the article itself.
#ifndef TINTINH_SERVICES_INDEXER_SEGMENT_INDEXED_DOCUMENT_H_
#define TINTINH_SERVICES_INDEXER_SEGMENT_INDEXED_DOCUMENT_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "common/text/analyzer.h"
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
    uint32_t hash;                         // TermHash(term)
  };

  DocumentTerms();
  ~DocumentTerms() = default;
  DocumentTerms(DocumentTerms&&) = default;
  DocumentTerms& operator=(DocumentTerms&&) = default;
  DocumentTerms(const DocumentTerms&) = delete;
  DocumentTerms& operator=(const DocumentTerms&) = delete;

  // A key longer than kMaxKeyBytes is left out.
  void Add(FieldId field, absl::string_view key, uint32_t position);

  // Sorts out what was added. Call once, last.
  void Finish();

  const std::vector<Term>& terms() const { return terms_; }  // in the order of their first occurrence
  // Occurrences kept, by field: the length BM25 uses.
  const std::array<uint32_t, kFieldCount>& lengths() const { return lengths_; }

 private:
  struct Found {
    uint32_t begin;  // in bytes_
    uint32_t size;
    uint32_t hash;
    uint32_t count;
    uint32_t last_position;
    bool ascending;
  };
  struct Occurrence {
    uint32_t number;  // in found_
    uint32_t position;
  };
  uint32_t NumberOf(FieldId field, absl::string_view key);
  bool Is(const Found& found, FieldId field, absl::string_view key) const;
  void Grow();

  // While terms are added.
  std::vector<Found> found_;
  std::vector<Occurrence> occurrences_;
  std::vector<uint32_t> slots_;  // open addressing: number in found_ plus one, or 0; a power of two of them

  std::vector<char> bytes_;  // of the terms
  std::vector<uint32_t> positions_;
  std::vector<Term> terms_;
  std::array<uint32_t, kFieldCount> lengths_{};
};

struct IndexedDocument {
  DocumentTerms terms;
  ColumnValues columns;
  std::string stored;  // serialized StoredArticle
};

IndexedDocument IndexDocument(const disk::v1::StoredArticle& article, const text::Analyzer& analyzer);

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEGMENT_INDEXED_DOCUMENT_H_

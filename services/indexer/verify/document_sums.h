// Postings and documents of a segment compared without sorting either: for each document, a sum of hashes of its
// postings, once as its own text gives them and once as the posting lists have them.
#ifndef TINTINH_SERVICES_INDEXER_VERIFY_DOCUMENT_SUMS_H_
#define TINTINH_SERVICES_INDEXER_VERIFY_DOCUMENT_SUMS_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "services/indexer/postings/posting_cursor.h"
#include "services/indexer/segment/indexed_document.h"

namespace tintinh::indexer {

// Not thread-safe. 16 bytes a document.
class DocumentSums {
 public:
  explicit DocumentSums(uint32_t documents) : texts_(documents), lists_(documents) {}

  // REQUIRES: ordinal < documents.
  void AddText(uint32_t ordinal, const DocumentTerms& terms);

  // Reads the list to its end, positions included. DATA_LOSS for a document that the segment does not have, for a
  // document frequency that is not the list's, and for what the cursor finds damaged.
  absl::Status AddList(absl::string_view term, PostingCursor& postings);

  bool Agree(uint32_t ordinal) const { return texts_[ordinal] == lists_[ordinal]; }
  uint64_t postings() const { return postings_; }  // read from lists

 private:
  std::vector<uint64_t> texts_;
  std::vector<uint64_t> lists_;
  uint64_t postings_ = 0;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_VERIFY_DOCUMENT_SUMS_H_

#include "services/indexer/segment/deleted_documents.h"

#include "absl/status/status.h"
#include "common/status/status_macros.h"
#include "services/indexer/postings/bytes.h"
#include "services/indexer/postings/checked_value.h"

namespace tintinh::indexer {

void DeletedDocuments::Add(uint32_t ordinal) {
  if (Contains(ordinal)) return;
  if (words_.size() <= ordinal / 64) words_.resize(ordinal / 64 + 1);
  words_[ordinal / 64] |= uint64_t{1} << (ordinal % 64);
  ++count_;
}

std::string DeletedDocuments::Encode() const {
  std::string body;
  body.reserve(words_.size() * sizeof(uint64_t));
  for (const uint64_t word : words_) AppendFixed(word, body);
  return CheckedValue(body);
}

absl::StatusOr<DeletedDocuments> DeletedDocuments::Decode(absl::string_view value, uint32_t documents) {
  ASSIGN_OR_RETURN(const absl::string_view body, CheckedBody(value));
  ByteReader bytes(body);
  DeletedDocuments deleted;
  for (uint64_t word; bytes.ReadFixed(&word);) {
    deleted.words_.push_back(word);
    deleted.count_ += static_cast<uint32_t>(__builtin_popcountll(word));
  }
  const uint64_t last = deleted.words_.empty() ? 0 : deleted.words_.back();
  const bool fits =
      last == 0 || (deleted.words_.size() - 1) * 64 + 63 - static_cast<size_t>(__builtin_clzll(last)) < documents;
  if (!bytes.rest().empty() || !fits) return absl::DataLossError("deleted documents: malformed or out of range");
  return deleted;
}

}  // namespace tintinh::indexer

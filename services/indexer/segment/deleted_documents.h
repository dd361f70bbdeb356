// Which documents of a segment are no longer live. Immutable once shared: a deletion makes a new one.
#ifndef TINTINH_SERVICES_INDEXER_SEGMENT_DELETED_DOCUMENTS_H_
#define TINTINH_SERVICES_INDEXER_SEGMENT_DELETED_DOCUMENTS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace tintinh::indexer {

class DeletedDocuments {
 public:
  bool Contains(uint32_t ordinal) const {
    const size_t word = ordinal / 64;
    return word < words_.size() && (words_[word] >> (ordinal % 64) & 1) != 0;
  }
  // Bits 64 * index onwards.
  uint64_t Word(size_t index) const { return index < words_.size() ? words_[index] : 0; }
  uint32_t count() const { return count_; }

  void Add(uint32_t ordinal);

  std::string Encode() const;
  // DATA_LOSS unless `value` is whole and names documents below `documents` only.
  static absl::StatusOr<DeletedDocuments> Decode(absl::string_view value, uint32_t documents);

 private:
  std::vector<uint64_t> words_;
  uint32_t count_ = 0;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEGMENT_DELETED_DOCUMENTS_H_

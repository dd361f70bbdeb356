// The dictionary of a segment on disk. Exact and folded syllables, a bounded vocabulary that every query asks for, are
// held in memory; pairs and identifiers, of which there are many, are read when asked for.
#ifndef TINTINH_SERVICES_INDEXER_SEGMENT_DICTIONARY_H_
#define TINTINH_SERVICES_INDEXER_SEGMENT_DICTIONARY_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/kv/database.h"
#include "common/kv/reader.h"

namespace tintinh::indexer {

// Immutable; thread-safe.
class Dictionary {
 public:
  // Loads and checks what is held in memory. DATA_LOSS names the damaged term. `db` must outlive this.
  static absl::StatusOr<std::unique_ptr<Dictionary>> Open(const kv::Database& db, uint32_t segment);

  // The stored term record, or nothing. A view into this or into `holder`, which must outlive its use.
  absl::StatusOr<std::optional<absl::string_view>> Find(absl::string_view term, kv::PinnedValue& holder) const;

  size_t bytes() const { return entries_.size() + starts_.size() * sizeof(uint64_t); }

 private:
  Dictionary(const kv::Database& db, uint32_t segment) : db_(db), segment_(segment) {}
  absl::Status Load();
  std::optional<absl::string_view> FindHeld(absl::string_view term) const;

  const kv::Database& db_;
  const uint32_t segment_;
  std::string entries_;           // one after another: sizes, term, record
  std::vector<uint64_t> starts_;  // of the entries, by term
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEGMENT_DICTIONARY_H_

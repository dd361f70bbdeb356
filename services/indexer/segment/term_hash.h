// The hash of a term in memory. Of one process: it is never stored.
#ifndef TINTINH_SERVICES_INDEXER_SEGMENT_TERM_HASH_H_
#define TINTINH_SERVICES_INDEXER_SEGMENT_TERM_HASH_H_

#include <cstdint>

#include "absl/hash/hash.h"
#include "absl/strings/string_view.h"
#include "services/indexer/segment/field.h"

namespace tintinh::indexer {

inline uint32_t TermHash(FieldId field, absl::string_view key) {
  return static_cast<uint32_t>(absl::HashOf(field, key));
}

// REQUIRES: !term.empty()
inline uint32_t TermHash(absl::string_view term) { return TermHash(FieldOfTerm(term), term.substr(1)); }

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEGMENT_TERM_HASH_H_

// Terms of a segment in memory in byte order.
#ifndef TINTINH_SERVICES_INDEXER_SEGMENT_SORT_TERMS_H_
#define TINTINH_SERVICES_INDEXER_SEGMENT_SORT_TERMS_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/indexer/segment/term_list.h"

namespace tintinh::indexer {

// Orders as the first bytes of a term do; equal ones tell nothing.
inline uint64_t FirstBytes(absl::string_view term) {
  static_assert(std::endian::native == std::endian::little);
  uint64_t bytes = 0;
  std::memcpy(&bytes, term.data(), term.size() < sizeof(bytes) ? term.size() : sizeof(bytes));
  return __builtin_bswap64(bytes);
}

void SortTerms(std::vector<const TermList*>& lists);

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEGMENT_SORT_TERMS_H_

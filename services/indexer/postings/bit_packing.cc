#include "services/indexer/postings/bit_packing.h"

#include <cstring>

namespace tintinh::indexer {

void AppendPacked(absl::Span<const uint32_t> values, uint32_t bits, std::string& out) {
  const size_t start = out.size();
  out.resize(start + PackedSize(values.size(), bits));
  char* next = out.data() + start;
  uint64_t pending = 0;
  uint32_t pending_bits = 0;
  for (const uint32_t value : values) {
    pending |= static_cast<uint64_t>(value) << pending_bits;
    pending_bits += bits;
    if (pending_bits < 32) continue;
    const uint32_t word = static_cast<uint32_t>(pending);
    std::memcpy(next, &word, sizeof(word));
    next += sizeof(word);
    pending >>= 32;
    pending_bits -= 32;
  }
  for (; next < out.data() + out.size(); ++next, pending >>= 8) *next = static_cast<char>(pending & 0xFF);
}

}  // namespace tintinh::indexer

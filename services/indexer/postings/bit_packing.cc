#include "services/indexer/postings/bit_packing.h"

#include "services/indexer/postings/bytes.h"

namespace tintinh::indexer {

void AppendPacked(absl::Span<const uint32_t> values, uint32_t bits, std::string& out) {
  uint64_t pending = 0;
  uint32_t pending_bits = 0;
  for (const uint32_t value : values) {
    pending |= static_cast<uint64_t>(value) << pending_bits;
    pending_bits += bits;
    for (; pending_bits >= 8; pending_bits -= 8, pending >>= 8) out.push_back(static_cast<char>(pending & 0xFF));
  }
  if (pending_bits > 0) out.push_back(static_cast<char>(pending & 0xFF));
}

void Unpack(const char* packed, uint32_t bits, size_t count, uint32_t* values) {
  const uint64_t mask = (uint64_t{1} << bits) - 1;
  size_t bit = 0;
  for (size_t i = 0; i < count; ++i, bit += bits) {
    values[i] = static_cast<uint32_t>((LoadFixed<uint64_t>(packed + bit / 8) >> (bit % 8)) & mask);
  }
}

}  // namespace tintinh::indexer

#include "common/digest/crc32c.h"

#if defined(__x86_64__)
#include <nmmintrin.h>
#endif

#include <array>
#include <cstddef>
#include <cstring>

namespace tintinh {
namespace {

constexpr uint32_t kReversedPolynomial = 0x82F63B78;
constexpr size_t kSlices = 8;

using Tables = std::array<std::array<uint32_t, 256>, kSlices>;

constexpr uint32_t ShiftOutByte(uint32_t value) {
  for (int bit = 0; bit < 8; ++bit) value = (value >> 1) ^ ((value & 1u) != 0 ? kReversedPolynomial : 0u);
  return value;
}

// tables[k][b]: what byte b contributes when k more bytes follow it, so that eight bytes are folded in at once.
constexpr Tables MakeTables() {
  Tables tables{};
  for (uint32_t byte = 0; byte < 256; ++byte) tables[0][byte] = ShiftOutByte(byte);
  for (size_t slice = 1; slice < kSlices; ++slice) {
    for (size_t byte = 0; byte < 256; ++byte) {
      const uint32_t before = tables[slice - 1][byte];
      tables[slice][byte] = (before >> 8) ^ tables[0][before & 0xFF];
    }
  }
  return tables;
}

constexpr Tables kTables = MakeTables();

uint32_t ByteAt(absl::string_view bytes, size_t at) { return static_cast<unsigned char>(bytes[at]); }

uint32_t FoldByte(uint32_t state, uint32_t byte) { return (state >> 8) ^ kTables[0][(state ^ byte) & 0xFF]; }

uint32_t FoldEightBytes(uint32_t state, absl::string_view bytes) {
  uint32_t next = 0;
  for (size_t i = 0; i < kSlices; ++i) {
    const uint32_t mixed = ByteAt(bytes, i) ^ (i < 4 ? (state >> (8 * i)) & 0xFF : 0);
    next ^= kTables[kSlices - 1 - i][mixed];
  }
  return next;
}

uint32_t FoldPortable(uint32_t state, absl::string_view bytes) {
  while (bytes.size() >= kSlices) {
    state = FoldEightBytes(state, bytes);
    bytes.remove_prefix(kSlices);
  }
  for (size_t i = 0; i < bytes.size(); ++i) state = FoldByte(state, ByteAt(bytes, i));
  return state;
}

#if defined(__x86_64__)

// SSE 4.2 has an instruction for this very polynomial.
__attribute__((target("sse4.2"))) uint32_t FoldSse42(uint32_t state, absl::string_view bytes) {
  uint64_t wide = state;
  while (bytes.size() >= sizeof(uint64_t)) {
    uint64_t word;
    std::memcpy(&word, bytes.data(), sizeof(word));
    wide = _mm_crc32_u64(wide, word);
    bytes.remove_prefix(sizeof(word));
  }
  state = static_cast<uint32_t>(wide);
  for (size_t i = 0; i < bytes.size(); ++i) state = FoldByte(state, ByteAt(bytes, i));
  return state;
}

uint32_t Fold(uint32_t state, absl::string_view bytes) {
  static const bool has_instruction = __builtin_cpu_supports("sse4.2");
  return has_instruction ? FoldSse42(state, bytes) : FoldPortable(state, bytes);
}

#else

uint32_t Fold(uint32_t state, absl::string_view bytes) { return FoldPortable(state, bytes); }

#endif

}  // namespace

uint32_t ExtendCrc32c(uint32_t crc, absl::string_view bytes) { return ~Fold(~crc, bytes); }

uint32_t Crc32c(absl::string_view bytes) { return ExtendCrc32c(0, bytes); }

}  // namespace tintinh

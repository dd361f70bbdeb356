#include "common/digest/crc32c.h"

#include <array>
#include <cstddef>

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

uint32_t FoldEightBytes(uint32_t state, absl::string_view bytes) {
  uint32_t next = 0;
  for (size_t i = 0; i < kSlices; ++i) {
    const uint32_t mixed = ByteAt(bytes, i) ^ (i < 4 ? (state >> (8 * i)) & 0xFF : 0);
    next ^= kTables[kSlices - 1 - i][mixed];
  }
  return next;
}

}  // namespace

uint32_t ExtendCrc32c(uint32_t crc, absl::string_view bytes) {
  uint32_t state = ~crc;
  while (bytes.size() >= kSlices) {
    state = FoldEightBytes(state, bytes);
    bytes.remove_prefix(kSlices);
  }
  for (size_t i = 0; i < bytes.size(); ++i) state = (state >> 8) ^ kTables[0][(state ^ ByteAt(bytes, i)) & 0xFF];
  return ~state;
}

uint32_t Crc32c(absl::string_view bytes) { return ExtendCrc32c(0, bytes); }

}  // namespace tintinh

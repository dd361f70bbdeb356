#include "services/indexer/postings/patched_array.h"

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

#include "services/indexer/postings/bit_packing.h"
#include "services/indexer/postings/bytes.h"
#include "services/indexer/postings/kernels.h"

namespace tintinh::indexer {

// How an array is encoded.
struct PatchedShape {
  static constexpr uint8_t kPatched = PatchedArray::kPatched;
  static constexpr uint32_t IndexBits(size_t count) { return PatchedArray::IndexBits(count); }

  uint32_t bits = 0;
  uint32_t high_bits = 0;
  size_t exceptions = 0;

  size_t SizeOf(size_t count) const {
    if (exceptions == 0) return PatchedArray::kPlainHeader + PackedSize(count, bits);
    return PatchedArray::kPatchedHeader + PackedSize(count, bits) +
           PackedSize(exceptions, PatchedArray::IndexBits(count)) + PackedSize(exceptions, high_bits);
  }
};

namespace {

constexpr size_t kMaxExceptions = std::numeric_limits<uint16_t>::max();
// What patching one exception costs to read, in bytes that could be read instead.
constexpr size_t kReadingCost = 1;

PatchedShape BestShape(absl::Span<const uint32_t> values) {
  std::array<size_t, 33> of_width{};
  for (const uint32_t value : values) ++of_width[BitWidth(value)];
  uint32_t widest = 32;
  while (widest > 0 && of_width[widest] == 0) --widest;
  PatchedShape best{widest, 0, 0};
  size_t best_cost = best.SizeOf(values.size());
  size_t larger = 0;
  for (uint32_t bits = widest; bits-- > 0;) {
    larger += of_width[bits + 1];
    const PatchedShape shape{bits, widest - bits, larger};
    if (larger > kMaxExceptions) break;
    const size_t cost = shape.SizeOf(values.size()) + larger * kReadingCost;
    if (cost < best_cost) {
      best = shape;
      best_cost = cost;
    }
  }
  return best;
}

void AppendExceptions(absl::Span<const uint32_t> values, const PatchedShape& shape, std::string& out) {
  std::vector<uint32_t> indexes;
  std::vector<uint32_t> highs;
  for (uint32_t i = 0; i < values.size(); ++i) {
    if (BitWidth(values[i]) <= shape.bits) continue;
    indexes.push_back(i);
    highs.push_back(values[i] >> shape.bits);
  }
  AppendPacked(indexes, PatchedShape::IndexBits(values.size()), out);
  AppendPacked(highs, shape.high_bits, out);
}

}  // namespace

size_t PatchedSize(absl::Span<const uint32_t> values) { return BestShape(values).SizeOf(values.size()); }

void AppendPatched(absl::Span<const uint32_t> values, std::string& out) {
  const PatchedShape shape = BestShape(values);
  if (shape.exceptions == 0) {
    AppendFixed(static_cast<uint8_t>(shape.bits), out);
    AppendPacked(values, shape.bits, out);
    return;
  }
  AppendFixed(static_cast<uint8_t>(shape.bits | PatchedShape::kPatched), out);
  AppendFixed(static_cast<uint8_t>(shape.high_bits), out);
  AppendFixed(static_cast<uint16_t>(shape.exceptions), out);
  const uint32_t mask = (uint32_t{1} << shape.bits) - 1;
  std::vector<uint32_t> lows(values.begin(), values.end());
  for (uint32_t& low : lows) low &= mask;
  AppendPacked(lows, shape.bits, out);
  AppendExceptions(values, shape, out);
}

bool PatchedArray::Check(absl::string_view bytes, size_t count) {
  if (bytes.size() < kPlainHeader + kUnpackSlack) return false;
  const PatchedArray array(bytes.data(), count);
  if (array.bits_ + array.high_bits_ > 32) return false;
  if (array.exceptions_ > 0 && array.high_bits_ == 0) return false;
  const uint64_t packed_bits = uint64_t{array.bits_} * count;  // guards the pointers made of it
  if (packed_bits / 8 > bytes.size() || array.encoded_size() + kUnpackSlack > bytes.size()) return false;
  uint64_t next = 0;
  for (size_t i = 0; i < array.exceptions_; ++i) {
    const uint32_t index = array.ExceptionIndex(i);
    if (index < next || index >= count) return false;
    next = uint64_t{index} + 1;
  }
  return true;
}

size_t PatchedArray::FirstException(size_t index) const {
  size_t begin = 0;
  size_t end = exceptions_;
  while (begin < end) {
    const size_t middle = (begin + end) / 2;
    if (ExceptionIndex(middle) < index) {
      begin = middle + 1;
    } else {
      end = middle;
    }
  }
  return begin;
}

void PatchedArray::Decode(uint32_t* values) const {
  BestKernels().unpack(low_, bits_, count_, values);
  if (exceptions_ > 0) Patch(values);
}

void PatchedArray::Patch(uint32_t* values) const {
  constexpr size_t kBatch = 64;  // begins with whole bytes at any width
  std::array<uint32_t, kBatch> indexes;
  std::array<uint32_t, kBatch> highs;
  for (size_t begin = 0; begin < exceptions_; begin += kBatch) {
    const size_t count = std::min(exceptions_ - begin, kBatch);
    BestKernels().unpack(indexes_ + begin * index_bits_ / 8, index_bits_, count, indexes.data());
    BestKernels().unpack(highs_ + begin * high_bits_ / 8, high_bits_, count, highs.data());
    for (size_t i = 0; i < count; ++i) values[indexes[i]] |= highs[i] << bits_;
  }
}

uint32_t PatchedArray::Get(size_t index) const {
  const uint32_t low = UnpackOne(low_, bits_, index);
  if (exceptions_ == 0) return low;
  const size_t exception = FirstException(index);
  const bool is_exception = exception < exceptions_ && ExceptionIndex(exception) == index;
  return is_exception ? low | HighPart(exception) : low;
}

void PatchedArray::Decode(size_t index, size_t count, uint32_t* values) const {
  for (size_t i = 0; i < count; ++i) values[i] = UnpackOne(low_, bits_, index + i);
  if (exceptions_ == 0) return;
  for (size_t i = FirstException(index); i < exceptions_ && ExceptionIndex(i) < index + count; ++i) {
    values[ExceptionIndex(i) - index] |= HighPart(i);
  }
}

}  // namespace tintinh::indexer

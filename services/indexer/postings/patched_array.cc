#include "services/indexer/postings/patched_array.h"

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

#include "services/indexer/postings/bit_packing.h"
#include "services/indexer/postings/bytes.h"
#include "services/indexer/postings/kernels.h"

namespace tintinh::indexer {
namespace {

constexpr uint8_t kPatched = 0x80;
constexpr size_t kPlainHeader = 1;    // width
constexpr size_t kPatchedHeader = 4;  // width, width of high parts, number of exceptions (2 bytes)
constexpr size_t kMaxExceptions = std::numeric_limits<uint16_t>::max();
// What patching one exception costs to read, in bytes that could be read instead.
constexpr size_t kReadingCost = 1;

uint32_t IndexBits(size_t count) { return count < 2 ? 0 : BitWidth(static_cast<uint32_t>(count - 1)); }

struct Shape {
  uint32_t bits = 0;
  uint32_t high_bits = 0;
  size_t exceptions = 0;

  size_t SizeOf(size_t count) const {
    if (exceptions == 0) return kPlainHeader + PackedSize(count, bits);
    return kPatchedHeader + PackedSize(count, bits) + PackedSize(exceptions, IndexBits(count)) +
           PackedSize(exceptions, high_bits);
  }
};

Shape BestShape(absl::Span<const uint32_t> values) {
  std::array<size_t, 33> of_width{};
  for (const uint32_t value : values) ++of_width[BitWidth(value)];
  uint32_t widest = 32;
  while (widest > 0 && of_width[widest] == 0) --widest;
  Shape best{widest, 0, 0};
  size_t best_cost = best.SizeOf(values.size());
  size_t larger = 0;
  for (uint32_t bits = widest; bits-- > 0;) {
    larger += of_width[bits + 1];
    const Shape shape{bits, widest - bits, larger};
    if (larger > kMaxExceptions) break;
    const size_t cost = shape.SizeOf(values.size()) + larger * kReadingCost;
    if (cost < best_cost) {
      best = shape;
      best_cost = cost;
    }
  }
  return best;
}

void AppendExceptions(absl::Span<const uint32_t> values, const Shape& shape, std::string& out) {
  std::vector<uint32_t> indexes;
  std::vector<uint32_t> highs;
  for (uint32_t i = 0; i < values.size(); ++i) {
    if (BitWidth(values[i]) <= shape.bits) continue;
    indexes.push_back(i);
    highs.push_back(values[i] >> shape.bits);
  }
  AppendPacked(indexes, IndexBits(values.size()), out);
  AppendPacked(highs, shape.high_bits, out);
}

}  // namespace

size_t PatchedSize(absl::Span<const uint32_t> values) { return BestShape(values).SizeOf(values.size()); }

void AppendPatched(absl::Span<const uint32_t> values, std::string& out) {
  const Shape shape = BestShape(values);
  if (shape.exceptions == 0) {
    AppendFixed(static_cast<uint8_t>(shape.bits), out);
    AppendPacked(values, shape.bits, out);
    return;
  }
  AppendFixed(static_cast<uint8_t>(shape.bits | kPatched), out);
  AppendFixed(static_cast<uint8_t>(shape.high_bits), out);
  AppendFixed(static_cast<uint16_t>(shape.exceptions), out);
  const uint32_t mask = (uint32_t{1} << shape.bits) - 1;
  std::vector<uint32_t> lows(values.begin(), values.end());
  for (uint32_t& low : lows) low &= mask;
  AppendPacked(lows, shape.bits, out);
  AppendExceptions(values, shape, out);
}

PatchedArray::PatchedArray(const char* bytes, size_t count) : bytes_(bytes), count_(count) {
  const uint8_t head = LoadFixed<uint8_t>(bytes);
  bits_ = head & ~kPatched;
  const bool patched = (head & kPatched) != 0;
  if (patched) {
    high_bits_ = LoadFixed<uint8_t>(bytes + 1);
    exceptions_ = LoadFixed<uint16_t>(bytes + 2);
    index_bits_ = IndexBits(count);
  }
  low_ = bytes + (patched ? kPatchedHeader : kPlainHeader);
  indexes_ = low_ + PackedSize(count, bits_);
  highs_ = indexes_ + PackedSize(exceptions_, index_bits_);
  highs_size_ = PackedSize(exceptions_, high_bits_);
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

uint32_t PatchedArray::ExceptionIndex(size_t exception) const { return UnpackOne(indexes_, index_bits_, exception); }

uint32_t PatchedArray::HighPart(size_t exception) const { return UnpackOne(highs_, high_bits_, exception) << bits_; }

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
  for (size_t i = 0; i < exceptions_; ++i) values[ExceptionIndex(i)] |= HighPart(i);
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

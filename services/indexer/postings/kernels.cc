#include "services/indexer/postings/kernels.h"

#include "services/indexer/postings/bit_packing.h"
#if defined(__x86_64__)
#include <immintrin.h>

#include <array>
#endif

namespace tintinh::indexer {
namespace {

void UnpackPortable(const char* packed, uint32_t bits, size_t count, uint32_t* values) {
  const uint64_t mask = (uint64_t{1} << bits) - 1;
  size_t bit = 0;
  for (size_t i = 0; i < count; ++i, bit += bits) {
    values[i] = static_cast<uint32_t>((LoadFixed<uint64_t>(packed + bit / 8) >> (bit % 8)) & mask);
  }
}

void SumGapsPortable(uint32_t base, size_t count, uint32_t* values) {
  for (size_t i = 0; i < count; ++i) values[i] = base += values[i] + 1;
}

uint32_t CountBitsPortable(const char* bits, uint32_t count) {
  uint32_t found = 0;
  for (; count >= 64; count -= 64, bits += sizeof(uint64_t)) {
    found += static_cast<uint32_t>(__builtin_popcountll(LoadFixed<uint64_t>(bits)));
  }
  const uint64_t rest = LoadFixed<uint64_t>(bits) & ((uint64_t{1} << count) - 1);
  return found + static_cast<uint32_t>(__builtin_popcountll(rest));
}

void ScorePortable(const ScoringTable& table, const uint32_t* docs, const uint32_t* freqs, size_t count,
                   float* scores) {
  for (size_t i = 0; i < count; ++i) {
    const float freq = static_cast<float>(freqs[i]);
    scores[i] = table.weight * freq / (freq + table.penalties[table.norms[docs[i]]]);
  }
}

}  // namespace

const Kernels kPortableKernels = {UnpackPortable, SumGapsPortable, CountBitsPortable, ScorePortable};

#if defined(__x86_64__)

namespace {

// Beyond this a value and its shift do not fit in the four bytes that one lane gets.
constexpr uint32_t kMaxShuffledBits = 25;

// Eight values take `bits` bytes. Each half of a register holds the 16 bytes from where its four values begin; a
// shuffle gives every lane the four bytes of its value, a shift and a mask cut it out.
struct Layout {
  uint8_t high_offset;  // bytes to the begin of values 4 to 7
  alignas(32) std::array<uint8_t, 32> shuffle;
  alignas(32) std::array<uint32_t, 8> shift;
};

constexpr std::array<Layout, kMaxShuffledBits + 1> MakeLayouts() {
  std::array<Layout, kMaxShuffledBits + 1> layouts{};
  for (uint32_t bits = 0; bits <= kMaxShuffledBits; ++bits) {
    Layout& layout = layouts[bits];
    layout.high_offset = static_cast<uint8_t>(bits / 2);
    for (uint32_t lane = 0; lane < 8; ++lane) {
      const uint32_t first_bit = lane < 4 ? 0 : bits * 4 % 8;
      const uint32_t bit = first_bit + lane % 4 * bits;
      for (uint32_t byte = 0; byte < 4; ++byte) {
        layout.shuffle[lane * 4 + byte] = static_cast<uint8_t>(bit / 8 + byte);
      }
      layout.shift[lane] = bit % 8;
    }
  }
  return layouts;
}

constexpr std::array<Layout, kMaxShuffledBits + 1> kLayouts = MakeLayouts();

__attribute__((target("avx2"))) inline __m128i Load16(const char* bytes) {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
}

__attribute__((target("avx2"))) inline __m256i Load32(const void* bytes) {
  return _mm256_loadu_si256(static_cast<const __m256i*>(bytes));
}

__attribute__((target("avx2"))) inline void Store32(void* bytes, __m256i value) {
  _mm256_storeu_si256(static_cast<__m256i*>(bytes), value);
}

__attribute__((target("avx2"))) void UnpackAvx2(const char* packed, uint32_t bits, size_t count, uint32_t* values) {
  if (bits > kMaxShuffledBits) return UnpackPortable(packed, bits, count, values);
  const Layout& layout = kLayouts[bits];
  const __m256i shuffle = Load32(layout.shuffle.data());
  const __m256i shift = Load32(layout.shift.data());
  const __m256i mask = _mm256_set1_epi32(static_cast<int>((uint64_t{1} << bits) - 1));
  size_t i = 0;
  for (; i + 8 <= count; i += 8, packed += bits) {
    const __m256i bytes =
        _mm256_inserti128_si256(_mm256_castsi128_si256(Load16(packed)), Load16(packed + layout.high_offset), 1);
    const __m256i lanes = _mm256_srlv_epi32(_mm256_shuffle_epi8(bytes, shuffle), shift);
    Store32(values + i, _mm256_and_si256(lanes, mask));
  }
  // Of fewer than eight values less is packed than registers read: the slack behind them would not do.
  UnpackPortable(packed, bits, count - i, values + i);
}

__attribute__((target("avx2"))) void SumGapsAvx2(uint32_t base, size_t count, uint32_t* values) {
  const __m256i one = _mm256_set1_epi32(1);
  const __m256i last = _mm256_set1_epi32(7);
  __m256i before = _mm256_set1_epi32(static_cast<int>(base));
  for (size_t i = 0; i < count; i += 8) {
    __m256i sum = _mm256_add_epi32(Load32(values + i), one);
    sum = _mm256_add_epi32(sum, _mm256_slli_si256(sum, 4));
    sum = _mm256_add_epi32(sum, _mm256_slli_si256(sum, 8));
    // The sum of the lower half goes to the upper.
    const __m256i lower = _mm256_permute2x128_si256(sum, sum, 0x08);
    sum = _mm256_add_epi32(sum, _mm256_shuffle_epi32(lower, 0xFF));
    sum = _mm256_add_epi32(sum, before);
    Store32(values + i, sum);
    before = _mm256_permutevar8x32_epi32(sum, last);
  }
}

// The same words as CountBitsPortable; the attribute makes one instruction of each count.
__attribute__((target("avx2,popcnt"))) uint32_t CountBitsAvx2(const char* bits, uint32_t count) {
  uint32_t found = 0;
  for (; count >= 64; count -= 64, bits += sizeof(uint64_t)) {
    found += static_cast<uint32_t>(__builtin_popcountll(LoadFixed<uint64_t>(bits)));
  }
  const uint64_t rest = LoadFixed<uint64_t>(bits) & ((uint64_t{1} << count) - 1);
  return found + static_cast<uint32_t>(__builtin_popcountll(rest));
}

__attribute__((target("avx2"))) void ScoreAvx2(const ScoringTable& table, const uint32_t* docs, const uint32_t* freqs,
                                               size_t count, float* scores) {
  const __m256 weight = _mm256_set1_ps(table.weight);
  size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    alignas(32) std::array<float, 8> penalty;
    for (size_t lane = 0; lane < 8; ++lane) penalty[lane] = table.penalties[table.norms[docs[i + lane]]];
    const __m256 freq = _mm256_cvtepi32_ps(Load32(freqs + i));
    const __m256 sum = _mm256_add_ps(freq, _mm256_load_ps(penalty.data()));
    _mm256_storeu_ps(scores + i, _mm256_div_ps(_mm256_mul_ps(weight, freq), sum));
  }
  ScorePortable(table, docs + i, freqs + i, count - i, scores + i);
}

constexpr Kernels kAvx2Kernels = {UnpackAvx2, SumGapsAvx2, CountBitsAvx2, ScoreAvx2};

}  // namespace

const Kernels& BestKernels() {
  static const Kernels& best =
      __builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt") ? kAvx2Kernels : kPortableKernels;
  return best;
}

#else

const Kernels& BestKernels() { return kPortableKernels; }

#endif

}  // namespace tintinh::indexer

// Sixteen lanes where the processor has AVX-512 with byte permutations (VBMI); what is not here is done by eight.
#include <array>

#include "services/indexer/postings/bit_packing.h"
#include "services/indexer/postings/kernels.h"
#if defined(__x86_64__)
#ifndef __clang__
// GCC 12 takes the undefined operands in its own header for mistakes.
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#include <immintrin.h>

#define TINTINH_AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vbmi,avx2,popcnt")))

namespace tintinh::indexer {
namespace {

constexpr uint32_t kMaxPermutedBits = 25;  // beyond, a value and its shift do not fit in four bytes

// Sixteen values take 2 * `bits` bytes; every lane gets the four bytes in which its value begins.
struct WideLayout {
  alignas(64) std::array<uint8_t, 64> bytes;
  alignas(64) std::array<uint32_t, 16> shift;
};

constexpr std::array<WideLayout, kMaxPermutedBits + 1> MakeWideLayouts() {
  std::array<WideLayout, kMaxPermutedBits + 1> layouts{};
  for (uint32_t bits = 0; bits <= kMaxPermutedBits; ++bits) {
    for (uint32_t lane = 0; lane < 16; ++lane) {
      for (uint32_t byte = 0; byte < 4; ++byte) {
        layouts[bits].bytes[lane * 4 + byte] = static_cast<uint8_t>((lane * bits / 8 + byte) % 64);
      }
      layouts[bits].shift[lane] = lane * bits % 8;
    }
  }
  return layouts;
}

constexpr std::array<WideLayout, kMaxPermutedBits + 1> kWideLayouts = MakeWideLayouts();

TINTINH_AVX512 inline __mmask16 FirstLanes(size_t count) { return static_cast<__mmask16>((1u << count) - 1); }

TINTINH_AVX512 void Unpack(const char* packed, uint32_t bits, size_t count, uint32_t* values) {
  if (bits > kMaxPermutedBits) return kPortableKernels.unpack(packed, bits, count, values);
  const WideLayout& layout = kWideLayouts[bits];
  const __m512i bytes = _mm512_load_si512(layout.bytes.data());
  const __m512i shift = _mm512_load_si512(layout.shift.data());
  const __m512i mask = _mm512_set1_epi32(static_cast<int>((uint64_t{1} << bits) - 1));
  const __mmask64 of_sixteen = (uint64_t{1} << (2 * bits)) - 1;
  const auto next = [&](__mmask64 read) __attribute__((always_inline)) TINTINH_AVX512 {
    const __m512i loaded = _mm512_maskz_loadu_epi8(read, packed);
    return _mm512_and_si512(_mm512_srlv_epi32(_mm512_permutexvar_epi8(bytes, loaded), shift), mask);
  };
  for (; count >= 16; count -= 16, packed += 2 * bits, values += 16) {
    _mm512_storeu_si512(values, next(of_sixteen));
  }
  if (count == 0) return;
  _mm512_mask_storeu_epi32(values, FirstLanes(count), next((uint64_t{1} << PackedSize(count, bits)) - 1));
}

TINTINH_AVX512 void ListBits(const char* bits, uint32_t count, uint32_t origin, size_t size, uint32_t* values) {
  const uint32_t* const end = values + size;
  const __m512i lanes = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  for (uint32_t begin = 0; begin < count; begin += 16, bits += 2) {
    uint32_t set = LoadFixed<uint16_t>(bits);
    if (count - begin < 16) set &= (1u << (count - begin)) - 1;
    const auto found = static_cast<uint32_t>(__builtin_popcount(set));
    const __m512i all = _mm512_add_epi32(_mm512_set1_epi32(static_cast<int>(origin + begin)), lanes);
    const __m512i numbers = _mm512_maskz_compress_epi32(static_cast<__mmask16>(set), all);
    if (end - values >= 16) {
      _mm512_storeu_si512(values, numbers);
    } else {
      _mm512_mask_storeu_epi32(values, FirstLanes(found), numbers);
    }
    values += found;
  }
}

TINTINH_AVX512 inline __m512 Score16(const ScoringTable& table, __m512i docs, __m512i freqs) {
  // Four norms are gathered at a time, and the one wanted is shifted down.
  const __m512i four = _mm512_i32gather_epi32(_mm512_srli_epi32(docs, 2), table.norms, 4);
  const __m512i shift = _mm512_slli_epi32(_mm512_and_si512(docs, _mm512_set1_epi32(3)), 3);
  const __m512i norms = _mm512_and_si512(_mm512_srlv_epi32(four, shift), _mm512_set1_epi32(0xff));
  const __m512 freq = _mm512_cvtepi32_ps(freqs);
  const __m512 sum = _mm512_add_ps(freq, _mm512_i32gather_ps(norms, table.penalties, 4));
  return _mm512_div_ps(_mm512_mul_ps(_mm512_set1_ps(table.weight), freq), sum);
}

TINTINH_AVX512 void Score(const ScoringTable& table, const uint32_t* docs, const uint32_t* freqs, size_t count,
                          float* scores) {
  for (size_t i = 0; i < count; i += 16) {
    const __mmask16 lanes = count - i >= 16 ? 0xffff : FirstLanes(count - i);  // the other lanes are of document 0
    const __m512i some = _mm512_maskz_loadu_epi32(lanes, docs + i);
    _mm512_mask_storeu_ps(scores + i, lanes, Score16(table, some, _mm512_maskz_loadu_epi32(lanes, freqs + i)));
  }
}

TINTINH_AVX512 inline size_t KeepEight(__m256i docs, __m256 score, __m512d least, uint32_t lanes, uint32_t* kept_docs,
                                       double* kept_scores) {
  const __m512d wide = _mm512_cvtps_pd(score);
  const auto mask = static_cast<__mmask8>(_mm512_cmp_pd_mask(wide, least, _CMP_GE_OQ) & lanes);
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(kept_docs), _mm256_maskz_compress_epi32(mask, docs));
  _mm512_storeu_pd(kept_scores, _mm512_maskz_compress_pd(mask, wide));
  return static_cast<size_t>(__builtin_popcount(mask));
}

TINTINH_AVX512 size_t ScoreFrom(const ScoringTable& table, const uint32_t* docs, const uint32_t* freqs, size_t count,
                                double least, uint32_t* kept_docs, double* kept_scores) {
  const __m512d floor = _mm512_set1_pd(least);
  size_t kept = 0;
  for (size_t i = 0; i < count; i += 16) {
    const uint32_t lanes = count - i >= 16 ? 0xffff : FirstLanes(count - i);
    const __m512i some = _mm512_maskz_loadu_epi32(static_cast<__mmask16>(lanes), docs + i);
    const __m512 score = Score16(table, some, _mm512_maskz_loadu_epi32(static_cast<__mmask16>(lanes), freqs + i));
    kept += KeepEight(_mm512_castsi512_si256(some), _mm512_castps512_ps256(score), floor, lanes & 0xff,
                      kept_docs + kept, kept_scores + kept);
    kept += KeepEight(_mm512_extracti64x4_epi64(some, 1), _mm512_extractf32x8_ps(score, 1), floor, lanes >> 8,
                      kept_docs + kept, kept_scores + kept);
  }
  return kept;
}

TINTINH_AVX512 uint64_t AtLeast(const double* sums, double least) {
  const __m512d floor = _mm512_set1_pd(least);
  uint64_t bits = 0;
  for (uint32_t i = 0; i < 64; i += 8) {
    bits |= static_cast<uint64_t>(_mm512_cmp_pd_mask(_mm512_loadu_pd(sums + i), floor, _CMP_GE_OQ)) << i;
  }
  return bits;
}

}  // namespace

Kernels WidenByAvx512(Kernels kernels) {
  kernels.unpack = Unpack;
  kernels.list_bits = ListBits;
  kernels.score = Score;
  kernels.score_from = ScoreFrom;
  kernels.at_least = AtLeast;
  return kernels;
}

}  // namespace tintinh::indexer

#endif

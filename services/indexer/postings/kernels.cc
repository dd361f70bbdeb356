#include "services/indexer/postings/kernels.h"

#include <array>

#include "services/indexer/postings/bit_packing.h"
#if defined(__x86_64__)
#include <immintrin.h>
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

size_t ScoreFromPortable(const ScoringTable& table, const uint32_t* docs, const uint32_t* freqs, size_t count,
                         double least, uint32_t* kept_docs, double* kept_scores) {
  size_t kept = 0;
  for (size_t i = 0; i < count; ++i) {
    const float freq = static_cast<float>(freqs[i]);
    const double score = table.weight * freq / (freq + table.penalties[table.norms[docs[i]]]);
    kept_docs[kept] = docs[i];
    kept_scores[kept] = score;
    kept += score >= least ? 1 : 0;
  }
  return kept;
}

void ListBitsPortable(const char* bits, uint32_t count, uint32_t origin, size_t, uint32_t* values) {
  for (uint32_t begin = 0; begin < count; begin += 64) {
    uint64_t word = LoadFixed<uint64_t>(bits + begin / 8);
    if (count - begin < 64) word &= (uint64_t{1} << (count - begin)) - 1;
    for (; word != 0; word &= word - 1) *values++ = origin + begin + static_cast<uint32_t>(__builtin_ctzll(word));
  }
}

constexpr size_t kMostWords = kMostFoundBits / 64;

// Always inlined, so that the instruction for counting bits is used where the caller may.
__attribute__((always_inline)) inline size_t FindBits(const char* bits, uint32_t origin, const uint32_t* values,
                                                      size_t count, uint32_t* places, uint32_t* ranks) {
  size_t found = 0;
  for (size_t i = 0; i < count; ++i) {
    const uint32_t bit = values[i] - origin;
    places[found] = static_cast<uint32_t>(i);
    ranks[found] = bit;
    found += static_cast<uint8_t>(bits[bit / 8]) >> (bit % 8) & 1u;
  }
  // Counting up to each would be a loop of another length each time.
  const uint32_t last = found == 0 ? 0 : ranks[found - 1] / 64;
  std::array<uint32_t, kMostWords> before;
  uint32_t sum = 0;
  for (uint32_t word = 0; word <= last; ++word) {
    before[word] = sum;
    sum += static_cast<uint32_t>(__builtin_popcountll(LoadFixed<uint64_t>(bits + word * sizeof(uint64_t))));
  }
  for (size_t i = 0; i < found; ++i) {
    const uint32_t word = ranks[i] / 64;
    const uint64_t lower = (uint64_t{1} << (ranks[i] % 64)) - 1;
    const uint64_t bits_before = LoadFixed<uint64_t>(bits + word * sizeof(uint64_t)) & lower;
    ranks[i] = before[word] + static_cast<uint32_t>(__builtin_popcountll(bits_before));
  }
  return found;
}

size_t FindBitsPortable(const char* bits, uint32_t origin, const uint32_t* values, size_t count, uint32_t* places,
                        uint32_t* ranks) {
  return FindBits(bits, origin, values, count, places, ranks);
}

void AddOnePortable(size_t count, uint32_t* values) {
  for (size_t i = 0; i < count; ++i) ++values[i];
}

size_t FindDocsPortable(const uint32_t* docs, const uint32_t* values, size_t count, uint32_t* places, uint32_t* ranks) {
  size_t found = 0;
  uint32_t rank = 0;
  for (size_t i = 0; i < count; ++i) {
    while (docs[rank] < values[i]) ++rank;
    places[found] = static_cast<uint32_t>(i);
    ranks[found] = rank;
    found += docs[rank] == values[i] ? 1 : 0;
  }
  return found;
}

size_t KeepFromPortable(double least, size_t count, uint32_t* docs, double* scores) {
  size_t kept = 0;
  for (size_t i = 0; i < count; ++i) {
    docs[kept] = docs[i];
    scores[kept] = scores[i];
    kept += scores[i] >= least ? 1 : 0;
  }
  return kept;
}

uint64_t AtLeastPortable(const double* sums, double least) {
  uint64_t bits = 0;
  for (size_t i = 0; i < 64; ++i) bits |= static_cast<uint64_t>(sums[i] >= least ? 1 : 0) << i;
  return bits;
}

}  // namespace

const Kernels kPortableKernels = {.unpack = UnpackPortable,
                                  .sum_gaps = SumGapsPortable,
                                  .add_one = AddOnePortable,
                                  .count_bits = CountBitsPortable,
                                  .score = ScorePortable,
                                  .score_from = ScoreFromPortable,
                                  .list_bits = ListBitsPortable,
                                  .find_bits = FindBitsPortable,
                                  .find_docs = FindDocsPortable,
                                  .keep_from = KeepFromPortable,
                                  .at_least = AtLeastPortable};

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

__attribute__((target("avx2"))) inline __m256 Score8(const ScoringTable& table, __m256i docs, __m256i freqs) {
  // Four norms are gathered at a time, and the one wanted is shifted down.
  const __m256i four = _mm256_i32gather_epi32(reinterpret_cast<const int*>(table.norms), _mm256_srli_epi32(docs, 2), 4);
  const __m256i shift = _mm256_slli_epi32(_mm256_and_si256(docs, _mm256_set1_epi32(3)), 3);
  const __m256i norms = _mm256_and_si256(_mm256_srlv_epi32(four, shift), _mm256_set1_epi32(0xff));
  const __m256 freq = _mm256_cvtepi32_ps(freqs);
  const __m256 sum = _mm256_add_ps(freq, _mm256_i32gather_ps(table.penalties, norms, 4));
  return _mm256_div_ps(_mm256_mul_ps(_mm256_set1_ps(table.weight), freq), sum);
}

// The first `count` of eight lanes.
__attribute__((target("avx2"))) inline __m256i FirstLanes(size_t count) {
  return _mm256_cmpgt_epi32(_mm256_set1_epi32(static_cast<int>(count)), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}

__attribute__((target("avx2"))) inline __m256i LoadLanes(const uint32_t* values, __m256i lanes) {
  return _mm256_maskload_epi32(reinterpret_cast<const int*>(values), lanes);
}

__attribute__((target("avx2"))) void ScoreAvx2(const ScoringTable& table, const uint32_t* docs, const uint32_t* freqs,
                                               size_t count, float* scores) {
  size_t i = 0;
  for (; i + 8 <= count; i += 8) _mm256_storeu_ps(scores + i, Score8(table, Load32(docs + i), Load32(freqs + i)));
  if (i == count) return;
  const __m256i rest = FirstLanes(count - i);  // the other lanes are of document 0
  _mm256_maskstore_ps(scores + i, rest, Score8(table, LoadLanes(docs + i, rest), LoadLanes(freqs + i, rest)));
}

// For each mask of eight lanes, the numbers of those that are set, in front.
constexpr std::array<std::array<uint8_t, 8>, 256> MakeCompressions() {
  std::array<std::array<uint8_t, 8>, 256> lanes{};
  for (size_t mask = 0; mask < lanes.size(); ++mask) {
    size_t next = 0;
    for (uint8_t lane = 0; lane < 8; ++lane) {
      if ((mask >> lane & 1) != 0) lanes[mask][next++] = lane;
    }
  }
  return lanes;
}

alignas(64) constexpr std::array<std::array<uint8_t, 8>, 256> kCompressions = MakeCompressions();

__attribute__((target("avx2"))) inline __m256i Lanes(const std::array<uint8_t, 8>& numbers) {
  return _mm256_cvtepu8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(numbers.data())));
}

// Byte by byte: whatever is set, eight numbers are stored, so that nothing depends on a guess.
__attribute__((target("avx2,popcnt"))) void ListBitsAvx2(const char* bits, uint32_t count, uint32_t origin, size_t size,
                                                         uint32_t* values) {
  const uint32_t* const end = values + size;
  for (uint32_t begin = 0; begin < count; begin += 8, ++bits) {
    uint32_t byte = static_cast<uint8_t>(*bits);
    if (count - begin < 8) byte &= (1u << (count - begin)) - 1;
    const auto found = static_cast<size_t>(__builtin_popcount(byte));
    const __m256i numbers =
        _mm256_add_epi32(_mm256_set1_epi32(static_cast<int>(origin + begin)), Lanes(kCompressions[byte]));
    if (end - values >= 8) {
      Store32(values, numbers);
    } else {
      _mm256_maskstore_epi32(reinterpret_cast<int*>(values), FirstLanes(found), numbers);
    }
    values += found;
  }
}

// Stores those of eight documents that score enough, and as many others behind them as room is asked for.
__attribute__((target("avx2,popcnt"))) inline size_t KeepScores(__m256i docs, __m256 score, __m256d least,
                                                                uint32_t lanes, uint32_t* kept_docs,
                                                                double* kept_scores) {
  const __m256d low = _mm256_cvtps_pd(_mm256_castps256_ps128(score));
  const __m256d high = _mm256_cvtps_pd(_mm256_extractf128_ps(score, 1));
  const auto enough = static_cast<uint32_t>(_mm256_movemask_pd(_mm256_cmp_pd(low, least, _CMP_GE_OQ)) |
                                            _mm256_movemask_pd(_mm256_cmp_pd(high, least, _CMP_GE_OQ)) << 4);
  const uint32_t mask = enough & lanes;
  const __m256i order = Lanes(kCompressions[mask]);
  Store32(kept_docs, _mm256_permutevar8x32_epi32(docs, order));
  const __m256 scores = _mm256_permutevar8x32_ps(score, order);
  _mm256_storeu_pd(kept_scores, _mm256_cvtps_pd(_mm256_castps256_ps128(scores)));
  _mm256_storeu_pd(kept_scores + 4, _mm256_cvtps_pd(_mm256_extractf128_ps(scores, 1)));
  return static_cast<size_t>(__builtin_popcount(mask));
}

__attribute__((target("avx2,popcnt"))) size_t ScoreFromAvx2(const ScoringTable& table, const uint32_t* docs,
                                                            const uint32_t* freqs, size_t count, double least,
                                                            uint32_t* kept_docs, double* kept_scores) {
  const __m256d floor = _mm256_set1_pd(least);
  size_t kept = 0;
  size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    const __m256i eight = Load32(docs + i);
    const __m256 score = Score8(table, eight, Load32(freqs + i));
    kept += KeepScores(eight, score, floor, 0xff, kept_docs + kept, kept_scores + kept);
  }
  if (i == count) return kept;
  const __m256i rest = FirstLanes(count - i);
  const __m256i some = LoadLanes(docs + i, rest);
  const __m256 score = Score8(table, some, LoadLanes(freqs + i, rest));
  const uint32_t lanes = (1u << (count - i)) - 1;
  return kept + KeepScores(some, score, floor, lanes, kept_docs + kept, kept_scores + kept);
}

__attribute__((target("avx2,popcnt"))) size_t FindBitsAvx2(const char* bits, uint32_t origin, const uint32_t* values,
                                                           size_t count, uint32_t* places, uint32_t* ranks) {
  return FindBits(bits, origin, values, count, places, ranks);
}

__attribute__((target("avx2"))) void AddOneAvx2(size_t count, uint32_t* values) {
  const __m256i one = _mm256_set1_epi32(1);
  size_t i = 0;
  for (; i + 8 <= count; i += 8) Store32(values + i, _mm256_add_epi32(Load32(values + i), one));
  AddOnePortable(count - i, values + i);
}

// How many of eight are less than what all lanes of `value` are. Signed comparison: documents are below 2^31 here.
__attribute__((target("avx2,popcnt"))) inline uint32_t CountLess(const uint32_t* eight, __m256i value) {
  const __m256i less = _mm256_cmpgt_epi32(value, _mm256_load_si256(reinterpret_cast<const __m256i*>(eight)));
  return static_cast<uint32_t>(
      __builtin_popcount(static_cast<unsigned>(_mm256_movemask_ps(_mm256_castsi256_ps(less)))));
}

// Of every eight documents the last is compared first, then the eight of the first group that does not end before.
__attribute__((target("avx2,popcnt"))) size_t FindDocsAvx2(const uint32_t* docs, const uint32_t* values, size_t count,
                                                           uint32_t* places, uint32_t* ranks) {
  constexpr uint32_t kGroup = 8;
  constexpr uint32_t kGroups = 16;
  if (docs[kGroup * kGroups - 1] > 0x7fffffffu) {
    return FindDocsPortable(docs, values, count, places, ranks);
  }
  alignas(32) std::array<uint32_t, kGroups> lasts;
  for (uint32_t group = 0; group < kGroups; ++group) lasts[group] = docs[group * kGroup + kGroup - 1];
  size_t found = 0;
  for (size_t i = 0; i < count; ++i) {
    const __m256i value = _mm256_set1_epi32(static_cast<int>(values[i]));
    const uint32_t group = CountLess(lasts.data(), value) + CountLess(lasts.data() + 8, value);
    const __m256i less = _mm256_cmpgt_epi32(value, Load32(docs + group * kGroup));
    const uint32_t rank =
        group * kGroup +
        static_cast<uint32_t>(__builtin_popcount(static_cast<unsigned>(_mm256_movemask_ps(_mm256_castsi256_ps(less)))));
    places[found] = static_cast<uint32_t>(i);
    ranks[found] = rank;
    found += docs[rank] == values[i] ? 1 : 0;
  }
  return found;
}

// For each mask of four lanes of 64 bits, the numbers of those that are set, in front, as pairs of 32 bits.
constexpr std::array<std::array<uint8_t, 8>, 16> MakeWideCompressions() {
  std::array<std::array<uint8_t, 8>, 16> lanes{};
  for (size_t mask = 0; mask < lanes.size(); ++mask) {
    size_t next = 0;
    for (uint8_t lane = 0; lane < 4; ++lane) {
      if ((mask >> lane & 1) == 0) continue;
      lanes[mask][next++] = static_cast<uint8_t>(2 * lane);
      lanes[mask][next++] = static_cast<uint8_t>(2 * lane + 1);
    }
  }
  return lanes;
}

constexpr std::array<std::array<uint8_t, 8>, 16> kWideCompressions = MakeWideCompressions();

__attribute__((target("avx2,popcnt"))) size_t KeepFromAvx2(double least, size_t count, uint32_t* docs, double* scores) {
  const __m256d floor = _mm256_set1_pd(least);
  size_t kept = 0;
  size_t i = 0;
  // What is written past the kept ones was read before.
  for (; i + 4 <= count; i += 4) {
    const __m256d four = _mm256_loadu_pd(scores + i);
    const auto mask = static_cast<uint32_t>(_mm256_movemask_pd(_mm256_cmp_pd(four, floor, _CMP_GE_OQ)));
    const __m128i four_docs = Load16(reinterpret_cast<const char*>(docs + i));
    const __m256i wide = Lanes(kWideCompressions[mask]);
    _mm256_storeu_pd(scores + kept, _mm256_castsi256_pd(_mm256_permutevar8x32_epi32(_mm256_castpd_si256(four), wide)));
    const __m256i order = Lanes(kCompressions[mask]);
    const __m256i kept_docs = _mm256_permutevar8x32_epi32(_mm256_castsi128_si256(four_docs), order);
    _mm_storeu_si128(reinterpret_cast<__m128i*>(docs + kept), _mm256_castsi256_si128(kept_docs));
    kept += static_cast<size_t>(__builtin_popcount(mask));
  }
  for (; i < count; ++i) {
    docs[kept] = docs[i];
    scores[kept] = scores[i];
    kept += scores[i] >= least ? 1 : 0;
  }
  return kept;
}

__attribute__((target("avx2"))) uint64_t AtLeastAvx2(const double* sums, double least) {
  const __m256d floor = _mm256_set1_pd(least);
  uint64_t bits = 0;
  for (uint32_t i = 0; i < 64; i += 4) {
    const __m256d at_least = _mm256_cmp_pd(_mm256_loadu_pd(sums + i), floor, _CMP_GE_OQ);
    bits |= static_cast<uint64_t>(_mm256_movemask_pd(at_least)) << i;
  }
  return bits;
}

constexpr Kernels kAvx2Kernels = {.unpack = UnpackAvx2,
                                  .sum_gaps = SumGapsAvx2,
                                  .add_one = AddOneAvx2,
                                  .count_bits = CountBitsAvx2,
                                  .score = ScoreAvx2,
                                  .score_from = ScoreFromAvx2,
                                  .list_bits = ListBitsAvx2,
                                  .find_bits = FindBitsAvx2,
                                  .find_docs = FindDocsAvx2,
                                  .keep_from = KeepFromAvx2,
                                  .at_least = AtLeastAvx2};

}  // namespace

std::vector<const Kernels*> RunnableKernels() {
  static const Kernels kAvx512Kernels = WidenByAvx512(kAvx2Kernels);
  std::vector<const Kernels*> runnable = {&kPortableKernels};
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("popcnt")) return runnable;
  runnable.push_back(&kAvx2Kernels);
  const bool wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                    __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
                    __builtin_cpu_supports("avx512vbmi");
  if (wide) runnable.push_back(&kAvx512Kernels);
  return runnable;
}

#else

std::vector<const Kernels*> RunnableKernels() { return {&kPortableKernels}; }

#endif

const Kernels& BestKernels() {
  static const Kernels& best = *RunnableKernels().back();
  return best;
}

}  // namespace tintinh::indexer

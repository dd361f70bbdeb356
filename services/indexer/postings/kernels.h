// The inner loops of reading postings: in portable C++, for processors with AVX2, and for those with AVX-512; which is
// used is decided when the process runs. All give the same bits: float operations are the same, in the same order.
#ifndef TINTINH_SERVICES_INDEXER_POSTINGS_KERNELS_H_
#define TINTINH_SERVICES_INDEXER_POSTINGS_KERNELS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tintinh::indexer {

// What a batch of postings is scored with, see search/bm25.h.
struct ScoringTable {
  const uint8_t* norms = nullptr;    // by document; three bytes behind the last may be read
  const float* penalties = nullptr;  // by norm
  float weight = 0;
};

struct Kernels {
  // values[i] := the i-th value packed at `bits` each (bit_packing.h). REQUIRES: bits <= 32; kUnpackSlack bytes behind
  // the packed ones are readable.
  void (*unpack)(const char* packed, uint32_t bits, size_t count, uint32_t* values);

  // Gaps to documents: values[i] := base + (values[0] + 1) + … + (values[i] + 1), modulo 2^32. REQUIRES: `values` has
  // room for `count` rounded up to 8.
  void (*sum_gaps)(uint32_t base, size_t count, uint32_t* values);

  // values[i] := values[i] + 1.
  void (*add_one)(size_t count, uint32_t* values);

  // How many of the first `count` bits are set. REQUIRES: kUnpackSlack bytes behind them are readable.
  uint32_t (*count_bits)(const char* bits, uint32_t count);

  // scores[i] := weight * freqs[i] / (freqs[i] + penalties[norms[docs[i]]]).
  void (*score)(const ScoringTable& table, const uint32_t* docs, const uint32_t* freqs, size_t count, float* scores);

  // The same, keeping only what scores at least `least`, in order. Returns how many. REQUIRES: `kept_docs` and
  // `kept_scores` have room for `count` and kScoreSlack more.
  size_t (*score_from)(const ScoringTable& table, const uint32_t* docs, const uint32_t* freqs, size_t count,
                       double least, uint32_t* kept_docs, double* kept_scores);

  // The set bits, in order: values[i] := origin + index of the i-th. REQUIRES: `size` of the first `count` bits are
  // set; `values` has room for them; kUnpackSlack bytes behind the bits are readable.
  void (*list_bits)(const char* bits, uint32_t count, uint32_t origin, size_t size, uint32_t* values);

  // Which of the ascending `values` have their bit set: places[i] is the index of the i-th that has, ranks[i] how many
  // bits are set before it. Returns how many have. REQUIRES: room for `count` and one more; every value is below
  // origin + kMostFoundBits; kUnpackSlack bytes behind the bits are readable.
  size_t (*find_bits)(const char* bits, uint32_t origin, const uint32_t* values, size_t count, uint32_t* places,
                      uint32_t* ranks);

  // The same of 128 ascending documents: places[i] is the index in `values` of the i-th that is one of them, ranks[i]
  // its index in `docs`. REQUIRES: every value <= docs[127]; room for `count` and one more.
  size_t (*find_docs)(const uint32_t* docs, const uint32_t* values, size_t count, uint32_t* places, uint32_t* ranks);

  // Moves those to the front, in order, that score at least `least`. Returns how many.
  size_t (*keep_from)(double least, size_t count, uint32_t* docs, double* scores);

  // Of 64 sums those that are at least `least`, as bits.
  uint64_t (*at_least)(const double* sums, double least);
};

inline constexpr size_t kScoreSlack = 8;
inline constexpr uint32_t kMostFoundBits = 1 << 13;

extern const Kernels kPortableKernels;

// Those given, with what AVX-512 makes faster in their place. REQUIRES: x86-64.
Kernels WidenByAvx512(Kernels kernels);

// What this processor can run, the fastest last.
std::vector<const Kernels*> RunnableKernels();
const Kernels& BestKernels();

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_POSTINGS_KERNELS_H_

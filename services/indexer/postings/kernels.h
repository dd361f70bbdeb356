// The inner loops of reading postings, once in portable C++ and once for processors with AVX2; which is used is decided
// when the process runs. Both give the same bits: float operations are the same, in the same order.
#ifndef TINTINH_SERVICES_INDEXER_POSTINGS_KERNELS_H_
#define TINTINH_SERVICES_INDEXER_POSTINGS_KERNELS_H_

#include <cstddef>
#include <cstdint>

namespace tintinh::indexer {

// What a batch of postings is scored with, see search/bm25.h.
struct ScoringTable {
  const uint8_t* norms = nullptr;    // by document
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

  // How many of the first `count` bits are set. REQUIRES: kUnpackSlack bytes behind them are readable.
  uint32_t (*count_bits)(const char* bits, uint32_t count);

  // scores[i] := weight * freqs[i] / (freqs[i] + penalties[norms[docs[i]]]).
  void (*score)(const ScoringTable& table, const uint32_t* docs, const uint32_t* freqs, size_t count, float* scores);
};

extern const Kernels kPortableKernels;

// The fastest this processor can run.
const Kernels& BestKernels();

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_POSTINGS_KERNELS_H_

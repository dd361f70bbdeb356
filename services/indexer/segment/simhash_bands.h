// Near simhashes without looking at all of them: of two that differ in at most three bits, one of four bands of 16 bits
// is equal at least; in at most seven, one differs in a single bit at most. Each band has buckets of ordinals; about 18
// bytes a document.
#ifndef TINTINH_SERVICES_INDEXER_SEGMENT_SIMHASH_BANDS_H_
#define TINTINH_SERVICES_INDEXER_SEGMENT_SIMHASH_BANDS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/types/span.h"
#include "services/indexer/segment/column_arrays.h"

namespace tintinh::indexer {

// `distance` is the number of bits in which the simhashes differ.
using NearVisitor = absl::FunctionRef<void(uint32_t ordinal, uint32_t distance)>;

// Immutable; thread-safe. A simhash of 0 is near no other.
class SimhashBands {
 public:
  static constexpr uint32_t kMaxDistance = 7;

  // `simhashes`, by ordinal, must outlive this.
  explicit SimhashBands(absl::Span<const uint64_t> simhashes);

  size_t bytes() const;

  // Visits each once, in no particular order. REQUIRES: simhash != 0, max_distance <= kMaxDistance
  void ForEachNear(uint64_t simhash, uint32_t max_distance, NearVisitor visit) const;

 private:
  static constexpr size_t kBands = 4;
  static constexpr uint32_t kBandBits = 64 / kBands;

  struct Band {
    std::vector<uint32_t> starts;  // of the buckets, and the end of the last
    std::vector<uint32_t> ordinals;
  };
  uint32_t BucketOf(uint64_t simhash, size_t band) const {
    return static_cast<uint32_t>(simhash >> (kBandBits * (kBands - 1 - band)) & ((1u << kBandBits) - 1)) >>
           (kBandBits - bucket_bits_);
  }
  void Fill(size_t band);
  void VisitBucket(size_t band, uint32_t bucket, uint64_t simhash, uint32_t max_distance, NearVisitor visit) const;

  const absl::Span<const uint64_t> simhashes_;
  const uint32_t bucket_bits_;
  std::array<Band, kBands> bands_;
};

// Visits each of the first `documents` at most `max_distance` away, by the bands where there are some and they suffice.
// REQUIRES: simhash != 0
void ForEachNear(const ColumnArrays& columns, uint32_t documents, uint64_t simhash, uint32_t max_distance,
                 NearVisitor visit);

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEGMENT_SIMHASH_BANDS_H_

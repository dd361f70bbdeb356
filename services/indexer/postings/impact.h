// What a posting can add to a score, apart from its term's weight: freq / (freq + penalty of the field's length), the
// saturated frequency of BM25 (Robertson and Zaragoza, 2009) with k1 = 1.2 and b = 0.75.
//
// Lists keep the greatest impact of each block as a 16-bit number, rounded up and taken at the average length that the
// segment had when it was written. At another average it is still a bound once multiplied by ImpactGrowth(): with
// K = k1 (1 - b + b length / average), (f + K) / (f + K') <= max(1, K / K') <= max(1, average' / average).
#ifndef TINTINH_SERVICES_INDEXER_POSTINGS_IMPACT_H_
#define TINTINH_SERVICES_INDEXER_POSTINGS_IMPACT_H_

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "services/indexer/postings/norm.h"

namespace tintinh::indexer {

inline constexpr double kBm25K1 = 1.2;
inline constexpr double kBm25B = 0.75;

// By norm.
using LengthPenalties = std::array<float, 256>;

// REQUIRES: average_length > 0.
inline LengthPenalties LengthPenaltiesAt(double average_length) {
  const double per_token = kBm25K1 * kBm25B / average_length;
  LengthPenalties penalties;
  for (size_t norm = 0; norm < penalties.size(); ++norm) {
    const double length = LengthOfNorm(static_cast<uint8_t>(norm));
    penalties[norm] = static_cast<float>(kBm25K1 * (1 - kBm25B) + per_token * length);
  }
  return penalties;
}

inline float ImpactOf(uint32_t freq, float penalty) {
  const float f = static_cast<float>(freq);
  return f / (f + penalty);
}

inline constexpr uint16_t kMaxImpact = 65'535;

inline uint16_t RoundedUpImpact(float impact) {
  return static_cast<uint16_t>(std::min<float>(std::ceil(impact * kMaxImpact), kMaxImpact));
}

// What a stored impact must be multiplied with to bound scores, slack for the rounding of floats included.
inline double ImpactGrowth(double average_when_written, double average_now) {
  return std::max(1.0, average_now / average_when_written) * (1 + 1e-5) / kMaxImpact;
}

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_POSTINGS_IMPACT_H_

// What a posting can add to a score, apart from its term's weight: freq / (freq + penalty of the field's length), the
// saturated frequency of BM25 (Robertson and Zaragoza, 2009) with k1 = 1.2 and b = 0.75.
//
// Lists keep the greatest impact of each block as a 16-bit number, rounded up and taken at the average length that the
// segment had when it was written. Where the average has grown r-fold since, penalties have shrunk to no less than 1/r,
// so that an impact of I has become at most r I / (r I + 1 - I); where it has shrunk, impacts have too.
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

inline constexpr std::array<double, 256> kLengthsOfNorms = [] {
  std::array<double, 256> lengths{};
  for (size_t norm = 0; norm < lengths.size(); ++norm) lengths[norm] = LengthOfNorm(static_cast<uint8_t>(norm));
  return lengths;
}();

// REQUIRES: average_length > 0.
inline LengthPenalties LengthPenaltiesAt(double average_length) {
  const double per_token = kBm25K1 * kBm25B / average_length;
  LengthPenalties penalties;
  for (size_t norm = 0; norm < penalties.size(); ++norm) {
    penalties[norm] = static_cast<float>(kBm25K1 * (1 - kBm25B) + per_token * kLengthsOfNorms[norm]);
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

// Bounds today's impacts by stored ones.
class ImpactBound {
 public:
  ImpactBound(double average_when_written, double average_now)
      : growth_(std::max(1.0, average_now / average_when_written)) {}

  // Slack for the rounding of floats included.
  double Of(uint32_t stored) const {
    const double impact = static_cast<double>(stored) / kMaxImpact;
    const double grown = growth_ * impact;
    return grown / (grown + 1 - impact) * (1 + 1e-6);
  }

 private:
  double growth_;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_POSTINGS_IMPACT_H_

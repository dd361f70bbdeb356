#include "tests/bench/capacity/workload.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace tintinh::capacity {

double Draw(const ServiceTime& time, Random& random) {
  if (!time.measured.empty()) {
    const size_t last = time.measured.size() - 1;
    return time.measured[std::uniform_int_distribution<size_t>(0, last)(random)];
  }
  if (time.variation <= 0 || time.mean <= 0) return time.mean;
  const double variance = std::log(1 + time.variation * time.variation);
  return std::lognormal_distribution<double>(std::log(time.mean) - variance / 2, std::sqrt(variance))(random);
}

double DrawGap(double per_second, Random& random) { return std::exponential_distribution<double>(per_second)(random); }

double Quantile(std::vector<double>& values, double share) {
  const size_t rank = std::min(values.size() - 1, static_cast<size_t>(share * static_cast<double>(values.size())));
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(rank), values.end());
  return values[rank];
}

}  // namespace tintinh::capacity

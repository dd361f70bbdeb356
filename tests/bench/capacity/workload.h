// What is drawn at random: how long a call works, when the next query comes.
#ifndef TINTINH_TESTS_BENCH_CAPACITY_WORKLOAD_H_
#define TINTINH_TESTS_BENCH_CAPACITY_WORKLOAD_H_

#include <random>
#include <vector>

namespace tintinh::capacity {

using Random = std::mt19937_64;

// As measured; where nothing was, log-normal: never below zero, with the long tail that times of searches have.
struct ServiceTime {
  double mean = 0;                    // seconds
  double variation = 0;               // standard deviation / mean; 0: always the mean
  std::vector<double> measured = {};  // seconds; each as likely as any other, mean and variation unused
};
double Draw(const ServiceTime& time, Random& random);

// Of a Poisson process.
double DrawGap(double per_second, Random& random);

// The value below which that share of `values` lies, by nearest rank; reorders them. REQUIRES: not empty.
double Quantile(std::vector<double>& values, double share);

}  // namespace tintinh::capacity

#endif  // TINTINH_TESTS_BENCH_CAPACITY_WORKLOAD_H_

// Sums of scores by document, over a window of documents: added to in any order, taken in order.
#ifndef TINTINH_SERVICES_INDEXER_SEARCH_SCORE_SUMS_H_
#define TINTINH_SERVICES_INDEXER_SEARCH_SCORE_SUMS_H_

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "services/indexer/postings/kernels.h"
#include "services/indexer/search/candidates.h"

namespace tintinh::indexer {

class ScoreSums {
 public:
  // REQUIRES: window is a multiple of 64.
  explicit ScoreSums(uint32_t window) : sums_(window, kNothing), touched_(window / 64, 0) {}

  uint32_t window() const { return static_cast<uint32_t>(sums_.size()); }

  // REQUIRES: all sums were taken.
  void Start(uint32_t first_doc) { first_doc_ = first_doc; }

  // REQUIRES: score >= 0; doc is in the window, which begins with the first document.
  void Add(uint32_t doc, double score) {
    const uint32_t at = doc - first_doc_;
    sums_[at] += score;
    touched_[at / 64] = 1;
  }

  // Appends the documents with sums of at least `least` to `candidates`, in order, and forgets all sums.
  void Take(double least, Candidates& candidates) {
    for (uint32_t group = 0; group < touched_.size(); ++group) {
      if (touched_[group] == 0) continue;
      touched_[group] = 0;
      double* const sums = sums_.data() + size_t{group} * 64;
      TakeGroup(group, BestKernels().at_least(sums, least), candidates);
      std::fill(sums, sums + 64, kNothing);
    }
  }

 private:
  void TakeGroup(uint32_t group, uint64_t chosen, Candidates& candidates) {
    size_t next = candidates.size();
    candidates.Resize(next + static_cast<size_t>(std::popcount(chosen)));
    for (; chosen != 0; chosen &= chosen - 1) {
      const uint32_t at = group * 64 + static_cast<uint32_t>(std::countr_zero(chosen));
      candidates.docs[next] = first_doc_ + at;
      candidates.scores[next] = sums_[at];
      next += std::signbit(sums_[at]) ? 0 : 1;
    }
    candidates.Resize(next);
  }

  // Any score added to it, also 0, makes it what was added.
  static constexpr double kNothing = -0.0;

  uint32_t first_doc_ = 0;
  std::vector<double> sums_;
  std::vector<uint8_t> touched_;  // by 64 documents; bytes, since setting one needs no look at the others
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEARCH_SCORE_SUMS_H_

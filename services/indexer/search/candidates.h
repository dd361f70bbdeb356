// Documents on their way to becoming hits, with what they have scored so far.
#ifndef TINTINH_SERVICES_INDEXER_SEARCH_CANDIDATES_H_
#define TINTINH_SERVICES_INDEXER_SEARCH_CANDIDATES_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "services/indexer/postings/kernels.h"

namespace tintinh::indexer {

struct Candidates {
  std::vector<uint32_t> docs;  // ascending
  std::vector<double> scores;  // parallel

  size_t size() const { return docs.size(); }
  void Resize(size_t size) {
    docs.resize(size);
    scores.resize(size);
  }

  // Drops those that have scored less.
  void KeepFrom(double least) { Resize(BestKernels().keep_from(least, docs.size(), docs.data(), scores.data())); }
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEARCH_CANDIDATES_H_

// Documents on their way to becoming hits, with what they have scored so far.
#ifndef TINTINH_SERVICES_INDEXER_SEARCH_CANDIDATES_H_
#define TINTINH_SERVICES_INDEXER_SEARCH_CANDIDATES_H_

#include <cstddef>
#include <cstdint>
#include <vector>

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
  void KeepFrom(double least) {
    size_t kept = 0;
    for (size_t i = 0; i < docs.size(); ++i) {
      docs[kept] = docs[i];
      scores[kept] = scores[i];
      kept += scores[i] >= least ? 1 : 0;
    }
    Resize(kept);
  }
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEARCH_CANDIDATES_H_

// BM25 (Robertson and Zaragoza, 2009), per field:
//   weight * ln(1 + (N - df + 0.5) / (df + 0.5)) * (k1 + 1) * freq / (freq + k1 * (1 - b + b * length / average
//   length))
// where N counts the documents that have the field, and length is as exact as its norm (postings/norm.h). What a
// posting contributes is a float; contributions are summed in doubles, which is exact for any number and order of them
// that occurs, so that every way to traverse the lists gives the same scores.
#ifndef TINTINH_SERVICES_INDEXER_SEARCH_BM25_H_
#define TINTINH_SERVICES_INDEXER_SEARCH_BM25_H_

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "services/indexer/postings/impact.h"
#include "services/indexer/segment/field.h"

namespace tintinh::indexer {

// Figures from several places may disagree for a moment: a term in more documents than there are counts as in all.
inline double InverseDocumentFrequency(uint64_t documents, uint64_t document_frequency) {
  const double df = static_cast<double>(document_frequency);
  const double n = static_cast<double>(std::max(documents, document_frequency));
  return std::log1p((n - df + 0.5) / (df + 0.5));
}

// What the scores of one field have in common.
struct FieldScoring {
  explicit FieldScoring(const FieldFigures& figures)
      : average_length(figures.documents == 0 || figures.length == 0
                           ? 1.0
                           : static_cast<double>(figures.length) / static_cast<double>(figures.documents)),
        penalties(LengthPenaltiesAt(average_length)) {}

  double average_length;
  LengthPenalties penalties;
};

// `weight` includes the inverse document frequency and k1 + 1. The same float operations as Kernels::score.
inline float Bm25(float weight, uint32_t freq, float penalty) {
  const float f = static_cast<float>(freq);
  return weight * f / (f + penalty);
}

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEARCH_BM25_H_

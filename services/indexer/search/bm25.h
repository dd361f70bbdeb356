// BM25 (Robertson and Zaragoza, 2009) with k1 = 1.2 and b = 0.75, per field:
//   weight * ln(1 + (N - df + 0.5) / (df + 0.5)) * freq * (k1 + 1) / (freq + k1 * (1 - b + b * length / average
//   length))
// where N counts the documents that have the field, and length is as exact as its norm (postings/norm.h).
#ifndef TINTINH_SERVICES_INDEXER_SEARCH_BM25_H_
#define TINTINH_SERVICES_INDEXER_SEARCH_BM25_H_

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "services/indexer/postings/norm.h"
#include "services/indexer/segment/field.h"

namespace tintinh::indexer {

inline constexpr double kBm25K1 = 1.2;
inline constexpr double kBm25B = 0.75;

// Figures from several places may disagree for a moment: a term in more documents than there are counts as in all.
inline double InverseDocumentFrequency(uint64_t documents, uint64_t document_frequency) {
  const double df = static_cast<double>(document_frequency);
  const double n = static_cast<double>(std::max(documents, document_frequency));
  return std::log1p((n - df + 0.5) / (df + 0.5));
}

// The part of the denominator that depends on the document's field, by norm.
using LengthPenalties = std::array<double, 256>;

inline LengthPenalties LengthPenaltiesOf(const FieldFigures& figures) {
  const double average = figures.documents == 0 || figures.length == 0
                             ? 1.0
                             : static_cast<double>(figures.length) / static_cast<double>(figures.documents);
  LengthPenalties penalties;
  for (size_t norm = 0; norm < penalties.size(); ++norm) {
    const double length = LengthOfNorm(static_cast<uint8_t>(norm));
    penalties[norm] = kBm25K1 * (1 - kBm25B + kBm25B * length / average);
  }
  return penalties;
}

// `weight` includes the inverse document frequency.
inline double Bm25(double weight, uint32_t freq, double length_penalty) {
  const double f = freq;
  return weight * f * (kBm25K1 + 1) / (f + length_penalty);
}

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEARCH_BM25_H_

// An order of documents in which those that share terms are neighbours, so that gaps in posting lists are small and
// blocks differ in what they can score: recursive graph bisection (Dhulipala et al. 2016). The documents are halved
// again and again; each time, documents move between the halves while that makes the gaps expected of both smaller.
#ifndef TINTINH_SERVICES_INDEXER_REORDER_BISECTION_H_
#define TINTINH_SERVICES_INDEXER_REORDER_BISECTION_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"

namespace tintinh::indexer {

// Which features (terms that tell documents apart) each document has.
struct DocumentFeatures {
  std::vector<size_t> starts;      // by document, and one more: the end of the last
  std::vector<uint32_t> features;  // of all documents, one after another; each once a document, below `count`
  uint32_t count = 0;

  uint32_t documents() const { return starts.empty() ? 0 : static_cast<uint32_t>(starts.size() - 1); }
  absl::Span<const uint32_t> Of(uint32_t document) const {
    return absl::MakeConstSpan(features).subspan(starts[document], starts[document + 1] - starts[document]);
  }
};

struct BisectionOptions {
  uint32_t smallest = 32;    // parts of at most as many documents stay as they are
  uint32_t iterations = 20;  // at most, for each part
};

// All documents, each once, in the new order. The same input gives the same order.
std::vector<uint32_t> BisectDocuments(const DocumentFeatures& documents, const BisectionOptions& options = {});

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_REORDER_BISECTION_H_

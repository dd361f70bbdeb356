// Which numbers the live documents of several segments get in the segment that is written out of them.
#ifndef TINTINH_SERVICES_INDEXER_SEGMENT_DOCUMENT_NUMBERS_H_
#define TINTINH_SERVICES_INDEXER_SEGMENT_DOCUMENT_NUMBERS_H_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "services/indexer/segment/snapshot.h"

namespace tintinh::indexer {

class DocumentNumbers {
 public:
  struct Place {
    uint32_t source = 0;
    uint32_t document = 0;  // its number there
  };

  // The live documents of one source after the other.
  static DocumentNumbers InOrder(absl::Span<const SegmentView> sources);

  // Articles alike are neighbours, by the terms of their bodies (reorder/bisection.h). The same sources give the same
  // numbers. Reads posting lists; takes 40 bytes a document and 100 MB at most for their terms.
  static absl::StatusOr<DocumentNumbers> ByContent(absl::Span<const SegmentView> sources);

  uint32_t count() const { return static_cast<uint32_t>(places_.size()); }
  bool in_order() const { return in_order_; }  // of the sources

  // kNoMoreDocs for a document that is not live.
  uint32_t Of(size_t source, uint32_t document) const { return numbers_[source][document]; }
  Place PlaceOf(uint32_t number) const { return places_[number]; }

 private:
  // `order`: numbers in order of the sources, in the new order.
  void Rearrange(absl::Span<const uint32_t> order);

  bool in_order_ = true;
  std::vector<std::vector<uint32_t>> numbers_;  // by source and document
  std::vector<Place> places_;                   // by number
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEGMENT_DOCUMENT_NUMBERS_H_

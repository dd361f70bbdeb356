// Writes one segment out of others: a flush of the memory segment and a merge of segments on disk are the same thing.
#ifndef TINTINH_SERVICES_INDEXER_SEGMENT_SEGMENT_WRITER_H_
#define TINTINH_SERVICES_INDEXER_SEGMENT_SEGMENT_WRITER_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "common/kv/database.h"
#include "services/indexer/segment/document_numbers.h"
#include "services/indexer/segment/snapshot.h"
#include "tintinh/disk/v1/indexer.pb.h"

namespace tintinh::indexer {

// Adds the live documents of `sources`, numbered as `numbers` says, to `db` as segment `number`, in one atomic step.
// Nobody sees the segment until its record is in the manifest; after a failure or a crash its keys are either all there
// or not at all. REQUIRES: no key of segment `number` exists; at least one document is live; `numbers` are of
// `sources`, which do not change meanwhile.
absl::StatusOr<disk::v1::SegmentRecord> WriteSegment(kv::Database& db, uint32_t number,
                                                     absl::Span<const SegmentView> sources,
                                                     const DocumentNumbers& numbers);

// In the order of the sources.
inline absl::StatusOr<disk::v1::SegmentRecord> WriteSegment(kv::Database& db, uint32_t number,
                                                            absl::Span<const SegmentView> sources) {
  return WriteSegment(db, number, sources, DocumentNumbers::InOrder(sources));
}

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEGMENT_SEGMENT_WRITER_H_

// A segment against itself: documents, ids, columns, dictionary and posting lists must tell the same.
#ifndef TINTINH_SERVICES_INDEXER_VERIFY_SEGMENT_CHECK_H_
#define TINTINH_SERVICES_INDEXER_VERIFY_SEGMENT_CHECK_H_

#include <cstdint>
#include <string>

#include "absl/functional/function_ref.h"
#include "services/indexer/segment/segment.h"

namespace tintinh::indexer {

// Takes one sentence about one fault.
using FaultSink = absl::FunctionRef<void(std::string fault)>;

// Every document is analyzed again, deleted ones too, and every list read whole, on the caller's thread. Returns the
// number of postings read.
uint64_t CheckSegment(const Segment& segment, uint32_t documents, FaultSink report);

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_VERIFY_SEGMENT_CHECK_H_

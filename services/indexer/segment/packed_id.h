// Ids and hashes of 32 hex digits in 17 bytes instead of 32; any other text one byte longer than it is. Packed ids of
// articles order as their texts do, as long as all of them are hex.
#ifndef TINTINH_SERVICES_INDEXER_SEGMENT_PACKED_ID_H_
#define TINTINH_SERVICES_INDEXER_SEGMENT_PACKED_ID_H_

#include <string>

#include "absl/strings/string_view.h"

namespace tintinh::indexer {

std::string PackId(absl::string_view text);
std::string UnpackId(absl::string_view packed);

// Orders packed ids as their texts.
bool PackedIdLess(absl::string_view a, absl::string_view b);

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEGMENT_PACKED_ID_H_

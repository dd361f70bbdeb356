// The frame of every value the index stores: a version byte in front, the CRC-32C of all before it behind.
#ifndef TINTINH_SERVICES_INDEXER_POSTINGS_CHECKED_VALUE_H_
#define TINTINH_SERVICES_INDEXER_POSTINGS_CHECKED_VALUE_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace tintinh::indexer {

inline constexpr uint8_t kValueVersion = 3;
inline constexpr size_t kCheckedValueHead = 1;                 // bytes before the body
inline constexpr size_t kCheckedValueTail = sizeof(uint32_t);  // bytes behind it

// `body` framed.
std::string CheckedValue(absl::string_view body);

// The body of a framed value, a view into it. DATA_LOSS when it is too short, of another version, or damaged.
absl::StatusOr<absl::string_view> CheckedBody(absl::string_view value);

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_POSTINGS_CHECKED_VALUE_H_

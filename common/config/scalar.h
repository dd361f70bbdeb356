// Texts of single configuration values.
#ifndef TINTINH_COMMON_CONFIG_SCALAR_H_
#define TINTINH_COMMON_CONFIG_SCALAR_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace tintinh {

// "512", "64KiB", "8MiB", "2GiB". INVALID_ARGUMENT quotes the text.
absl::StatusOr<uint64_t> ParseBytes(absl::string_view text);

// "250ms", "5s", "2h30m"; a bare number is refused because it has no unit.
absl::StatusOr<absl::Duration> ParseDuration(absl::string_view text);

// true or false.
absl::StatusOr<bool> ParseBool(absl::string_view text);

}  // namespace tintinh

#endif  // TINTINH_COMMON_CONFIG_SCALAR_H_

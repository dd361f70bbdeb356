// The Retry-After header (RFC 9110 §10.2.3).
#ifndef TINTINH_SERVICES_CRAWLER_FETCH_RETRY_AFTER_H_
#define TINTINH_SERVICES_CRAWLER_FETCH_RETRY_AFTER_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace tintinh::crawler {

inline constexpr absl::Duration kMaxRetryAfter = absl::Hours(24);

// How long after `now` the server wants to be left alone: seconds (a fraction is rounded up) or a date in any of HTTP's
// three forms. Never negative, at most kMaxRetryAfter; no value for anything else.
std::optional<absl::Duration> ParseRetryAfter(absl::string_view value, absl::Time now);

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_FETCH_RETRY_AFTER_H_

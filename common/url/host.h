// Host names and IP addresses brought to one spelling.
#ifndef TINTINH_COMMON_URL_HOST_H_
#define TINTINH_COMMON_URL_HOST_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace tintinh::url {

// The canonical ASCII form: lower case, escapes decoded, international names as A-labels (UTS 46, non-transitional),
// numeric forms of IPv4 as four decimal numbers, IPv6 in brackets and shortest form, no final dot.
// InvalidArgument for anything that is neither a name nor an address, "1.2.3.4.5" and "256.1.1.1" included.
absl::StatusOr<std::string> CanonicalHost(absl::string_view host);

// True for what CanonicalHost returns for an IPv4 or IPv6 address.
bool IsAddress(absl::string_view canonical_host);

}  // namespace tintinh::url

#endif  // TINTINH_COMMON_URL_HOST_H_

// Percent-encoding as RFC 3986 §2 defines it.
#ifndef TINTINH_COMMON_URL_PERCENT_H_
#define TINTINH_COMMON_URL_PERCENT_H_

#include <string>

#include "absl/strings/string_view.h"

namespace tintinh::url {

// One spelling for a path or a query (RFC 3986 §6.2.2.2): escapes of unreserved characters are decoded, other escapes
// get upper-case digits, octets that may not stand in a URL are escaped, and so is a '%' that starts no escape.
// Idempotent; reserved characters stay as they are, escaped or not.
std::string NormalizeEscapes(absl::string_view component);

// Escapes only what may not stand in a URL at all; everything else, escapes and stray '%' included, stays as typed.
std::string EscapeForbidden(absl::string_view component);

// Every valid escape decoded, everything else as it is.
std::string DecodeEscapes(absl::string_view component);

}  // namespace tintinh::url

#endif  // TINTINH_COMMON_URL_PERCENT_H_

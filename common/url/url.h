// http and https URLs: one canonical form, references resolved, and the domain politeness counts by.
//
// All functions are pure and thread-safe. A URL of more than kMaxUrlBytes, before or after, or with a control
// character (below U+0020, or U+007F), is refused with InvalidArgument; white space around it is dropped.
#ifndef TINTINH_COMMON_URL_URL_H_
#define TINTINH_COMMON_URL_URL_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace tintinh::url {

inline constexpr size_t kMaxUrlBytes = 2048;

// The parts of an absolute URL. `host` is canonical (see host.h), `path` starts with '/', `query` has no '?', and
// neither is normalised; `port` is the scheme's own where the URL names none. User name and fragment are dropped.
struct Parts {
  std::string scheme, host, path, query;
  uint16_t port = 0;
};
absl::StatusOr<Parts> Parse(absl::string_view url);

// The canonical form: Normalize(Normalize(u)) == Normalize(u). README.md has the rules. The result is ASCII and is
// itself a URL that may be fetched.
absl::StatusOr<std::string> Normalize(absl::string_view url);

// `reference` made absolute against `base` (RFC 3986 §5.2): canonical host, no user name, no fragment, octets that may
// not stand in a URL escaped; path and query otherwise as written. InvalidArgument when the result is not http or
// https.
absl::StatusOr<std::string> Resolve(absl::string_view base, absl::string_view reference);

// The part of a host name that one owner registered ("baolaocai.vn" of "www.baolaocai.vn"), by the Public Suffix List
// that the machine's libpsl has. Addresses, single labels and public suffixes themselves are returned as they are, so
// that two of them never look like one owner. Upper-case ASCII is lowered; nothing else is checked.
std::string RegistrableDomain(absl::string_view host);

}  // namespace tintinh::url

#endif  // TINTINH_COMMON_URL_URL_H_

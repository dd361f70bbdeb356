// URI references split and resolved: RFC 3986 §3 and §5, on strings, knowing no scheme but http and https.
#ifndef TINTINH_COMMON_URL_REFERENCE_H_
#define TINTINH_COMMON_URL_REFERENCE_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace tintinh::url {

// The five components as written, scheme in lower case. An absent component differs from an empty one.
struct Reference {
  std::optional<std::string> scheme, authority;
  std::string path;
  std::optional<std::string> query, fragment;
};

// Never fails: any text is some reference. Before the query '\' is read as '/', and after "http:" or "https:" any
// number of slashes leads to the authority, as browsers do (WHATWG URL §4.4).
Reference SplitReference(absl::string_view text);

// RFC 3986 §5.2.2. `base` must have a scheme. "http:b" against an http base is relative, as in §5.2.2's non-strict
// form.
Reference ResolveReference(const Reference& base, absl::string_view text);

// RFC 3986 §5.2.4; "%2e" counts as ".".
std::string RemoveDotSegments(absl::string_view path);

// RFC 3986 §5.3.
std::string ToString(const Reference& reference);

}  // namespace tintinh::url

#endif  // TINTINH_COMMON_URL_REFERENCE_H_

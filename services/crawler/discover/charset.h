// Encodings of feeds and sitemaps.
#ifndef TINTINH_SERVICES_CRAWLER_DISCOVER_CHARSET_H_
#define TINTINH_SERVICES_CRAWLER_DISCOVER_CHARSET_H_

#include <string>

#include "absl/strings/string_view.h"

namespace tintinh::crawler {

// `bytes` as valid UTF-8 without byte order mark. In this order: a byte order mark; UTF-16 recognised by its zero
// bytes; UTF-8 where the bytes are valid as such, whatever the XML declaration says, because that is what servers get
// wrong; the encoding the declaration names; UTF-8 with U+FFFD for what is not.
std::string ToUtf8(absl::string_view bytes);

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_DISCOVER_CHARSET_H_

// Character references: HTML's names and numbers to UTF-8.
#ifndef TINTINH_SERVICES_CRAWLER_DISCOVER_ENTITY_H_
#define TINTINH_SERVICES_CRAWLER_DISCOVER_ENTITY_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

namespace tintinh::crawler {

// The reference at the front of a text: "&eacute;", "&#233;", "&#xe9;".
struct Entity {
  size_t bytes = 0;  // of the reference, ';' included; 0: there is none
  std::string utf8;  // what it stands for
};
// Names are those of HTML 4.01 and "apos". Numbers 128 to 159 are read as windows-1252, which is what is meant; numbers
// that name no character give U+FFFD.
Entity EntityAt(absl::string_view text);

// Every reference decoded once.
std::string DecodeEntities(absl::string_view text);

// What a reader sees of a title: markup removed, references decoded (up to three times over, as long as that changes
// anything, because feeds escape twice), white space collapsed, at most `max_bytes` of whole characters.
std::string PlainTitle(absl::string_view html, size_t max_bytes);

// Text without the white space around it, that of Unicode and byte order marks included.
absl::string_view StripWhitespace(absl::string_view utf8);

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_DISCOVER_ENTITY_H_

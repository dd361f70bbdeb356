// Bytes of a page to UTF-8.
#ifndef TINTINH_SERVICES_NORMALIZER_DECODE_DECODE_H_
#define TINTINH_SERVICES_NORMALIZER_DECODE_DECODE_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace tintinh::normalizer {

struct DecodedPage {
  std::string utf8;     // valid; not yet in normal form, because entities are still to be decoded
  std::string charset;  // lower-case name of the encoding used
  std::string rule;     // what decided: "byte order mark", "content-type", "meta", "valid UTF-8", "detected", "default"
  size_t replaced = 0;  // letters that could not be decoded and became U+FFFD
};

// Decides as browsers do (HTML Standard, 13.2.3.2: byte order mark, transport, declaration in the page), with three
// differences that Vietnamese pages need: the declaration is looked for in the first 64 KiB; bytes that are valid
// multi-byte UTF-8 are UTF-8 whatever is declared; bytes that nobody declares and are not UTF-8 are guessed, and
// windows-1258 is the last resort. INVALID_ARGUMENT when the page is binary or more than a tenth of it is undecodable.
absl::StatusOr<DecodedPage> DecodePage(absl::string_view bytes, absl::string_view content_type);

}  // namespace tintinh::normalizer

#endif  // TINTINH_SERVICES_NORMALIZER_DECODE_DECODE_H_

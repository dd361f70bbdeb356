// Names of character encodings and where pages declare them. Bytes are converted here and nowhere else.
#ifndef TINTINH_SERVICES_NORMALIZER_DECODE_CHARSET_H_
#define TINTINH_SERVICES_NORMALIZER_DECODE_CHARSET_H_

#include <cstddef>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace tintinh::normalizer {

struct Converted {
  std::string utf8;
  size_t replaced = 0;
};

// Lower-case encoding name for a label as pages write it; labels of Latin-1 mean windows-1252, as in browsers. Nothing
// for a label nobody knows.
std::optional<std::string> CharsetOfLabel(absl::string_view label);
// The charset parameter of a Content-Type value.
std::optional<std::string> CharsetOfContentType(absl::string_view content_type);
// <meta charset> or <meta http-equiv=content-type> within the first 64 KiB; UTF-16 there means UTF-8.
std::optional<std::string> CharsetOfMeta(absl::string_view html);
// A statistical guess; nothing when there is none.
std::optional<std::string> GuessCharset(absl::string_view bytes);
// Bytes that the encoding does not have become U+FFFD. Nothing when the encoding cannot be opened.
std::optional<Converted> ConvertToUtf8(absl::string_view bytes, const std::string& charset);

}  // namespace tintinh::normalizer

#endif  // TINTINH_SERVICES_NORMALIZER_DECODE_CHARSET_H_

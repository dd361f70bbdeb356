// Photo captions: what is shown, and who took the picture.
#ifndef TINTINH_SERVICES_NORMALIZER_GRAMMAR_CAPTION_H_
#define TINTINH_SERVICES_NORMALIZER_GRAMMAR_CAPTION_H_

#include <string>

#include "absl/strings/string_view.h"

namespace tintinh::normalizer {

struct CaptionParts {
  std::string caption;  // its own final full stop kept
  std::string credit;   // without "Ảnh:"; empty when none is stated
};

// Splits a credit off the end: "Ảnh: X", "(Ảnh: X)", " - Ảnh: X.", "Nguồn: X", "Ảnh do X cung cấp", "Ảnh TTXVN" behind
// a sentence. White space is folded. A note such as "Ảnh minh họa" names nobody and stays in the caption.
CaptionParts SplitCredit(absl::string_view caption);

}  // namespace tintinh::normalizer

#endif  // TINTINH_SERVICES_NORMALIZER_GRAMMAR_CAPTION_H_

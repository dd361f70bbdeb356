// The line that signs a story beside its headline: a time, alone or behind a name.
#ifndef TINTINH_SERVICES_NORMALIZER_HTML_SIGNATURE_H_
#define TINTINH_SERVICES_NORMALIZER_HTML_SIGNATURE_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "services/normalizer/grammar/byline.h"
#include "services/normalizer/grammar/time_line.h"

namespace tintinh::normalizer::html {

struct Signature {
  TimeLine time;
  std::optional<Byline> byline;  // a name of that shape; a section's name has it too
};

// "07/03/2026 08:47", "Nguyễn Văn A - 07/03/2026 08:47", "Thời sự • 28/01/2026 - 06:52". Lines over 200 bytes sign
// nothing.
std::optional<Signature> ParseSignature(absl::string_view line);

}  // namespace tintinh::normalizer::html

#endif  // TINTINH_SERVICES_NORMALIZER_HTML_SIGNATURE_H_

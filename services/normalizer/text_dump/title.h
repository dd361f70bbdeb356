// Where the headline of a text dump is.
#ifndef TINTINH_SERVICES_NORMALIZER_TEXT_DUMP_TITLE_H_
#define TINTINH_SERVICES_NORMALIZER_TEXT_DUMP_TITLE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/normalizer/text_dump/lines.h"

namespace tintinh::normalizer {

// The index of the headline in `lines`; nothing when no line can be one. It is sought above the first paragraph, and
// between the first two when the first stands over the headline (a lead that is printed again below it, or nothing but
// furniture above it). What is repeated further down (as an image's text, say) or followed by a time is preferred.
std::optional<size_t> FindTitle(const std::vector<Line>& lines);

// What follows the headline in a line that begins with it, such as a caption glued to the image's text: views `line`.
// Nothing when the line does not begin with the whole title; empty when it is the title alone.
std::optional<absl::string_view> BehindTitle(absl::string_view title, absl::string_view line);

}  // namespace tintinh::normalizer

#endif  // TINTINH_SERVICES_NORMALIZER_TEXT_DUMP_TITLE_H_

// Reads a text dump of a news page: what a browser shows as plain text, furniture included.
#ifndef TINTINH_SERVICES_NORMALIZER_TEXT_DUMP_TEXT_DUMP_H_
#define TINTINH_SERVICES_NORMALIZER_TEXT_DUMP_TEXT_DUMP_H_

#include <cstddef>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/normalizer/draft/draft.h"

namespace tintinh::normalizer {

inline constexpr size_t kMaxTextDumpBytes = size_t{5} << 20;
inline constexpr size_t kMaxTextDumpLines = 50'000;

// Finds title, section, time, lead, paragraphs, captions and authors in `utf8_nfc`, by vocabulary and layout alone;
// ten thousand sites are read with the same rules. A dump in which no headline is found yields a draft without title:
// whether that is an article is not decided here. RESOURCE_EXHAUSTED over the limits above. Linear in the text but for
// the search of the headline (at most 200 candidates).
absl::StatusOr<Draft> ExtractTextDump(absl::string_view utf8_nfc);

}  // namespace tintinh::normalizer

#endif  // TINTINH_SERVICES_NORMALIZER_TEXT_DUMP_TEXT_DUMP_H_

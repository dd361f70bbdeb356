// HTML bytes to a Document, by the HTML Standard's tree construction.
#ifndef TINTINH_SERVICES_NORMALIZER_DOM_PARSE_H_
#define TINTINH_SERVICES_NORMALIZER_DOM_PARSE_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/normalizer/dom/document.h"

namespace tintinh::normalizer::dom {

struct ParseLimits {
  uint32_t max_bytes = 5u << 20;
  uint32_t max_nodes = 200'000;
  uint32_t max_depth = 512;  // at most 4,096
  // Processor time of the calling thread: some small pages take a standard parser quadratic time.
  absl::Duration max_processor_time = absl::Seconds(2);
  bool abridge = true;  // false: the parser reads scripts and style sheets too, for the same document
};

// RESOURCE_EXHAUSTED names the limit that the page passes. Any bytes are accepted; what is not UTF-8 becomes U+FFFD.
// Comments and white space between elements that carries nothing are left out.
absl::StatusOr<Document> ParseHtml(absl::string_view utf8, const ParseLimits& limits);

// The text of a piece of HTML: entities decoded, tags gone. For values that were escaped once too often. Empty when the
// piece passes small limits.
std::string TextOfFragment(absl::string_view html);

}  // namespace tintinh::normalizer::dom

#endif  // TINTINH_SERVICES_NORMALIZER_DOM_PARSE_H_

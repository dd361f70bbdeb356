// Takes the programs and style sheets out of a page before it is parsed: half the bytes of a news page, and nothing
// that a document keeps.
#ifndef TINTINH_SERVICES_NORMALIZER_DOM_ABRIDGE_H_
#define TINTINH_SERVICES_NORMALIZER_DOM_ABRIDGE_H_

#include <string>

#include "absl/strings/string_view.h"

namespace tintinh::normalizer::dom {

// `html` without what stands between the tags of script and style elements, JSON-LD apart: it parses to the same
// document. Follows the HTML Standard's tokenizer (13.2.5) as far as needed to know what is a tag; where that takes
// more, in scripts that hold comments and in SVG, the content stays; only a page that leaves an <svg> open and goes on
// in HTML may read differently. Linear.
std::string WithoutPrograms(absl::string_view html);

}  // namespace tintinh::normalizer::dom

#endif  // TINTINH_SERVICES_NORMALIZER_DOM_ABRIDGE_H_

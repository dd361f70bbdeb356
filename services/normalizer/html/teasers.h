// Lists of other stories that no class name gives away: several elements built alike, each a link and a few lines.
#ifndef TINTINH_SERVICES_NORMALIZER_HTML_TEASERS_H_
#define TINTINH_SERVICES_NORMALIZER_HTML_TEASERS_H_

#include <vector>

#include "services/normalizer/dom/document.h"
#include "services/normalizer/html/blocks.h"

namespace tintinh::normalizer::html {

// By node: whether it is part of such a list. Never the bulk of the page's sentences: on a listing nothing is marked.
// Linear in the page.
std::vector<bool> MarkTeasers(const dom::Document& document, const std::vector<Block>& blocks);

}  // namespace tintinh::normalizer::html

#endif  // TINTINH_SERVICES_NORMALIZER_HTML_TEASERS_H_

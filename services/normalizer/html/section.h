// Where a story stands on its site: section path and tags.
#ifndef TINTINH_SERVICES_NORMALIZER_HTML_SECTION_H_
#define TINTINH_SERVICES_NORMALIZER_HTML_SECTION_H_

#include <string>
#include <vector>

#include "services/normalizer/html/page.h"
#include "services/normalizer/html/title.h"

namespace tintinh::normalizer::html {

// Outermost first, without the home page and the story itself: JSON-LD breadcrumb, the breadcrumb shown,
// article:section, JSON-LD sections. At most 8.
std::vector<std::string> FindSectionPath(const Page& page, const Title& title);

// article:tag, links marked rel=tag or in an element that says "tags", else the keywords. At most 100.
std::vector<std::string> FindTags(const Page& page);

}  // namespace tintinh::normalizer::html

#endif  // TINTINH_SERVICES_NORMALIZER_HTML_SECTION_H_

// Makes XML that libxml2 can read of what feeds and sitemaps really contain.
#ifndef TINTINH_SERVICES_CRAWLER_DISCOVER_MARKUP_H_
#define TINTINH_SERVICES_CRAWLER_DISCOVER_MARKUP_H_

#include <string>

#include "absl/strings/string_view.h"

namespace tintinh::crawler {

// `utf8` without XML declaration, processing instructions, comments and document type, so that nothing can declare an
// entity. References that HTML knows are decoded, every other '&' is escaped; a '<' that opens nothing is escaped;
// control characters become spaces; an open CDATA section is closed. What stands in CDATA is not touched otherwise.
// Linear.
std::string PrepareMarkup(absl::string_view utf8);

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_DISCOVER_MARKUP_H_

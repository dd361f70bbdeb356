// The links of a page to other pages of its site.
#ifndef TINTINH_SERVICES_NORMALIZER_HTML_LINKS_H_
#define TINTINH_SERVICES_NORMALIZER_HTML_LINKS_H_

#include <cstddef>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/normalizer/draft/draft.h"
#include "services/normalizer/html/page.h"

namespace tintinh::normalizer::html {

// From the shape of the address alone: a long slug with an identifier is a story, a short path a listing; files and
// sections that hold no stories (video, tags, search) are neither.
v1::LinkKind GuessLinkKind(absl::string_view absolute_url);

// Links of every element shown or not, absolute, without fragment, each once, in order of first mention, of the same
// registrable domain as the page. A long link text makes a story of an address whose shape leaves it open.
std::vector<DraftLink> FindLinks(const Page& page, size_t max_links);

}  // namespace tintinh::normalizer::html

#endif  // TINTINH_SERVICES_NORMALIZER_HTML_LINKS_H_

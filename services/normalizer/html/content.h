// Finds the element that holds the story.
#ifndef TINTINH_SERVICES_NORMALIZER_HTML_CONTENT_H_
#define TINTINH_SERVICES_NORMALIZER_HTML_CONTENT_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "services/normalizer/dom/document.h"
#include "services/normalizer/html/page.h"

namespace tintinh::normalizer::html {

struct Content {
  dom::NodeId node = dom::kRoot;
  dom::NodeId head_end = dom::kRoot;  // before it stands a fifth of the letters; no headline comes later
  uint32_t letters = 0;               // of sentences in it that are no links
  uint32_t link_letters = 0;          // of links in it
  uint32_t sentences = 0;             // blocks of the size of a sentence
  uint32_t headlines = 0;             // blocks of that sort that are links: related stories, or a listing's entries
};

// The subtree whose text adds up to most: a sentence counts what it holds, links and furniture count against, and
// what class, id and itemprop say decides between much the same text. `selector`, when it matches an element with any
// text, goes before all that. Linear in the page.
Content FindContent(const Page& page, absl::string_view selector);

}  // namespace tintinh::normalizer::html

#endif  // TINTINH_SERVICES_NORMALIZER_HTML_CONTENT_H_

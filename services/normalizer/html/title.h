// The headline: what the page shows as one and what it calls one, where they agree.
#ifndef TINTINH_SERVICES_NORMALIZER_HTML_TITLE_H_
#define TINTINH_SERVICES_NORMALIZER_HTML_TITLE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/normalizer/dom/document.h"
#include "services/normalizer/draft/draft.h"
#include "services/normalizer/html/content.h"
#include "services/normalizer/html/page.h"

namespace tintinh::normalizer::html {

struct Title {
  std::string text;
  dom::NodeId node = dom::kRoot;  // the root when the page shows no headline
  bool agreed = false;            // shown and named alike
};

// Candidates are headings, elements that say "title" or "headline", og:title, JSON-LD and the title element without
// the site's name. A heading that nothing agrees with (a dialog, the logo) loses to one that others confirm. Every
// candidate goes to `evidence`.
Title FindTitle(const Page& page, const Content& content, absl::string_view selector, std::vector<Evidence>& evidence);

}  // namespace tintinh::normalizer::html

#endif  // TINTINH_SERVICES_NORMALIZER_HTML_TITLE_H_

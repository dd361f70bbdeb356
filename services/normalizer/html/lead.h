// The lead (sapo): the paragraph that sums the story up, wherever the page puts it.
#ifndef TINTINH_SERVICES_NORMALIZER_HTML_LEAD_H_
#define TINTINH_SERVICES_NORMALIZER_HTML_LEAD_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/normalizer/draft/draft.h"
#include "services/normalizer/html/content.h"
#include "services/normalizer/html/page.h"
#include "services/normalizer/html/title.h"

namespace tintinh::normalizer::html {

struct Lead {
  std::string text;    // dateline prefix removed; empty when the page has no lead
  std::string source;  // the paper or agency named in the dateline
};

// In this order: what the site's hint selects; an element that says it is the lead; a paragraph at the head of the
// story that the page's description repeats, or that is bold from end to end. A description that no reader sees is
// no lead.
Lead FindLead(const Page& page, const Content& content, const Title& title, absl::string_view selector,
              std::vector<Evidence>& evidence);

}  // namespace tintinh::normalizer::html

#endif  // TINTINH_SERVICES_NORMALIZER_HTML_LEAD_H_

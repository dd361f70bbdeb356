// When a story was published, from everything on the page that states a time.
#ifndef TINTINH_SERVICES_NORMALIZER_HTML_PUBLISHED_H_
#define TINTINH_SERVICES_NORMALIZER_HTML_PUBLISHED_H_

#include <optional>
#include <vector>

#include "services/normalizer/draft/draft.h"
#include "services/normalizer/html/content.h"
#include "services/normalizer/html/page.h"
#include "services/normalizer/html/title.h"

namespace tintinh::normalizer::html {

struct Times {
  std::optional<DraftTime> published;
  std::optional<DraftTime> modified;  // only when not before `published`
};

// The time readers see beside the headline (or labelled behind the story) decides; meta elements and JSON-LD confirm
// it, whatever zone they claim, and stand in where the page shows none. The clock in the page's header and the dates of
// related stories are no candidates: they stand apart from the headline, in lists or in furniture.
Times FindTimes(const Page& page, const Content& content, const Title& title, std::vector<Evidence>& evidence);

}  // namespace tintinh::normalizer::html

#endif  // TINTINH_SERVICES_NORMALIZER_HTML_PUBLISHED_H_

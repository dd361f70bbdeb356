// Who wrote a story, or which agency it was taken from. Never the site itself.
#ifndef TINTINH_SERVICES_NORMALIZER_HTML_AUTHORS_H_
#define TINTINH_SERVICES_NORMALIZER_HTML_AUTHORS_H_

#include <optional>
#include <vector>

#include "services/normalizer/draft/draft.h"
#include "services/normalizer/grammar/byline.h"
#include "services/normalizer/html/content.h"
#include "services/normalizer/html/page.h"
#include "services/normalizer/html/title.h"

namespace tintinh::normalizer::html {

// In this order: the byline of the last lines, elements around the story that say "author", people in JSON-LD. The
// meta element "author" names the site on every paper and is not asked. At most 20 authors.
Byline FindAuthors(const Page& page, const Content& content, const Title& title, const std::optional<Byline>& last_line,
                   std::vector<Evidence>& evidence);

}  // namespace tintinh::normalizer::html

#endif  // TINTINH_SERVICES_NORMALIZER_HTML_AUTHORS_H_

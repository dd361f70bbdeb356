// The body of a story from the element that holds it: paragraphs, pictures, the byline at its end.
#ifndef TINTINH_SERVICES_NORMALIZER_HTML_STORY_H_
#define TINTINH_SERVICES_NORMALIZER_HTML_STORY_H_

#include <optional>
#include <vector>

#include "services/normalizer/draft/draft.h"
#include "services/normalizer/grammar/byline.h"
#include "services/normalizer/html/content.h"
#include "services/normalizer/html/lead.h"
#include "services/normalizer/html/page.h"
#include "services/normalizer/html/title.h"

namespace tintinh::normalizer::html {

struct Story {
  std::vector<DraftParagraph> paragraphs;  // at most 2,000
  std::vector<DraftPhoto> photos;
  std::optional<Byline> byline;  // the last lines; no longer among the paragraphs
  bool obfuscated = false;       // runs of encoded text stand where paragraphs should
};

// The headline, the lead, time lines, furniture, links to related stories and all that follows the story are left out.
Story ReadStory(const Page& page, const Content& content, const Title& title, const Lead& lead);

}  // namespace tintinh::normalizer::html

#endif  // TINTINH_SERVICES_NORMALIZER_HTML_STORY_H_

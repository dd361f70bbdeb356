// What a page is, and whether it is one at all.
#ifndef TINTINH_SERVICES_NORMALIZER_HTML_PAGE_KIND_H_
#define TINTINH_SERVICES_NORMALIZER_HTML_PAGE_KIND_H_

#include "absl/strings/string_view.h"
#include "services/normalizer/draft/draft.h"
#include "services/normalizer/html/content.h"
#include "services/normalizer/html/page.h"
#include "services/normalizer/html/title.h"

namespace tintinh::normalizer::html {

// Whether a bot check or a refusal was sent instead of a page: hardly any text, and words or scripts of such a check.
bool IsBlockPage(const Page& page, const Content& content, absl::string_view html);

// Votes of what the page calls itself, the shape of its address, its headline and time, its text against its links.
v1::PageKind GuessPageKind(const Page& page, const Content& content, const Title& title, const Draft& draft);

// BCP 47, from the text where it is clear, else as the page states it; empty when neither tells.
std::string GuessLanguage(const Page& page, const Draft& draft);

}  // namespace tintinh::normalizer::html

#endif  // TINTINH_SERVICES_NORMALIZER_HTML_PAGE_KIND_H_

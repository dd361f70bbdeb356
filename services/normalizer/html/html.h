// A story, or what else an HTML page is, from its markup: no rule names a site; selectors from the site's hints help
// where they match.
#ifndef TINTINH_SERVICES_NORMALIZER_HTML_HTML_H_
#define TINTINH_SERVICES_NORMALIZER_HTML_HTML_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/normalizer/dom/parse.h"
#include "services/normalizer/draft/draft.h"
#include "tintinh/v1/page.pb.h"

namespace tintinh::normalizer {

struct HtmlInput {
  absl::string_view utf8;
  std::string url;      // after redirects
  v1::SiteHints hints;  // selectors that match nothing are ignored
};

struct HtmlLimits {
  dom::ParseLimits parse;
  size_t max_links = 2000;
};

// RESOURCE_EXHAUSTED names the limit that the page passes; any other page gives a draft, with what was found and its
// kind. Thread-safe.
absl::StatusOr<Draft> ExtractHtml(const HtmlInput& input, const HtmlLimits& limits);

}  // namespace tintinh::normalizer

#endif  // TINTINH_SERVICES_NORMALIZER_HTML_HTML_H_

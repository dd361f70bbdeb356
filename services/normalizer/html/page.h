// Everything the rules look at: one page, cut and marked once.
#ifndef TINTINH_SERVICES_NORMALIZER_HTML_PAGE_H_
#define TINTINH_SERVICES_NORMALIZER_HTML_PAGE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/normalizer/dom/document.h"
#include "services/normalizer/html/blocks.h"
#include "services/normalizer/html/metadata.h"

namespace tintinh::normalizer::html {

struct Page {
  Page(const dom::Document& page_document, absl::string_view page_url);

  // Whether some element around the node, or the node itself, is a `tag`.
  bool IsInside(dom::NodeId id, absl::string_view tag) const;

  const dom::Document& document;  // outlives this
  std::string url;
  std::string host;       // of url, lower case, without "www."; empty for files
  std::string site_name;  // as the page names its site, may be empty
  Metadata metadata;
  std::vector<Block> blocks;
  std::vector<std::string> class_words;  // by node: ClassWords(…), empty for text
  std::vector<bool> in_chrome;   // by node: navigation, related stories, comments, footer, never the bulk of the text
  std::vector<bool> in_teasers;  // by node: MarkTeasers(…)
};

// Letters and digits alone, without marks and case: equal for two spellings of one headline.
std::string ComparisonKey(absl::string_view text);

// True for the name of the page's own site in any of its forms ("hanoimoi.vn", "Báo Hànộimới", "TUOI TRE ONLINE").
bool NamesSite(const Page& page, absl::string_view name);

}  // namespace tintinh::normalizer::html

#endif  // TINTINH_SERVICES_NORMALIZER_HTML_PAGE_H_

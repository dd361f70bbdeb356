// What a page says of itself in JSON-LD (schema.org), tolerant of the broken JSON that pages carry.
#ifndef TINTINH_SERVICES_NORMALIZER_HTML_JSON_LD_H_
#define TINTINH_SERVICES_NORMALIZER_HTML_JSON_LD_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace tintinh::normalizer::html {

// Strings are entity-decoded as often as they were escaped, NFC and folded; empty where not stated.
struct JsonLd {
  bool is_article = false;  // any type whose name ends in Article, BlogPosting or Report
  bool is_video = false;
  bool is_listing = false;  // CollectionPage, ItemList of stories, WebSite alone is neither
  std::string headline;
  std::string published;  // as written
  std::string modified;
  std::string language;
  std::string publisher;
  std::vector<std::string> people;         // authors of type Person or of no type
  std::vector<std::string> organizations;  // authors of type Organization
  std::vector<std::string> sections;
  std::vector<std::string> breadcrumb;  // outermost first, with the page itself where the page lists it
  std::vector<std::string> keywords;
};

// Adds what one script element states to `found`; what is found first stays. Objects nested deeper than 32, and what
// follows the first 1,000 objects, are ignored. Never fails: text that is no JSON adds nothing.
void AddJsonLd(absl::string_view script, JsonLd& found);

}  // namespace tintinh::normalizer::html

#endif  // TINTINH_SERVICES_NORMALIZER_HTML_JSON_LD_H_

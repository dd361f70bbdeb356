// From the lines of a story to its lead, paragraphs and captions.
#ifndef TINTINH_SERVICES_NORMALIZER_TEXT_DUMP_BODY_H_
#define TINTINH_SERVICES_NORMALIZER_TEXT_DUMP_BODY_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/normalizer/draft/draft.h"
#include "services/normalizer/text_dump/lines.h"

namespace tintinh::normalizer {

struct BodyInput {
  std::string title;
  std::string lead_above;   // a lead that stood over the headline, dateline included; or empty
  std::vector<Line> lines;  // between headline and end, without times, furniture and bylines
  bool time_above = false;  // the time stood over the body, as newspapers print it
  bool time_below = false;  // the time stood under the body, as portals print it: such pages seldom have a lead
};

struct Body {
  std::string lead;
  std::string lead_rule;    // which rule found the lead; empty without one
  std::string source_name;  // the paper that the dateline names; or empty
  std::vector<DraftParagraph> paragraphs;
  std::vector<DraftPhoto> photos;
};

// The lead is what stood over the headline, carries a dateline, is said again by the next paragraph, shares its block
// with a caption, or is the short first paragraph under a newspaper's time line. Captions are told from headings and
// short paragraphs by their credit, their place and what they say.
Body ReadBody(const BodyInput& input);

}  // namespace tintinh::normalizer

#endif  // TINTINH_SERVICES_NORMALIZER_TEXT_DUMP_BODY_H_

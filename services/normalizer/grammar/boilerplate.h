// The furniture of news pages: lines that are no story.
#ifndef TINTINH_SERVICES_NORMALIZER_GRAMMAR_BOILERPLATE_H_
#define TINTINH_SERVICES_NORMALIZER_GRAMMAR_BOILERPLATE_H_

#include "absl/strings/string_view.h"

namespace tintinh::normalizer {

enum class LineClass {
  kText,
  kCutFromHere,  // related stories, comments, footer: nothing below belongs to the story (unless it is near the top)
  kDrop,         // tools, counters, language switches, unfilled templates: this line only
};

// By vocabulary alone, marks and case aside; time lines and bylines are kText. Linear in the line.
LineClass ClassifyLine(absl::string_view line);

// `line` without unfilled template fields at its end ("Minh Hiếu {name} - {time}" → "Minh Hiếu").
absl::string_view StripTemplateResidue(absl::string_view line);

}  // namespace tintinh::normalizer

#endif  // TINTINH_SERVICES_NORMALIZER_GRAMMAR_BOILERPLATE_H_

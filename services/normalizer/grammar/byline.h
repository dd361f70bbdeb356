// Who wrote a story, from the line that says so.
#ifndef TINTINH_SERVICES_NORMALIZER_GRAMMAR_BYLINE_H_
#define TINTINH_SERVICES_NORMALIZER_GRAMMAR_BYLINE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace tintinh::normalizer {

struct Byline {
  std::vector<std::string> authors;  // as printed
  std::string agency;                // "Theo TTXVN" → "TTXVN"
  bool labelled = false;             // "Bài, ảnh: X", "X (thực hiện)", "Theo X": more than a bare name
};

// The byline that `line` is, when the whole line is one: "Bài, ảnh: X", "X - Y", "X (thực hiện)", "Theo TTXVN",
// "X (Theo TTXVN)", or bare names. Template residue behind it ("{name} - {time}") is ignored. A photo credit alone
// ("Ảnh: X") is no byline. Whether a bare name is an author is for the caller to judge by its place on the page.
// Lines over 200 bytes are no bylines.
std::optional<Byline> ParseByline(absl::string_view line);

// True when `name` has the shape of a person's or desk's name: up to 6 words, all capitalised, no digits.
bool LooksLikeName(absl::string_view name);

}  // namespace tintinh::normalizer

#endif  // TINTINH_SERVICES_NORMALIZER_GRAMMAR_BYLINE_H_

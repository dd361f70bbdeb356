// The lines of a text dump, unwrapped and told apart by vocabulary: what every later rule reads.
#ifndef TINTINH_SERVICES_NORMALIZER_TEXT_DUMP_LINES_H_
#define TINTINH_SERVICES_NORMALIZER_TEXT_DUMP_LINES_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/normalizer/grammar/byline.h"
#include "services/normalizer/grammar/time_line.h"

namespace tintinh::normalizer {

enum class LineRole { kText, kTime, kCut, kDrop };

struct Line {
  std::string text;         // white space folded, bullet removed, never empty
  size_t block = 0;         // lines without a blank line between them share a block
  size_t source_lines = 1;  // lines of the dump joined into this one
  bool bulleted = false;    // stood behind a "•" that the dump made of a list item
  LineRole role = LineRole::kText;
  std::optional<TimeLine> time;  // of a kTime line
  bool prose = false;            // running text; see ReadsAsProse
};

// Cuts `text` into lines. A line broken in mid-sentence inside its block is joined again: the next line goes on in
// lower case, or the break comes after a comma, or the block is a paragraph set in lines of one width, or it ends with
// a photo credit.
std::vector<Line> ReadLines(absl::string_view text);

// True for running text rather than a heading, a caption or a label: long, or a sentence of some length without a
// photo credit.
bool ReadsAsProse(absl::string_view text);

inline bool IsProse(const Line& line) { return line.prose && line.role == LineRole::kText; }

}  // namespace tintinh::normalizer

#endif  // TINTINH_SERVICES_NORMALIZER_TEXT_DUMP_LINES_H_

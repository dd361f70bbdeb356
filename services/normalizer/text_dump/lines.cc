#include "services/normalizer/text_dump/lines.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/text/normal_form.h"
#include "services/normalizer/grammar/boilerplate.h"
#include "services/normalizer/grammar/caption.h"
#include "services/normalizer/grammar/words.h"

namespace tintinh::normalizer {
namespace {

constexpr size_t kLongBytes = 260;        // no heading or caption without credit is longer
constexpr size_t kSentenceBytes = 90;     // a sentence this long is a paragraph of its own
constexpr size_t kMaxCaptionBytes = 600;  // with credit
constexpr size_t kMinWrappedBytes = 60;   // of a line that was broken for width
constexpr size_t kMaxWrappedBytes = 200;

using Block = std::vector<Line>;

bool StripBullet(absl::string_view& line) {
  for (const absl::string_view bullet : {"• ", "▪ ", "■ ", "● ", "◦ ", "· ", "•"}) {
    if (absl::ConsumePrefix(&line, bullet)) {
      return true;
    }
  }
  return false;
}

bool IsPlainText(const Line& line) { return !ParseTimeLine(line.text) && ClassifyLine(line.text) == LineClass::kText; }

bool StartsLowerCase(absl::string_view text) {
  const absl::string_view first = text.substr(0, LeadingLetterBytes(text));
  return HasLetter(first) && !StartsWithCapital(first);
}

bool EndsWithCredit(absl::string_view text) {
  return text.size() <= kMaxCaptionBytes && !SplitCredit(text).credit.empty();
}

// A paragraph set in lines of one width: three lines or more, all but the last about equally long.
bool IsSetInWidth(const Block& block) {
  size_t widest = 0;
  for (const Line& line : block) {
    widest = std::max(widest, line.text.size());
  }
  if (block.size() < 3 || widest > kMaxWrappedBytes || widest < kMinWrappedBytes) {
    return false;
  }
  return std::all_of(block.begin(), block.end() - 1,
                     [widest](const Line& line) { return line.text.size() * 4 >= widest * 3 && !line.bulleted; });
}

// A caption broken anywhere: short lines without sentence ends, the last of which names the photographer.
bool IsBrokenCaption(const Block& block) {
  if (block.size() < 2 || block.size() > 4 || !EndsWithCredit(block.back().text)) {
    return false;
  }
  return std::all_of(block.begin(), block.end() - 1, [](const Line& line) {
    return line.text.size() <= kMaxWrappedBytes && !EndsAsSentence(line.text) && IsPlainText(line);
  });
}

bool GoesOn(const Line& line, const Line& next) {
  if (next.bulleted || EndsAsSentence(line.text) || !IsPlainText(line) || !IsPlainText(next)) {
    return false;
  }
  return StartsLowerCase(next.text) || (absl::EndsWith(line.text, ",") && next.text.size() <= kMaxWrappedBytes);
}

void Join(Line& line, const Line& next) {
  absl::StrAppend(&line.text, " ", next.text);
  line.source_lines += next.source_lines;
}

// Appends the lines of `block` to `lines`, joining what was broken.
void Unwrap(Block block, std::vector<Line>& lines) {
  const bool join_all = IsSetInWidth(block) || IsBrokenCaption(block);
  for (size_t i = 0; i < block.size(); ++i) {
    if (i > 0 && (join_all || GoesOn(lines.back(), block[i]))) {
      Join(lines.back(), block[i]);
    } else {
      lines.push_back(std::move(block[i]));
    }
  }
}

void Classify(Line& line) {
  line.time = ParseTimeLine(line.text);
  if (line.time.has_value()) {
    line.role = LineRole::kTime;
    return;
  }
  switch (ClassifyLine(line.text)) {
    case LineClass::kText:
      line.role = LineRole::kText;
      line.prose = ReadsAsProse(line.text);
      break;
    case LineClass::kCutFromHere:
      line.role = LineRole::kCut;
      break;
    case LineClass::kDrop:
      line.role = LineRole::kDrop;
      break;
  }
}

}  // namespace

std::vector<Line> ReadLines(absl::string_view text) {
  std::vector<Line> lines;
  Block block;
  size_t block_number = 0;
  const auto end_block = [&] {
    Unwrap(std::exchange(block, {}), lines);
    ++block_number;
  };
  for (const absl::string_view raw : absl::StrSplit(text, '\n')) {
    const std::string folded = text::CollapseWhitespace(raw);
    absl::string_view clean = folded;
    const bool bulleted = StripBullet(clean);
    if (clean.empty()) {
      end_block();
      continue;
    }
    Line line;
    line.text = std::string(clean);
    line.block = block_number;
    line.bulleted = bulleted;
    block.push_back(std::move(line));
  }
  end_block();
  for (Line& line : lines) {
    Classify(line);
  }
  return lines;
}

bool ReadsAsProse(absl::string_view text) {
  const bool long_enough = text.size() >= kLongBytes || (text.size() >= kSentenceBytes && EndsAsSentence(text));
  return long_enough && !EndsWithCredit(text);
}

}  // namespace tintinh::normalizer

#include "services/normalizer/text_dump/title.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "common/text/normal_form.h"
#include "services/normalizer/grammar/byline.h"
#include "services/normalizer/grammar/caption.h"
#include "services/normalizer/grammar/lead.h"
#include "services/normalizer/grammar/words.h"
#include "services/normalizer/text_dump/scene.h"
#include "services/normalizer/text_dump/section.h"

namespace tintinh::normalizer {
namespace {

constexpr size_t kMaxTitleBytes = 400;
constexpr size_t kMaxTitleWords = 45;
constexpr size_t kMaxCandidates = 200;

bool IsCandidate(const Line& line) {
  if (line.role != LineRole::kText || line.bulleted || line.text.size() > kMaxTitleBytes || !HasLetter(line.text)) {
    return false;
  }
  const size_t words = SplitWords(line.text).size();
  return words >= 2 && words <= kMaxTitleWords && !HasDateline(line.text);
}

std::vector<size_t> FindProse(const std::vector<Line>& lines) {
  std::vector<size_t> prose;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (IsProse(lines[i])) {
      prose.push_back(i);
    }
  }
  return prose;
}

struct Range {
  size_t begin = 0;
  size_t end = 0;
};

bool HasHeadlineIn(const std::vector<Line>& lines, Range range) {
  for (size_t i = range.begin; i < range.end; ++i) {
    if (IsCandidate(lines[i]) && ParseSection(lines[i].text).empty() && !IsProse(lines[i])) {
      return true;
    }
  }
  return false;
}

// The lines among which the headline is.
Range TitleRange(const std::vector<Line>& lines, const std::vector<size_t>& prose) {
  if (prose.empty()) {
    return {0, lines.size()};
  }
  const size_t second = prose.size() > 1 ? prose[1] : lines.size();
  const Range below{prose[0] + 1, second};
  const bool lead_first = prose.size() > 1 && LeadRepeats(lines[prose[0]].text, lines[second].text);
  if ((lead_first || HasDateline(lines[prose[0]].text)) && HasHeadlineIn(lines, below) &&
      (lead_first || !HasHeadlineIn(lines, {0, prose[0]}))) {
    return below;
  }
  if (HasHeadlineIn(lines, {0, prose[0]}) || !HasHeadlineIn(lines, below)) {
    return {0, prose[0]};
  }
  return below;
}

bool IsRepeatedBelow(const std::vector<Line>& lines, size_t index) {
  const std::string& title = lines[index].text;
  if (SplitWords(title).size() < 4) {
    return false;
  }
  for (size_t i = index + 1; i < lines.size(); ++i) {
    if (BehindTitle(title, lines[i].text).has_value()) {
      return true;
    }
  }
  return false;
}

// The next line that says something, past furniture.
const Line* NextSpeaking(const std::vector<Line>& lines, size_t index) {
  for (size_t i = index + 1; i < lines.size(); ++i) {
    if (lines[i].role != LineRole::kDrop) {
      return &lines[i];
    }
  }
  return nullptr;
}

int ShapeScore(const Line& line) {
  const size_t words = SplitWords(line.text).size();
  int score = (words >= 5 ? 2 : 0) + (words >= 8 ? 1 : 0);
  score -= EndsAsSentence(line.text) && !absl::EndsWith(line.text, "?") && !absl::EndsWith(line.text, "!") ? 3 : 0;
  score -= SplitCredit(line.text).credit.empty() ? 0 : 6;
  score -= IsSectionName(line.text) ? 6 : ParseSection(line.text).empty() ? 0 : 3;
  const std::optional<Byline> byline = ParseByline(line.text);
  score -= byline.has_value() ? (byline->labelled ? 6 : 3) : 0;
  const std::string folded = text::Fold(line.text);
  const bool names_paper = absl::StartsWith(folded, "bao ") || absl::StartsWith(folded, "cong thong tin") ||
                           absl::StartsWith(folded, "trang thong tin") || absl::StartsWith(folded, "co quan ");
  return score - (names_paper && words <= 12 ? 4 : 0);
}

int PlaceScore(const std::vector<Line>& lines, size_t index) {
  int score = IsRepeatedBelow(lines, index) ? 5 : 0;
  const Line* next = NextSpeaking(lines, index);
  if (next != nullptr && next->role == LineRole::kTime && next->time->label != TimeLabel::kClock) {
    score += 3;
  }
  return score + (next != nullptr && IsProse(*next) ? 1 : 0);
}

// A headline is seldom followed by a longer one: the first good candidate wins against an equal later one, and a
// later one that reads like a caption must be better still.
int Score(const std::vector<Line>& lines, size_t index, bool first) {
  const int scene = !first && SceneScore(lines[index].text) > 0 ? 2 : 0;
  const bool lone = SplitWords(lines[index].text).size() < 4;  // more like a label than a headline
  return ShapeScore(lines[index]) + PlaceScore(lines, index) - scene + (first && !lone ? 2 : 0);
}

}  // namespace

std::optional<size_t> FindTitle(const std::vector<Line>& lines) {
  const Range range = TitleRange(lines, FindProse(lines));
  std::optional<size_t> best;
  int best_score = 0;
  size_t seen = 0;
  for (size_t i = range.begin; i < range.end && seen < kMaxCandidates; ++i) {
    if (!IsCandidate(lines[i])) {
      continue;
    }
    const bool first = !best.has_value() || best_score < 0;
    const int score = Score(lines, i, first);
    if (!best.has_value() || score > best_score) {
      best = i;
      best_score = score;
    }
    ++seen;
  }
  return best;
}

std::optional<absl::string_view> BehindTitle(absl::string_view title, absl::string_view line) {
  if (title.empty() || !absl::ConsumePrefix(&line, title)) {
    return std::nullopt;
  }
  const absl::string_view rest = TrimSeparators(line);
  if (rest.empty()) {
    return rest;
  }
  // Glued text starts a sentence of its own; a longer sentence that merely begins alike goes on in lower case.
  return StartsWithCapital(rest.substr(0, LeadingLetterBytes(rest))) ? std::make_optional(rest) : std::nullopt;
}

}  // namespace tintinh::normalizer

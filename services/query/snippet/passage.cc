#include "services/query/snippet/passage.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"

namespace tintinh::query {
namespace {

constexpr absl::string_view kEllipsis = "…";
// A second mention says little that the first did not; words that stand together say more than words apart.
constexpr double kRepeatShare = 0.1;
constexpr double kPairBonus = 0.5;

struct Span {
  size_t begin, end;
};

// A window over marks that moves forward only.
class Window {
 public:
  double score() const { return score_; }

  void Enter(const Mark& mark) {
    const uint32_t seen = counts_[mark.key]++;
    score_ += Worth(mark, seen);
  }
  void Leave(const Mark& mark) {
    const uint32_t seen = --counts_[mark.key];
    score_ -= Worth(mark, seen);
  }

 private:
  static double Worth(const Mark& mark, uint32_t seen) {
    const double weight = mark.in_pair ? mark.weight * (1 + kPairBonus) : mark.weight;
    return seen == 0 ? weight : weight * kRepeatShare;
  }

  absl::flat_hash_map<absl::string_view, uint32_t> counts_;
  double score_ = 0;
};

struct BestWindow {
  size_t first = 0, last = 0;  // indices of marks, both inclusive
  double score = 0;
};

BestWindow FindBestWindow(const std::vector<Mark>& marks, size_t max_bytes) {
  BestWindow best;
  Window window;
  size_t first = 0;
  for (size_t last = 0; last < marks.size(); ++last) {
    window.Enter(marks[last]);
    while (first < last && marks[last].end - marks[first].begin > max_bytes) window.Leave(marks[first++]);
    if (window.score() > best.score + 1e-9) best = {first, last, window.score()};
  }
  return best;
}

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

// True where a letter may begin: not inside a UTF-8 sequence, not before a combining mark (U+0300 to U+036F).
bool IsLetterBoundary(absl::string_view text, size_t at) {
  if (at == 0 || at >= text.size()) return true;
  if (IsContinuation(text[at])) return false;
  const auto first = static_cast<unsigned char>(text[at]);
  const bool combining =
      first == 0xCCU || (first == 0xCDU && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) <= 0xAFU);
  return !combining;
}

size_t LetterBoundaryAtOrAfter(absl::string_view text, size_t at, size_t limit) {
  while (at < limit && !IsLetterBoundary(text, at)) ++at;
  return at;
}

size_t LetterBoundaryAtOrBefore(absl::string_view text, size_t at, size_t limit) {
  while (at > limit && !IsLetterBoundary(text, at)) --at;
  return at;
}

bool EndsSentence(char c) { return c == '.' || c == '!' || c == '?' || c == ';'; }

// True unless a sentence or the text begins or ends at `at`.
bool CutsSentence(absl::string_view text, size_t at) {
  while (at > 0 && at < text.size() && text[at - 1] == ' ') --at;
  return at > 0 && at < text.size() && !EndsSentence(text[at - 1]);
}

// Begin of a sentence in [from, to], else of a word, else of a letter.
size_t GoodBegin(absl::string_view text, size_t from, size_t to) {
  std::optional<size_t> word;
  for (size_t at = from; at < to; ++at) {
    if (text[at] != ' ') continue;
    if (at > 0 && EndsSentence(text[at - 1])) return at + 1;
    if (!word.has_value()) word = at + 1;
  }
  return word.has_value() ? *word : LetterBoundaryAtOrAfter(text, from, to);
}

// End of a word in [from, to], as late as possible, else of a letter.
size_t GoodEnd(absl::string_view text, size_t from, size_t to) {
  for (size_t at = to; at > from; --at) {
    if (text[at] == ' ') return at;
  }
  return LetterBoundaryAtOrBefore(text, to, from);
}

// Grows `core` to at most `max_bytes`, a third of the room before it and the rest behind.
Span Grow(absl::string_view text, Span core, size_t max_bytes) {
  if (text.size() <= max_bytes) return {0, text.size()};
  const size_t budget = max_bytes - 2 * kEllipsis.size();
  const size_t size = core.end - core.begin;
  const size_t room = budget > size ? budget - size : 0;
  Span span = core;
  const size_t back = std::min(core.begin, std::max(room / 3, room - std::min(room, text.size() - core.end)));
  span.begin = core.begin == back ? 0 : GoodBegin(text, core.begin - back, core.begin);
  const size_t until = std::min(text.size(), std::max(core.end, span.begin + budget));
  span.end = until == text.size() ? until : GoodEnd(text, core.end, until);
  return span;
}

// A single word can be longer than a passage.
Span Shorten(absl::string_view text, Span span, size_t max_bytes) {
  if (span.end - span.begin <= max_bytes) return span;
  const size_t end = span.begin + max_bytes - 2 * kEllipsis.size();
  return {span.begin, LetterBoundaryAtOrBefore(text, end, span.begin)};
}

// Marks that lie wholly inside the span, moved to its begin.
std::vector<Mark> Inside(const std::vector<Mark>& marks, Span span) {
  std::vector<Mark> inside;
  for (const Mark& mark : marks) {
    if (mark.begin < span.begin || mark.end > span.end) continue;
    Mark& moved = inside.emplace_back(mark);
    moved.begin = static_cast<uint32_t>(mark.begin - span.begin);
    moved.end = static_cast<uint32_t>(mark.end - span.begin);
  }
  return inside;
}

}  // namespace

std::vector<v1::Highlight> ToHighlights(absl::string_view text, const std::vector<Mark>& marks) {
  std::vector<v1::Highlight> highlights;
  for (const Mark& mark : marks) {
    const bool joined = !highlights.empty() && mark.in_pair && mark.begin == highlights.back().end() + 1 &&
                        text[highlights.back().end()] == ' ';
    if (!joined) {
      highlights.emplace_back().set_begin(mark.begin);
    }
    highlights.back().set_end(mark.end);
  }
  return highlights;
}

Passage BestPassage(absl::string_view text, const std::vector<Mark>& marks, uint32_t max_bytes) {
  const BestWindow best = FindBestWindow(marks, max_bytes - 2 * kEllipsis.size());
  Span core = {0, 0};
  if (best.score > 0) core = {marks[best.first].begin, marks[best.last].end};
  const Span span = Shorten(text, Grow(text, core, max_bytes), max_bytes);
  const absl::string_view slice = text.substr(span.begin, span.end - span.begin);
  Passage passage;
  passage.score = best.score;
  passage.highlights = ToHighlights(slice, Inside(marks, span));
  if (CutsSentence(text, span.begin)) {
    passage.text = std::string(kEllipsis);
    for (v1::Highlight& highlight : passage.highlights) {
      highlight.set_begin(highlight.begin() + static_cast<uint32_t>(kEllipsis.size()));
      highlight.set_end(highlight.end() + static_cast<uint32_t>(kEllipsis.size()));
    }
  }
  passage.text.append(slice.data(), slice.size());
  if (CutsSentence(text, span.end)) passage.text.append(kEllipsis.data(), kEllipsis.size());
  return passage;
}

}  // namespace tintinh::query

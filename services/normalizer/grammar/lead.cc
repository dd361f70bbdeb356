#include "services/normalizer/grammar/lead.h"

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/hash/hash.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "common/text/normal_form.h"
#include "re2/re2.h"
#include "services/normalizer/grammar/lazy_pattern.h"
#include "services/normalizer/grammar/words.h"

namespace tintinh::normalizer {
namespace {

constexpr size_t kMinLeadBytes = 20;
constexpr size_t kShingle = 6;

const LazyRE2 kBracketed = LazyPattern(R"(\s*\(([^()\d][^()]{0,59})\)\s*(?:([-–—:])\s*)?)");
const LazyRE2 kHost =
    LazyPattern(R"(\s*((?:[\pL\d]+\.)*[\pL\d]{2,16}(?:\.[a-zA-Z]{2,3}){0,3})\s*(?:\s-|\s–|\s—|-|–|—)\s+)");
const LazyRE2 kBareDash = LazyPattern(R"(\s*[-–—]\s*)");

absl::string_view View(re2::StringPiece piece) { return {piece.data(), piece.size()}; }

bool LooksLikeHost(absl::string_view name) {
  const size_t dot = name.find('.');
  return dot != absl::string_view::npos && dot > 0 && dot + 2 < name.size() && SplitWords(name).size() == 1;
}

// What stands in brackets before a lead: a host, an abbreviation, or with a dash behind it a name.
bool IsBracketedSource(absl::string_view name, bool dash) {
  if (LooksLikeHost(name) || (IsAllCapitals(name) && SplitWords(name).size() <= 2)) {
    return true;
  }
  return dash && StartsWithCapital(name) && SplitWords(name).size() <= 5;
}

// "TPO - Sáng nay" names a paper; "HĐND - UBND tỉnh" and "KT - XH" are two halves of one name.
bool IsPlainSource(absl::string_view name, absl::string_view rest) {
  const std::vector<absl::string_view> next = SplitWords(rest.substr(0, 64));
  if (next.empty() || !StartsWithCapital(next[0])) {
    return false;
  }
  const bool second_half = next[0].size() > 1 && IsAllCapitals(next[0]);
  return LooksLikeHost(name) || (IsAllCapitals(name) && !second_half);
}

struct Dateline {
  size_t size = 0;
  absl::string_view source;
};

Dateline FindDateline(absl::string_view lead) {
  const re2::StringPiece whole(lead.data(), lead.size());
  re2::StringPiece rest = whole;
  re2::StringPiece name;
  re2::StringPiece dash;
  if (RE2::Consume(&rest, *kBracketed, &name, &dash) && IsBracketedSource(View(name), !dash.empty())) {
    return {lead.size() - rest.size(), View(name)};
  }
  rest = whole;
  if (RE2::Consume(&rest, *kHost, &name) && IsPlainSource(View(name), View(rest))) {
    return {lead.size() - rest.size(), View(name)};
  }
  rest = whole;
  if (RE2::Consume(&rest, *kBareDash) && StartsWithCapital(View(rest).substr(0, 16))) {
    return {lead.size() - rest.size(), {}};
  }
  return {};
}

bool EatSpaces(absl::string_view& text) {
  const size_t before = text.size();
  text = absl::StripLeadingAsciiWhitespace(text);
  return text.size() != before;
}

absl::string_view StripFinalMarks(absl::string_view text) {
  for (;;) {
    const size_t before = text.size();
    text = absl::StripTrailingAsciiWhitespace(text);
    for (const absl::string_view mark : {".", "…", ":", ";", ","}) {
      if (absl::EndsWith(text, mark)) {
        text.remove_suffix(mark.size());
      }
    }
    if (text.size() == before) {
      return text;
    }
  }
}

// Bytes of `paragraph` that say `lead` letter by letter, case and white space aside; 0 when they differ.
size_t MatchPrefix(absl::string_view lead, absl::string_view paragraph) {
  absl::string_view rest = paragraph;
  while (!lead.empty()) {
    if (EatSpaces(lead)) {
      EatSpaces(rest);
      continue;
    }
    EatSpaces(rest);
    const absl::string_view left = lead.substr(0, LeadingLetterBytes(lead));
    const absl::string_view right = rest.substr(0, LeadingLetterBytes(rest));
    if (left != right && (right.empty() || text::LowerCase(left) != text::LowerCase(right))) {
      return 0;
    }
    lead.remove_prefix(left.size());
    rest.remove_prefix(right.size());
  }
  return paragraph.size() - rest.size();
}

std::vector<size_t> Shingles(absl::string_view text) {
  const std::string folded = text::Fold(text);
  std::vector<size_t> words;
  for (const absl::string_view word : SplitWords(folded)) {
    words.push_back(absl::HashOf(StripFinalMarks(word)));
  }
  std::vector<size_t> shingles;
  for (size_t i = 0; i + kShingle <= words.size(); ++i) {
    shingles.push_back(absl::HashOf(words[i], words[i + 1], words[i + 2], words[i + 3], words[i + 4], words[i + 5]));
  }
  return shingles;
}

// True for a paragraph that is the lead slightly edited: much the same length, 80 % of the lead's shingles.
bool NearlySame(absl::string_view lead, absl::string_view paragraph) {
  if (paragraph.size() > lead.size() + lead.size() / 4 || lead.size() > paragraph.size() + paragraph.size() / 4) {
    return false;
  }
  const std::vector<size_t> wanted = Shingles(lead);
  const std::vector<size_t> present = Shingles(paragraph);
  const absl::flat_hash_set<size_t> set(present.begin(), present.end());
  size_t found = 0;
  for (const size_t shingle : wanted) {
    found += set.contains(shingle) ? 1 : 0;
  }
  return !wanted.empty() && found * 5 >= wanted.size() * 4;
}

// A match must end where a word does.
bool EndsWord(absl::string_view rest) { return rest.empty() || !HasLetter(rest.substr(0, LeadingLetterBytes(rest))); }

struct Repetition {
  bool found = false;
  size_t rest_begin = 0;  // in the paragraph without dateline
};

Repetition FindRepetition(absl::string_view lead, absl::string_view paragraph) {
  const absl::string_view bare = StripFinalMarks(StripDateline(lead));
  if (bare.size() < kMinLeadBytes) {
    return {};
  }
  const size_t matched = MatchPrefix(bare, paragraph);
  if (matched > 0 && EndsWord(paragraph.substr(matched))) {
    return {true, matched};
  }
  return {NearlySame(bare, paragraph), paragraph.size()};
}

absl::string_view StripLeadingMarks(absl::string_view text) {
  for (;;) {
    const size_t before = text.size();
    text = absl::StripLeadingAsciiWhitespace(text);
    for (const absl::string_view mark : {".", "…", ":", ";", ","}) {
      if (absl::StartsWith(text, mark)) {
        text.remove_prefix(mark.size());
      }
    }
    if (text.size() == before) {
      return text;
    }
  }
}

}  // namespace

absl::string_view StripDateline(absl::string_view lead, std::string* source) {
  const Dateline dateline = FindDateline(lead);
  if (source != nullptr && !dateline.source.empty()) {
    *source = std::string(dateline.source);
  }
  return absl::StripAsciiWhitespace(lead.substr(dateline.size));
}

bool HasDateline(absl::string_view lead) { return !FindDateline(lead).source.empty(); }

bool LeadRepeats(absl::string_view lead, absl::string_view paragraph) {
  return FindRepetition(lead, StripDateline(paragraph)).found;
}

std::string RemoveLeadFrom(absl::string_view lead, absl::string_view paragraph) {
  const absl::string_view bare = StripDateline(paragraph);
  const Repetition repetition = FindRepetition(lead, bare);
  if (!repetition.found) {
    return std::string(paragraph);
  }
  return std::string(StripLeadingMarks(bare.substr(repetition.rest_begin)));
}

}  // namespace tintinh::normalizer

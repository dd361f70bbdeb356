#include "common/text/joined_name.h"

#include <algorithm>
#include <cstddef>

#include "common/text/syllable.h"

namespace tintinh::text {
namespace {

constexpr size_t kMaxParts = 6;
constexpr size_t kMaxNameLetters = 24;
constexpr size_t kMaxAbbreviationLetters = 10;

// A quotation mark right before a letter, as in 'A' hay.
bool IsQuoted(const Word& word) {
  return word.gap.closest == '\'' || word.gap.closest == '"' || word.gap.closest == '?';
}

// A space beside the apostrophe is taken for a typing habit only after a single letter: elsewhere it is a quotation.
bool ApostropheLinks(const Word& left, const Word& right) {
  if (!left.IsLetters() || !right.IsLetters()) return false;
  if (right.gap.IsTight('\'')) return true;
  const bool one_space = right.gap.IsLoose('\'') && right.gap.spaces_before + right.gap.spaces_after == 1;
  return one_space && left.letters == 1 && !left.Has(Word::kHasVowel) && !IsQuoted(left);
}

// A piece of an abbreviation: one letter, or letters that make no syllable. Case does not count, since queries are
// typed without.
bool IsAbbreviated(const WordList& list, const Word& word) {
  if (!word.IsLetters() || word.letters > 5) return false;
  return word.letters == 1 || !word.Has(Word::kHasVowel) || !IsVietnameseSyllable(list.Source(word));
}

bool DotLinks(const WordList& list, const Word& left, const Word& right) {
  const bool tight = right.gap.IsTight('.');
  // TP. HCM; behind more letters or fewer, a full stop before a space rather ends a sentence.
  const bool after_space = right.gap.IsLoose('.') && right.gap.spaces_before == 0 && left.letters == 2 &&
                           right.letters > 1 && !left.Has(Word::kHasVowel) && !right.Has(Word::kHasVowel);
  return (tight || after_space) && IsAbbreviated(list, left) && IsAbbreviated(list, right);
}

bool Links(const WordList& list, size_t right) {
  const char mark = list.words[right].gap.mark;
  if (mark == '\'') return ApostropheLinks(list.words[right - 1], list.words[right]);
  return mark == '.' && DotLinks(list, list.words[right - 1], list.words[right]);
}

// REQUIRES: room for all letters of `part`.
void AppendLetters(const WordLetters& part, WordLetters* joined) {
  std::copy_n(part.letters.begin(), part.size, joined->letters.begin() + static_cast<std::ptrdiff_t>(joined->size));
  joined->size += part.size;
  joined->all_flags |= part.all_flags;
}

}  // namespace

size_t JoinedNameEnd(const WordList& list, size_t first) {
  const auto& words = list.words;
  const size_t none = first + 1;
  if (none >= words.size()) return none;
  if (!MayJoin(words[none].gap)) return none;
  const char mark = words[none].gap.mark;
  if (!Links(list, none) || (first > 0 && words[first].gap.mark == mark && Links(list, first))) return none;
  const size_t most = mark == '.' ? kMaxAbbreviationLetters : kMaxNameLetters;
  size_t letters = words[first].letters;
  size_t end = none;
  while (end < words.size() && words[end].gap.mark == mark && Links(list, end)) {
    letters += words[end].letters;
    ++end;
    if (letters > most || end - first > kMaxParts) return none;
  }
  return end;
}

JoinedKeys JoinKeys(const WordList& list, size_t first, size_t end) {
  WordLetters joined;
  for (size_t i = first; i < end; ++i) {
    WordLetters part;
    const absl::string_view source = list.Source(list.words[i]);
    ReadWordLetters(source.data(), source.data() + source.size(), &part);
    RepairEth(&part);
    AppendLetters(part, &joined);
  }
  char key[kMaxKeyBytes];
  JoinedKeys keys;
  keys.exact.assign(key, WriteExactKey(joined, key));
  keys.folded.assign(key, WriteFoldedKey(joined, key));
  return keys;
}

}  // namespace tintinh::text

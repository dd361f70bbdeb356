#include "common/text/identifiers.h"

#include <algorithm>

namespace tintinh::text {
namespace {

// What can begin an identifier: a number (with a letter behind, as in 30a/2008), a word before an @ or a scheme, or the
// words that begin a spelt-out date.
bool MayBegin(const WordList& list, const Word& word) {
  if (word.Has(Word::kHasDigit)) return true;
  if (word.letters < 3 || word.letters > 5) return false;
  const absl::string_view folded = list.Folded(word);
  return folded == "ngay" || folded == "thang" || folded == "mung" || folded == "mong" || folded == "http" ||
         folded == "https" || folded == "www";
}

size_t FindAt(const WordList& list, size_t first, std::vector<Identifier>* found) {
  for (const auto find : {FindWebAddress, FindDocumentId, FindDate, FindDecimal}) {
    const size_t end = find(list, first, found);
    if (end != first) return end;
  }
  return first + 1;
}

}  // namespace

std::vector<Identifier> FindIdentifiers(const WordList& list) {
  std::vector<Identifier> found;
  const auto& words = list.words;
  size_t i = 0;
  while (i < words.size()) {
    const char next_mark = i + 1 < words.size() ? words[i + 1].gap.mark : '\0';
    const bool mail = next_mark == '@' || next_mark == '.' || next_mark == '-' || next_mark == '_';
    i = mail || MayBegin(list, words[i]) ? FindAt(list, i, &found) : i + 1;
  }
  return found;
}

}  // namespace tintinh::text

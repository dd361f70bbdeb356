#include "common/text/identifiers.h"

#include <algorithm>

namespace tintinh::text {
namespace {

// Identifiers of several words begin with a number, before one (ngày 3), or before a sign (an @, a scheme's colon).
bool MayBegin(const Word& word, const Word& next) {
  return ((word.flags | next.flags) & Word::kHasDigit) != 0 || next.gap.mark != 0;
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
  while (i + 1 < words.size()) i = MayBegin(words[i], words[i + 1]) ? FindAt(list, i, &found) : i + 1;
  return found;
}

}  // namespace tintinh::text

// What else the things that a query names are called: the words of an abbreviation and back, other spellings of places,
// and provinces of the other epoch.
#ifndef TINTINH_SERVICES_QUERY_ALIAS_ALIAS_H_
#define TINTINH_SERVICES_QUERY_ALIAS_ALIAS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace tintinh::query {

// A name as keys to look for: its pairs (text::KeyKind::kPair) or, of one syllable, the syllable.
struct NameKeys {
  std::vector<std::string> pairs;  // in their order
  std::string syllable;            // set where there are no pairs
  bool folded = false;             // `syllable` is a folded key: of an abbreviation, not of a word
};

// A province of a query and what it is, or was, part of.
struct ProvinceNames {
  std::string named;                 // in the query
  std::string today;                 // which of the 34 holds it; equal to `named` for one of them
  std::vector<std::string> earlier;  // for one of the 34: the others it was made of
};

struct Aliases {
  std::vector<NameKeys> names;           // each once
  std::vector<ProvinceNames> provinces;  // those that `names` has other names for
};

// One syllable of a text.
struct SyllableKeys {
  absl::string_view exact, folded;
};

inline constexpr size_t kMaxAliases = 8;     // names found for one text; further ones are left out
inline constexpr size_t kMaxAliasPairs = 6;  // of one name

// Aliases of the names in a text, whose syllables are given in their order. `marked`: the text has marks; then words
// and provinces must be spelled with them, abbreviations and spellings of foreign sound need not. The longest name at a
// place counts, and no other in it. What is an everyday word first ("hòa bình", peace) is a province only behind
// "tỉnh". Linear.
Aliases FindAliases(absl::Span<const SyllableKeys> text, bool marked);

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_ALIAS_ALIAS_H_

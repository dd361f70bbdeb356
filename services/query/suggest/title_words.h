// Where a title, or another name, has the words that were typed.
#ifndef TINTINH_SERVICES_QUERY_SUGGEST_TITLE_WORDS_H_
#define TINTINH_SERVICES_QUERY_SUGGEST_TITLE_WORDS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "common/text/words.h"
#include "services/query/suggest/typed_text.h"

namespace tintinh::query {

// A typed word in a title; of one that was not finished, the letters typed.
struct TypedPlace {
  size_t word = 0;              // number in the title
  uint32_t begin = 0, end = 0;  // bytes of the title; no letter is cut
};
using TypedPlaces = std::vector<TypedPlace>;  // one for each word typed, in their order

inline constexpr size_t kMaxWordsBetween = 2;

// The places that lie closest together, of equal ones the first: in the order typed, in one sentence, at most
// `words_between` others between two neighbours. A word without marks stands for any with the same letters; the marks
// of an unfinished word are those of the letters typed, its tone may come later.
std::optional<TypedPlaces> FindInOrder(const text::WordList& title, const TypedText& typed, size_t words_between);

// The first place of each word, in no order.
std::optional<TypedPlaces> FindAnywhere(const text::WordList& title, const TypedText& typed);

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_SUGGEST_TITLE_WORDS_H_

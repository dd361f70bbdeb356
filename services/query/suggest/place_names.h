// Places whose names begin as what was typed.
#ifndef TINTINH_SERVICES_QUERY_SUGGEST_PLACE_NAMES_H_
#define TINTINH_SERVICES_QUERY_SUGGEST_PLACE_NAMES_H_

#include <cstddef>
#include <string>
#include <vector>

#include "services/query/suggest/typed_text.h"

namespace tintinh::query {

struct PlaceName {
  std::string name;    // official, without the unit word
  std::string detail;  // what it is, and where or when: "tỉnh trước 1/7/2025, nay thuộc Phú Thọ"
};

// Provinces of both epochs and districts, provinces of today first, then former ones; of one kind in alphabetical
// order. Without marks, or with those of the name so far; "tỉnh", "huyện" and the like may stand in front. All words
// typed count.
std::vector<PlaceName> PlacesThatBegin(const TypedText& typed, size_t most);

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_SUGGEST_PLACE_NAMES_H_

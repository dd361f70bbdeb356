// Place names in running text.
#ifndef TINTINH_COMMON_PLACES_MENTIONS_H_
#define TINTINH_COMMON_PLACES_MENTIONS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/places/gazetteer.h"
#include "common/places/name_key.h"

namespace tintinh::places {

struct Mention {
  Unit unit = Unit::kNone;  // the unit word before it; kNone for a bare name
  std::string surface;      // the name as the text spells it, white space folded
  NameKey key;
};

// The names in `text` that the gazetteer knows: behind a unit word ("huyện Sông Lô", "TP.Thanh Hóa", "Huyện ủy Sông
// Lô"), names of provinces, districts and communes; behind a comma or "và" after such a name, more of its kind; bare,
// names of provinces and districts that are not part of a longer run of capitalised words. Bare names match with their
// marks; behind a unit word other spellings match too. Linear; at most `limit` mentions.
std::vector<Mention> FindMentions(absl::string_view text, size_t limit);

}  // namespace tintinh::places

#endif  // TINTINH_COMMON_PLACES_MENTIONS_H_

// Words written in parts that are also looked for in one piece: names with an apostrophe (Ia H’Drai, H' Drai, D'Ran)
// and abbreviations with dots (TP.HCM, TP. HCM, T.Ư).
#ifndef TINTINH_COMMON_TEXT_JOINED_NAME_H_
#define TINTINH_COMMON_TEXT_JOINED_NAME_H_

#include <cstddef>
#include <string>

#include "common/text/words.h"

namespace tintinh::text {

// Whether the words on both sides of `gap` may be parts of one name; nearly always false.
inline bool MayJoin(const Gap& gap) { return gap.mark == '\'' || gap.mark == '.'; }

// One past the last word of the joined name that begins at word `first`; `first + 1` where none begins. Reads a bounded
// number of words.
size_t JoinedNameEnd(const WordList& list, size_t first);

// The joined word's keys: "H’Drăi" gives exact "hdrăi", folded "hdrai".
struct JoinedKeys {
  std::string exact;
  std::string folded;
};
JoinedKeys JoinKeys(const WordList& list, size_t first, size_t end);

}  // namespace tintinh::text

#endif  // TINTINH_COMMON_TEXT_JOINED_NAME_H_

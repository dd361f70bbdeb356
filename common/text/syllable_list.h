// The bundled list of Vietnamese syllables, one a line; README.md names its source and licence.
#ifndef TINTINH_COMMON_TEXT_SYLLABLE_LIST_H_
#define TINTINH_COMMON_TEXT_SYLLABLE_LIST_H_

#include "absl/strings/string_view.h"

namespace tintinh::text {

absl::string_view SyllableList();

}  // namespace tintinh::text

#endif  // TINTINH_COMMON_TEXT_SYLLABLE_LIST_H_

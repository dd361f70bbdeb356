// Types Vietnamese as the keys of an input method that nobody switched on.
#ifndef TINTINH_TESTS_QUALITY_TYPING_TYPIST_H_
#define TINTINH_TESTS_QUALITY_TYPING_TYPIST_H_

#include <string>

#include "absl/strings/string_view.h"

namespace tintinh::testing {

enum class InputMethod { kTelex, kVni };

// Where in a word the keys of marks are typed: việt as "vieejt", "vieetj", "vietej".
enum class Habit { kAtTheLetter, kToneLast, kAllLast };

// REQUIRES: `text` is in NFC and lower case.
std::string TypeKeys(absl::string_view text, InputMethod method, Habit habit);

}  // namespace tintinh::testing

#endif  // TINTINH_TESTS_QUALITY_TYPING_TYPIST_H_

// Keys under which spellings of one place name meet.
#ifndef TINTINH_COMMON_PLACES_NAME_KEY_H_
#define TINTINH_COMMON_PLACES_NAME_KEY_H_

#include <string>

#include "absl/strings/string_view.h"

namespace tintinh::places {

struct NameKey {
  // Letters without tone, each word's tone behind it; blanks, hyphens and apostrophes gone: "Hòa Bình" and "Hoà Bình"
  // are "hoa2binh2", "Ia H’Drai" and "Ia H' Drai" are "iahdrai".
  std::string exact;
  // Every mark off, y as i, the spellings of "Đắk" as one: "Đắk Lắk", "Đăk Lăk" and "Daklak" are "daklak".
  std::string folded;

  // Goes on with the next word of the name.
  void Append(absl::string_view word);
};

// The key of a whole name. Any bytes; what is no letter or digit separates words.
NameKey MakeNameKey(absl::string_view name);

}  // namespace tintinh::places

#endif  // TINTINH_COMMON_PLACES_NAME_KEY_H_

// The forms a whole text can be brought into. All take any bytes: an ill-formed UTF-8 sequence becomes U+FFFD. All are
// linear in the size of the text. IsValidUtf8, RepairUtf8 and CollapseWhitespace come with utf8.h.
#ifndef TINTINH_COMMON_TEXT_NORMAL_FORM_H_
#define TINTINH_COMMON_TEXT_NORMAL_FORM_H_

#include <string>

#include "absl/strings/string_view.h"
#include "common/text/utf8.h"

namespace tintinh::text {

// The form in which texts are kept and shown: Unicode NFC, and beyond it
// - a vowel and the shape and tone marks after it become one letter in whatever order the marks were typed, so NFD,
//   windows-1258 and a dot below typed before the hat all give the same letter;
// - eth (ð, Ð) and retroflex d become đ, Đ in words that are otherwise Vietnamese;
// - invisible characters (IsInvisible) are dropped, and so are marks beyond the 30th on one letter.
// Dashes, quotes, apostrophes and spaces stay as typed. Idempotent. Repair legacy encodings (legacy.h) before: dropping
// soft hyphens loses the ư of TCVN3.
std::string NormalForm(absl::string_view utf8);

// The normal form in lower case with every mark off and đ as d: "Ia H’Drăi" gives "ia h’drai". Letters of other Latin
// alphabets lose their marks too; what has no ASCII letter under it stays, in lower case.
std::string Fold(absl::string_view utf8);

// Lower case, nothing else changed.
std::string LowerCase(absl::string_view utf8);

}  // namespace tintinh::text

#endif  // TINTINH_COMMON_TEXT_NORMAL_FORM_H_

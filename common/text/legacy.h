// Repairs texts written for the Vietnamese fonts of the time before Unicode, whose bytes were read as Latin-1.
#ifndef TINTINH_COMMON_TEXT_LEGACY_H_
#define TINTINH_COMMON_TEXT_LEGACY_H_

#include <string>

#include "absl/strings/string_view.h"

namespace tintinh::text {

struct LegacyRepair {
  std::string text;            // the paragraph itself where nothing was repaired
  absl::string_view encoding;  // "", "TCVN3" or "VNI"
};

// Reads `paragraph` in both legacy encodings and takes the reading in which the share of valid syllables among the
// words with marks is higher by more than 0.3 than that of possible ones as typed, if two such words more are valid. A
// rare name between words that are right is therefore none of either. To be asked per paragraph, since pages mix
// encodings, and before NormalForm, which drops the soft hyphen that is ư in TCVN3. TCVN3 wrote capital vowels with
// marks in fonts of their own: they come back in lower case. Any bytes; linear.
LegacyRepair RepairLegacy(absl::string_view paragraph);

}  // namespace tintinh::text

#endif  // TINTINH_COMMON_TEXT_LEGACY_H_

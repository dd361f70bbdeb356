// Fingerprints by which near-duplicates are found.
#ifndef TINTINH_COMMON_TEXT_SIMHASH_H_
#define TINTINH_COMMON_TEXT_SIMHASH_H_

#include <cstdint>

#include "absl/strings/string_view.h"

namespace tintinh::text {

// Charikar's similarity hash (STOC 2002; Manku, Jain, Das Sarma, WWW 2007) over runs of three folded syllables: texts
// that share most of them differ in few of the 64 bits. Punctuation, case, marks and normalisation do not count. 0 for
// fewer than three syllables, and never 0 otherwise. The value is stored: it never changes for a text.
uint64_t Simhash(absl::string_view text);

}  // namespace tintinh::text

#endif  // TINTINH_COMMON_TEXT_SIMHASH_H_

// The beginning of a word as the beginning of keys of the index.
#ifndef TINTINH_SERVICES_QUERY_PARSE_KEY_PREFIX_H_
#define TINTINH_SERVICES_QUERY_PARSE_KEY_PREFIX_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace tintinh::query {

// `identifier` is set where a document number or an address begins, and then alone; else both others are.
struct KeyPrefix {
  std::string exact;   // marks kept but for tones: a key has its tone behind all its letters
  std::string folded;  // without any mark
  std::string identifier;
};

// Nothing for several syllables that are neither the beginning of an identifier ("22-NQ") nor joined by apostrophes
// ("H'Dr").
std::optional<KeyPrefix> ReadKeyPrefix(absl::string_view word);

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_PARSE_KEY_PREFIX_H_

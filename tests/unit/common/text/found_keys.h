// What a recogniser of identifiers finds in a text.
#ifndef TINTINH_TESTS_UNIT_COMMON_TEXT_FOUND_KEYS_H_
#define TINTINH_TESTS_UNIT_COMMON_TEXT_FOUND_KEYS_H_

#include <string>
#include <vector>

#include "common/text/identifiers.h"

namespace tintinh::text {

inline std::vector<std::string> FoundKeys(absl::string_view source) {
  std::vector<std::string> keys;
  const WordList list = ScanWords(source);
  for (const Identifier& identifier : FindIdentifiers(list)) keys.push_back(identifier.key);
  return keys;
}

}  // namespace tintinh::text

#endif  // TINTINH_TESTS_UNIT_COMMON_TEXT_FOUND_KEYS_H_

// Regular expressions compiled at first use.
#ifndef TINTINH_SERVICES_NORMALIZER_GRAMMAR_LAZY_PATTERN_H_
#define TINTINH_SERVICES_NORMALIZER_GRAMMAR_LAZY_PATTERN_H_

#include "re2/re2.h"

namespace tintinh::normalizer {

// A constant needs no constructor at start-up: `const LazyRE2 kYear = LazyPattern(R"(\d{4})");`. Thread-safe.
constexpr LazyRE2 LazyPattern(const char* pattern) { return {pattern, RE2::DefaultOptions, {}, nullptr, {}}; }

}  // namespace tintinh::normalizer

#endif  // TINTINH_SERVICES_NORMALIZER_GRAMMAR_LAZY_PATTERN_H_

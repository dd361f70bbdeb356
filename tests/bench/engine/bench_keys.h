// What documents and words of the benchmark are called in the index.
#ifndef TINTINH_TESTS_BENCH_ENGINE_BENCH_KEYS_H_
#define TINTINH_TESTS_BENCH_ENGINE_BENCH_KEYS_H_

#include <cstdint>
#include <cstdlib>
#include <string>

#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"
#include "common/text/little_endian.h"
#include "common/text/stable_hash.h"

namespace tintinh::bench {

// The article of line `ordinal` of the corpus, counted from 0. Ids order as ordinals do, so that equal scores are
// ordered as in engines that order them by document number.
inline std::string ArticleIdOf(uint64_t ordinal) { return absl::StrFormat("%032x", ordinal); }

// REQUIRES: made by ArticleIdOf.
inline uint64_t OrdinalOf(const std::string& article_id) { return std::strtoull(article_id.c_str(), nullptr, 16); }

// The key of two neighbours in the form text::Analyzer gives pairs, out of their StableHash; of the tokens as they are,
// where the analyzer takes folded syllables.
inline std::string PairKeyOf(uint64_t first, uint64_t second) {
  std::string key(sizeof(uint64_t), '\0');
  text::StoreLittleEndian64(text::HashTogether(first, second), key.data());
  return key;
}
inline std::string PairKeyOf(absl::string_view first, absl::string_view second) {
  return PairKeyOf(text::StableHash(first), text::StableHash(second));
}

}  // namespace tintinh::bench

#endif  // TINTINH_TESTS_BENCH_ENGINE_BENCH_KEYS_H_

// What a reader has typed so far, as words to look for in titles.
#ifndef TINTINH_SERVICES_QUERY_SUGGEST_TYPED_TEXT_H_
#define TINTINH_SERVICES_QUERY_SUGGEST_TYPED_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "tintinh/v1/leaf_query.pb.h"

namespace tintinh::query {

inline constexpr size_t kMaxTypedBytes = 256;
inline constexpr size_t kMaxTypedWords = 8;  // the last ones are looked for
inline constexpr uint32_t kExpansions = 64;  // of the word being typed: the most frequent ones that begin so

struct TypedWord {
  std::string source;  // in normal form
  std::string exact, folded;
  std::string pair;  // with the word before it, where both are complete and stand side by side; else empty
  bool marked = false;
  bool complete = true;  // false: the last word, which may go on
};

struct TypedText {
  std::string head;  // what stands before the words: kept as typed
  std::vector<TypedWord> words;

  bool unfinished() const { return !words.empty() && !words.back().complete; }
};

// Any bytes. The last word is unfinished unless something stands behind it. Empty without letters and digits.
TypedText ReadTyped(absl::string_view typed);

// The last `count` words, what is before them added to the head. REQUIRES: 1 <= count <= typed.words.size().
TypedText LastWords(const TypedText& typed, size_t count);

enum class Closeness {
  kSideBySide,  // complete words stand beside each other in the order typed
  kAnywhere,
};

// Matches titles with all complete words, marked ones with their marks, and one that begins as the unfinished word,
// whatever its marks. REQUIRES: !typed.words.empty().
v1::LeafQuery TitlesWith(const TypedText& typed, Closeness closeness);

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_SUGGEST_TYPED_TEXT_H_

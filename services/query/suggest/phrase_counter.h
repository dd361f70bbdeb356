// How titles go on behind what was typed: the phrases that several of them have.
#ifndef TINTINH_SERVICES_QUERY_SUGGEST_PHRASE_COUNTER_H_
#define TINTINH_SERVICES_QUERY_SUGGEST_PHRASE_COUNTER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/btree_map.h"
#include "common/text/words.h"
#include "services/query/suggest/title_words.h"
#include "services/query/suggest/typed_text.h"

namespace tintinh::query {

struct Phrase {
  std::string text;     // as most titles spell it
  uint32_t titles = 0;  // that have it
};

class PhraseCounter {
 public:
  static constexpr size_t kMaxFurtherWords = 3;  // behind the last word typed

  explicit PhraseCounter(const TypedText& typed) : typed_(typed) {}  // must outlive this

  // `places` as FindInOrder() gives them. Each title once.
  void Add(const text::WordList& title, const TypedPlaces& places);

  // The phrases of most titles first, of equal ones those added first. None is what was typed already, none ends with a
  // grammar word or inside a name; of one that nearly always goes on the same way the longer form alone, of one that
  // goes on in many ways not the rare ones; and none of a single title where several agree on another phrase.
  std::vector<Phrase> Best(size_t most) const;

 private:
  struct Counted {
    uint32_t titles = 0;
    uint32_t order = 0;  // of the first title
    absl::btree_map<std::string, uint32_t> spellings;
  };
  using ByKeys = absl::btree_map<std::string, Counted>;  // exact keys, a blank behind each: extensions follow

  void Count(const text::WordList& title, size_t first, size_t last);
  bool IsTyped(const text::WordList& title, size_t first, size_t last) const;
  bool GoesOn(ByKeys::const_iterator phrase) const;
  static const std::string& SpellingOf(const Counted& counted);

  const TypedText& typed_;
  ByKeys phrases_;
  uint32_t titles_ = 0;
};

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_SUGGEST_PHRASE_COUNTER_H_

#include "services/query/parse/grammar_words.h"

#include <string>

#include "absl/container/flat_hash_set.h"
#include "common/text/analyzer.h"

namespace tintinh::query {
namespace {

constexpr absl::string_view kGrammarWords =
    "gì nào sao ai đâu mấy bao nhiêu thế không phải hay "  // what a question asks with
    "là và của cho với thì mà vì do để nếu khi như cũng "  // copula and conjunctions
    "ở tại trong từ về bởi có được bị đã đang sẽ "         // prepositions, aspect, voice
    "các những này đó";                                    // number and pointing

using Keys = absl::flat_hash_set<std::string>;

Keys KeysOf(text::KeyKind kind) {
  const text::AnalyzedText analyzed = text::Analyzer().Analyze(kGrammarWords);
  Keys keys;
  for (const text::Token& token : analyzed.tokens) {
    if (token.kind == kind) keys.emplace(analyzed.Key(token));
  }
  return keys;
}

}  // namespace

bool IsGrammarWord(absl::string_view exact_key) {
  static const Keys keys = KeysOf(text::KeyKind::kExact);
  return keys.contains(exact_key);
}

bool MayBeGrammarWord(absl::string_view folded_key) {
  static const Keys keys = KeysOf(text::KeyKind::kFolded);
  return keys.contains(folded_key);
}

}  // namespace tintinh::query

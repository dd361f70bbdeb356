#include "services/query/suggest/typed_text.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "common/text/analyzer.h"
#include "common/text/normal_form.h"
#include "common/text/syllable.h"
#include "common/text/words.h"

namespace tintinh::query {
namespace {

// By the position of the first of two words side by side.
absl::flat_hash_map<uint32_t, std::string> PairsOf(absl::string_view text) {
  const text::AnalyzedText analyzed = text::Analyzer().Analyze(text);
  absl::flat_hash_map<uint32_t, std::string> pairs;
  for (const text::Token& token : analyzed.tokens) {
    if (token.kind == text::KeyKind::kPair && token.span == 2) pairs[token.position] = std::string(analyzed.Key(token));
  }
  return pairs;
}

void AddTerm(v1::KeyKind kind, absl::string_view key, v1::BooleanQuery& query) {
  v1::TermQuery& term = *query.add_must()->mutable_term();
  term.set_part(v1::PART_TITLE);
  term.set_kind(kind);
  term.set_key(key.data(), key.size());
}

void SetPrefix(absl::string_view prefix, v1::LeafQuery& query) {
  v1::PrefixQuery& set = *query.mutable_prefix();
  set.set_part(v1::PART_TITLE);
  set.set_kind(v1::KEY_KIND_FOLDED);
  set.set_prefix(prefix.data(), prefix.size());
  set.set_expansions(kExpansions);
}

// "quy" may go on to "quyết" or be spelled as "quỹ" is, whose key is "qui".
void AddUnfinished(const TypedWord& word, v1::BooleanQuery& query) {
  const std::string folded = text::Fold(word.source);
  v1::LeafQuery& added = *query.add_must();
  if (folded == word.folded) return SetPrefix(folded, added);
  SetPrefix(folded, *added.mutable_boolean()->add_should());
  SetPrefix(word.folded, *added.mutable_boolean()->add_should());
}

void AddComplete(const TypedWord& word, Closeness closeness, v1::BooleanQuery& query) {
  const bool paired = closeness == Closeness::kSideBySide && !word.pair.empty();
  if (paired) AddTerm(v1::KEY_KIND_PAIR, word.pair, query);
  if (word.marked) return AddTerm(v1::KEY_KIND_EXACT, word.exact, query);
  if (!paired) AddTerm(v1::KEY_KIND_FOLDED, word.folded, query);
}

}  // namespace

TypedText ReadTyped(absl::string_view typed) {
  const std::string normal = text::NormalForm(typed);
  const text::WordList list = text::ScanWords(normal);
  const absl::flat_hash_map<uint32_t, std::string> pairs = PairsOf(normal);
  TypedText read;
  for (size_t i = 0; i < list.words.size(); ++i) {
    const text::Word& word = list.words[i];
    TypedWord& added = read.words.emplace_back();
    added.source = std::string(list.Source(word));
    added.exact = std::string(list.Exact(word));
    added.folded = std::string(list.Folded(word));
    added.marked = text::HasMark(added.source);
    added.complete = i + 1 < list.words.size() || word.end < normal.size();
    const auto pair = i == 0 ? pairs.end() : pairs.find(list.words[i - 1].position);
    if (pair != pairs.end() && added.complete) added.pair = pair->second;
  }
  if (read.words.empty()) return read;
  read.head = normal.substr(0, list.words.front().begin);
  return LastWords(read, std::min(read.words.size(), kMaxTypedWords));
}

TypedText LastWords(const TypedText& typed, size_t count) {
  TypedText last;
  last.head = typed.head;
  const size_t left_out = typed.words.size() - count;
  for (size_t i = 0; i < left_out; ++i) absl::StrAppend(&last.head, typed.words[i].source, " ");
  last.words.assign(typed.words.begin() + static_cast<std::ptrdiff_t>(left_out), typed.words.end());
  if (left_out > 0) last.words.front().pair.clear();
  return last;
}

v1::LeafQuery TitlesWith(const TypedText& typed, Closeness closeness) {
  v1::LeafQuery query;
  v1::BooleanQuery& boolean = *query.mutable_boolean();
  const bool pairs = closeness == Closeness::kSideBySide;
  for (size_t i = 0; i < typed.words.size(); ++i) {
    const TypedWord& word = typed.words[i];
    const bool in_next = pairs && i + 1 < typed.words.size() && !typed.words[i + 1].pair.empty();
    if (!word.complete) {
      AddUnfinished(word, boolean);
    } else if (word.marked || !word.pair.empty() || !in_next) {
      AddComplete(word, closeness, boolean);
    }
  }
  return query;
}

}  // namespace tintinh::query

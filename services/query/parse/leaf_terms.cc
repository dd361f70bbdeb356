#include "services/query/parse/leaf_terms.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/types/span.h"

namespace tintinh::query {
namespace {

struct WeightedPart {
  v1::Part part;
  float weight;
};

// A title needs no more weight than the text: it is short, so that one occurrence in it scores nearly as much as many
// in the text, and adds to theirs. A caption says a little less.
constexpr WeightedPart kParts[] = {{v1::PART_TITLE, 1.0F}, {v1::PART_BODY, 1.0F}, {v1::PART_CAPTION, 0.8F}};

absl::Span<const WeightedPart> PartsOf(Where where) {
  return absl::MakeConstSpan(kParts).subspan(0, where == Where::kTitle ? 1 : std::size(kParts));
}

constexpr size_t kMaxPhraseKeys = 32;  // of a PhraseQuery

void SetTerm(const WeightedPart& part, v1::KeyKind kind, absl::string_view key, float weight, v1::TermQuery& term) {
  term.set_part(part.part);
  term.set_kind(kind);
  term.set_key(std::string(key));
  term.set_weight(part.weight * weight);
}

using KeySpan = std::pair<size_t, size_t>;  // begin and end in a list of keys

// Overlapping by one key, so that the pieces stay tied to each other.
std::vector<KeySpan> PhrasePieces(size_t size) {
  std::vector<KeySpan> pieces;
  size_t begin = 0;
  do {
    const size_t end = std::min(begin + kMaxPhraseKeys, size);
    pieces.emplace_back(begin, end);
    begin = end - 1;
  } while (pieces.back().second < size);
  return pieces;
}

using PairsByPosition = absl::flat_hash_map<uint32_t, absl::string_view>;

// The pairs of two words side by side. One that covers more positions has a joined form in it, which is no key of a
// phrase.
PairsByPosition PairsOfWords(const std::vector<Key>& pairs) {
  PairsByPosition result;
  for (const Key& pair : pairs) {
    if (pair.span == 2) result.emplace(pair.position, pair.bytes);
  }
  return result;
}

absl::string_view PairOf(const Key& left, const Key& right, const PairsByPosition& pairs) {
  if (left.span != 1 || right.span != 1 || right.position != left.position + 1) return "";
  const auto found = pairs.find(left.position);
  return found == pairs.end() ? "" : found->second;
}

// All neighbours of a phrase or, where no two of them are a pair, none.
void AddPairKeys(absl::Span<const Key* const> keys, const PairsByPosition& pairs, v1::PhraseQuery& phrase) {
  bool any = false;
  for (size_t i = 1; i < keys.size(); ++i) {
    const absl::string_view pair = PairOf(*keys[i - 1], *keys[i], pairs);
    phrase.add_pair_keys(std::string(pair));
    any |= !pair.empty();
  }
  if (!any) phrase.clear_pair_keys();
}

v1::LeafQuery PhrasePiece(const WeightedPart& part, absl::Span<const Key* const> keys, const PairsByPosition& pairs) {
  v1::LeafQuery piece;
  if (keys.size() == 1) {
    SetTerm(part, v1::KEY_KIND_EXACT, keys.front()->bytes, 1, *piece.mutable_term());
    return piece;
  }
  v1::PhraseQuery& phrase = *piece.mutable_phrase();
  phrase.set_part(part.part);
  phrase.set_weight(part.weight);
  for (const Key* key : keys) {
    phrase.add_keys(key->bytes);
    phrase.add_offsets(key->position - keys.front()->position);
  }
  AddPairKeys(keys, pairs, phrase);
  return piece;
}

v1::LeafQuery PhraseInPart(const WeightedPart& part, absl::Span<const Key* const> keys, const PairsByPosition& pairs) {
  const std::vector<KeySpan> pieces = PhrasePieces(keys.size());
  if (pieces.size() == 1) return PhrasePiece(part, keys, pairs);
  v1::LeafQuery all;
  for (const auto& [begin, end] : pieces) {
    *all.mutable_boolean()->add_must() = PhrasePiece(part, keys.subspan(begin, end - begin), pairs);
  }
  return all;
}

void MustHave(const WeightedPart& part, v1::KeyKind kind, const std::vector<const Key*>& keys,
              v1::BooleanQuery& query) {
  absl::flat_hash_set<absl::string_view> seen;
  for (const Key* key : keys) {
    if (!seen.insert(key->bytes).second) continue;
    SetTerm(part, kind, key->bytes, 1, *query.add_must()->mutable_term());
  }
}

}  // namespace

void TermBag::Add(v1::KeyKind kind, absl::string_view key, float weight) {
  float& most = weights_[{static_cast<int>(kind), std::string(key)}];
  most = std::max(most, weight);
}

void TermBag::AddAll(v1::KeyKind kind, const std::vector<Key>& keys, float weight) {
  for (const Key& key : keys) Add(kind, key.bytes, weight);
}

void TermBag::AppendTo(v1::BooleanQuery& query) const {
  for (const auto& [kind_and_key, weight] : weights_) {
    for (const WeightedPart& part : PartsOf(where_)) {
      SetTerm(part, static_cast<v1::KeyKind>(kind_and_key.first), kind_and_key.second, weight,
              *query.add_should()->mutable_term());
    }
  }
}

void AppendPrefix(Where where, v1::KeyKind kind, absl::string_view prefix, float weight, v1::BooleanQuery& query) {
  for (const WeightedPart& part : PartsOf(where)) {
    v1::PrefixQuery& node = *query.add_should()->mutable_prefix();
    node.set_part(part.part);
    node.set_kind(kind);
    node.set_prefix(std::string(prefix));
    node.set_weight(part.weight * weight);
  }
}

v1::LeafQuery TermBag::AnyOf() const {
  v1::LeafQuery query;
  AppendTo(*query.mutable_boolean());
  return query;
}

v1::LeafQuery PhraseInAnyPart(const std::vector<const Key*>& keys, const std::vector<Key>& pairs, Where where) {
  const PairsByPosition pairs_of_words = PairsOfWords(pairs);
  v1::LeafQuery query;
  for (const WeightedPart& part : PartsOf(where)) {
    *query.mutable_boolean()->add_should() = PhraseInPart(part, keys, pairs_of_words);
  }
  return query;
}

v1::LeafQuery NameInOnePart(const NameKeys& name, float weight) {
  if (name.pairs.empty()) {
    TermBag bag;
    bag.Add(name.folded ? v1::KEY_KIND_FOLDED : v1::KEY_KIND_EXACT, name.syllable, weight);
    return bag.AnyOf();
  }
  const float share = weight / static_cast<float>(name.pairs.size());
  v1::LeafQuery query;
  for (const WeightedPart& part : kParts) {
    v1::BooleanQuery& all = *query.mutable_boolean()->add_should()->mutable_boolean();
    for (const std::string& pair : name.pairs) {
      SetTerm(part, v1::KEY_KIND_PAIR, pair, share, *all.add_must()->mutable_term());
    }
  }
  return query;
}

v1::LeafQuery AllInOnePart(const std::vector<const Key*>& folded, const std::vector<const Key*>& pairs, Where where) {
  v1::LeafQuery query;
  for (const WeightedPart& part : PartsOf(where)) {
    v1::BooleanQuery& all = *query.mutable_boolean()->add_should()->mutable_boolean();
    MustHave(part, v1::KEY_KIND_FOLDED, folded, all);
    MustHave(part, v1::KEY_KIND_PAIR, pairs, all);
  }
  return query;
}

}  // namespace tintinh::query

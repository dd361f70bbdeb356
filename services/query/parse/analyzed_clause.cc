#include "services/query/parse/analyzed_clause.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "common/text/syllable.h"
#include "services/query/parse/grammar_words.h"

namespace tintinh::query {
namespace {

constexpr uint32_t kMaxKeyBytes = 256;  // of a TermQuery

std::vector<Key>* KeysOfKind(text::KeyKind kind, AnalyzedClause& clause) {
  switch (kind) {
    case text::KeyKind::kExact:
      return &clause.exact;
    case text::KeyKind::kFolded:
      return &clause.folded;
    case text::KeyKind::kPair:
      return &clause.pairs;
    case text::KeyKind::kIdentifier:
      return &clause.identifiers;
  }
  return nullptr;
}

std::vector<uint32_t> ExactPositions(const text::AnalyzedText& analyzed) {
  std::vector<uint32_t> positions;
  for (const text::Token& token : analyzed.tokens) {
    if (token.kind == text::KeyKind::kExact) positions.push_back(token.position);
  }
  std::sort(positions.begin(), positions.end());
  return positions;
}

void SortAndCut(size_t max_keys, std::vector<Key>& keys) {
  std::stable_sort(keys.begin(), keys.end(), [](const Key& a, const Key& b) { return a.position < b.position; });
  if (keys.size() > max_keys) keys.resize(max_keys);
}

void FindGrammarWords(AnalyzedClause& clause) {
  absl::flat_hash_set<uint32_t> positions;
  for (const Key& key : clause.marked ? clause.exact : clause.folded) {
    const bool grammar = clause.marked ? IsGrammarWord(key.bytes) : MayBeGrammarWord(key.bytes);
    if (grammar && key.span == 1) positions.insert(key.position);
  }
  for (std::vector<Key>* keys : {&clause.exact, &clause.folded}) {
    for (Key& key : *keys) key.grammar = key.span == 1 && positions.contains(key.position);
  }
}

// The keys of at most `max_keys` of each kind that stand before `end_position`.
AnalyzedClause KeysBefore(const Clause& clause, const text::AnalyzedText& analyzed, uint32_t end_position,
                          size_t max_keys) {
  AnalyzedClause result;
  result.occur = clause.occur;
  result.quoted = clause.quoted;
  result.where = clause.where;
  result.marked = text::HasMark(clause.text);
  for (const text::Token& token : analyzed.tokens) {
    if (token.position >= end_position || token.key_size == 0 || token.key_size > kMaxKeyBytes) continue;
    const absl::string_view bytes = analyzed.Key(token);
    std::vector<Key>* keys = KeysOfKind(token.kind, result);
    if (keys != nullptr) keys->push_back({std::string(bytes), token.position, token.begin, token.end, token.span});
  }
  for (std::vector<Key>* keys : {&result.exact, &result.folded, &result.pairs, &result.identifiers}) {
    SortAndCut(max_keys, *keys);
  }
  FindGrammarWords(result);
  return result;
}

}  // namespace

std::vector<AnalyzedClause> AnalyzeClauses(const std::vector<Clause>& clauses, uint32_t max_terms, bool* shortened) {
  std::vector<AnalyzedClause> result;
  const text::Analyzer analyzer;
  uint32_t left = max_terms;
  for (size_t index = 0; index < clauses.size(); ++index) {
    const Clause& clause = clauses[index];
    const text::AnalyzedText analyzed = analyzer.Analyze(clause.text);
    const std::vector<uint32_t> positions = ExactPositions(analyzed);
    if (positions.empty()) continue;
    const uint32_t taken = std::min(left, static_cast<uint32_t>(positions.size()));
    *shortened |= taken < positions.size();
    if (taken == 0) break;
    const uint32_t end = taken < positions.size() ? positions[taken] : std::numeric_limits<uint32_t>::max();
    result.push_back(KeysBefore(clause, analyzed, end, left));
    result.back().index = index;
    if (clause.prefix) result.back().prefix = ReadKeyPrefix(clause.text);
    left -= taken;
  }
  return result;
}

std::vector<const Key*> OnePerPosition(const std::vector<Key>& keys) {
  std::vector<const Key*> result;
  for (const Key& key : keys) {
    if (result.empty() || result.back()->position != key.position) {
      result.push_back(&key);
    } else if (key.end - key.begin < result.back()->end - result.back()->begin) {
      result.back() = &key;
    }
  }
  return result;
}

}  // namespace tintinh::query

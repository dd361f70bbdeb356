#include "tests/bench/engine/query_file.h"

#include <fstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/text/analyzer.h"
#include "tests/bench/engine/bench_keys.h"

namespace tintinh::bench {
namespace {

constexpr uint32_t kHits = 10;

bool IsMode(absl::string_view mode) { return mode == "AND" || mode == "OR" || mode == "PHRASE"; }

v1::LeafQuery TermOf(const std::string& key) {
  v1::LeafQuery query;
  v1::TermQuery& term = *query.mutable_term();
  term.set_part(v1::PART_BODY);
  term.set_kind(v1::KEY_KIND_EXACT);
  term.set_key(key);
  term.set_weight(1);
  return query;
}

v1::LeafQuery PhraseOf(const BenchQuery& query) {
  v1::LeafQuery made;
  v1::PhraseQuery& phrase = *made.mutable_phrase();
  phrase.set_part(v1::PART_BODY);
  phrase.set_weight(1);
  for (size_t i = 0; i < query.keys.size(); ++i) {
    phrase.add_keys(query.keys[i]);
    phrase.add_offsets(static_cast<uint32_t>(i));
  }
  for (const std::string& key : query.pair_keys) phrase.add_pair_keys(key);
  return made;
}

v1::LeafQuery QueryOf(const BenchQuery& query) {
  if (query.keys.size() == 1) return TermOf(query.keys.front());
  if (query.mode == "PHRASE") return PhraseOf(query);
  v1::LeafQuery made;
  v1::BooleanQuery& boolean = *made.mutable_boolean();
  for (const std::string& key : query.keys) {
    *(query.mode == "AND" ? boolean.add_must() : boolean.add_should()) = TermOf(key);
  }
  return made;
}

void TakeWords(BenchQuery& query) {
  query.keys = absl::StrSplit(query.text, ' ');
  for (size_t i = 1; i < query.keys.size(); ++i) {
    query.pair_keys.push_back(PairKeyOf(query.keys[i - 1], query.keys[i]));
  }
}

void Analyze(BenchQuery& query) {
  const text::AnalyzedText analyzed = text::Analyzer().Analyze(query.text);
  query.keys.resize(analyzed.positions);
  query.pair_keys.resize(analyzed.positions - 1);
  for (const text::Token& token : analyzed.tokens) {
    if (token.kind == text::KeyKind::kExact && token.span == 1)
      query.keys[token.position] = std::string(analyzed.Key(token));
    if (token.kind == text::KeyKind::kPair && token.span == 2)
      query.pair_keys[token.position] = std::string(analyzed.Key(token));
  }
}

}  // namespace

absl::StatusOr<std::vector<BenchQuery>> ReadQueries(const std::string& path, Keys keys) {
  std::ifstream file(path);
  if (!file.good()) return absl::NotFoundError(absl::StrCat("cannot read ", path));
  std::vector<BenchQuery> queries;
  for (std::string line; std::getline(file, line);) {
    const std::pair<std::string, std::string> parts = absl::StrSplit(line, absl::MaxSplits('\t', 1));
    if (!IsMode(parts.first) || parts.second.empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat(path, ":", queries.size() + 1, ": not AND, OR or PHRASE and words"));
    }
    BenchQuery& query = queries.emplace_back(BenchQuery{parts.first, parts.second, {}, {}});
    keys == Keys::kAnalyzed ? Analyze(query) : TakeWords(query);
  }
  return queries;
}

v1::LeafSearchRequest RequestOf(const BenchQuery& query, Totals totals) {
  v1::LeafSearchRequest request;
  *request.mutable_query() = QueryOf(query);
  request.set_limit(kHits);
  request.set_exact_total(totals == Totals::kExact);
  return request;
}

}  // namespace tintinh::bench

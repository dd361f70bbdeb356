#include "tests/bench/engine/query_file.h"

#include <fstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tests/bench/engine/bench_keys.h"

namespace tintinh::bench {
namespace {

constexpr uint32_t kHits = 10;

bool IsMode(absl::string_view mode) { return mode == "AND" || mode == "OR" || mode == "PHRASE"; }

v1::LeafQuery TermOf(const std::string& word) {
  v1::LeafQuery query;
  v1::TermQuery& term = *query.mutable_term();
  term.set_part(v1::PART_BODY);
  term.set_kind(v1::KEY_KIND_EXACT);
  term.set_key(word);
  term.set_weight(1);
  return query;
}

v1::LeafQuery PhraseOf(const std::vector<std::string>& words) {
  v1::LeafQuery query;
  v1::PhraseQuery& phrase = *query.mutable_phrase();
  phrase.set_part(v1::PART_BODY);
  phrase.set_weight(1);
  for (size_t i = 0; i < words.size(); ++i) {
    phrase.add_keys(words[i]);
    phrase.add_offsets(static_cast<uint32_t>(i));
    if (i > 0) phrase.add_pair_keys(PairKeyOf(words[i - 1], words[i]));
  }
  return query;
}

v1::LeafQuery QueryOf(const BenchQuery& query) {
  if (query.words.size() == 1) return TermOf(query.words.front());
  if (query.mode == "PHRASE") return PhraseOf(query.words);
  v1::LeafQuery made;
  v1::BooleanQuery& boolean = *made.mutable_boolean();
  for (const std::string& word : query.words) {
    *(query.mode == "AND" ? boolean.add_must() : boolean.add_should()) = TermOf(word);
  }
  return made;
}

}  // namespace

absl::StatusOr<std::vector<BenchQuery>> ReadQueries(const std::string& path) {
  std::ifstream file(path);
  if (!file.good()) return absl::NotFoundError(absl::StrCat("cannot read ", path));
  std::vector<BenchQuery> queries;
  for (std::string line; std::getline(file, line);) {
    const std::pair<std::string, std::string> parts = absl::StrSplit(line, absl::MaxSplits('\t', 1));
    if (!IsMode(parts.first) || parts.second.empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat(path, ":", queries.size() + 1, ": not AND, OR or PHRASE and words"));
    }
    queries.push_back({parts.first, parts.second, absl::StrSplit(parts.second, ' ')});
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

// What a filter and a query say of one article, found out by looking at the article.
#ifndef TINTINH_TESTS_SUPPORT_NAIVE_MATCH_H_
#define TINTINH_TESTS_SUPPORT_NAIVE_MATCH_H_

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "common/text/analyzer.h"
#include "tintinh/v1/indexer_service.pb.h"

namespace tintinh::testing {

struct NaiveDocument {
  using Field = std::pair<int, int>;  // part, kind
  using Term = std::pair<Field, std::string>;

  v1::Article article;
  std::map<Term, std::vector<uint32_t>> positions;
  std::map<Field, uint64_t> lengths;
  std::map<int, uint32_t> next_positions;  // by part
};

inline void AddText(v1::Part part, const std::string& text, NaiveDocument& document) {
  uint32_t& base = document.next_positions[part];
  const text::AnalyzedText analyzed = text::Analyzer().Analyze(text);
  for (const text::Token& token : analyzed.tokens) {
    const NaiveDocument::Field field{part, static_cast<int>(token.kind)};
    const absl::string_view key = analyzed.Key(token);
    document.positions[{field, std::string(key)}].push_back(base + token.position);
    ++document.lengths[field];
  }
  base += analyzed.positions + 32;
}

inline NaiveDocument AnalyzedNaively(const v1::Article& article) {
  NaiveDocument document{article, {}, {}, {}};
  AddText(v1::PART_TITLE, article.title(), document);
  AddText(v1::PART_BODY, article.lead(), document);
  for (const v1::Paragraph& paragraph : article.paragraphs()) AddText(v1::PART_BODY, paragraph.text(), document);
  for (const v1::Photo& photo : article.photos()) AddText(v1::PART_CAPTION, photo.caption(), document);
  return document;
}

inline v1::Article TitleAlone(const v1::Article& article) {
  v1::Article title;
  title.set_article_id(article.article_id());
  title.set_title(article.title());
  return title;
}

inline bool MatchesNaively(const v1::Filter& filter, const v1::Article& article) {
  const auto any = [](const auto& values, const std::set<std::string>& have) {
    return values.empty() ||
           std::any_of(values.begin(), values.end(), [&](const std::string& v) { return have.count(v) > 0; });
  };
  const int64_t seconds = article.published().seconds();
  const auto matches = [&](const v1::Filter& other) { return MatchesNaively(other, article); };
  return std::all_of(filter.also().begin(), filter.also().end(), matches) &&
         std::none_of(filter.without().begin(), filter.without().end(), matches) &&
         any(filter.sites(), {article.site()}) &&
         any(filter.provinces(), {article.place().province(), article.place().province_today()}) &&
         (!filter.has_published_from() || seconds >= filter.published_from().seconds()) &&
         (!filter.has_published_before() || seconds < filter.published_before().seconds());
}

inline std::optional<double> ScoreTerm(const v1::TermQuery& term, const NaiveDocument& document,
                                       const v1::LeafSearchRequest& request) {
  const auto it = document.positions.find({{term.part(), term.kind()}, term.key()});
  if (it == document.positions.end()) return std::nullopt;
  double frequency = 1;
  for (int i = 0; i < request.statistics_terms_size(); ++i) {
    const v1::TermKey& key = request.statistics_terms(i);
    if (key.part() != term.part() || key.kind() != term.kind() || key.key() != term.key()) continue;
    frequency = static_cast<double>(request.statistics().document_frequencies(i));
  }
  const double documents = static_cast<double>(request.statistics().document_count());
  const double rarity = std::log1p(std::max(0.0, documents - frequency + 0.5) / (frequency + 0.5));
  const double count = static_cast<double>(it->second.size());
  return static_cast<double>(term.weight()) * rarity * count * 2.2 / (count + 1.2);
}

// Of as many keys as there are.
inline std::optional<double> ScorePrefix(const v1::PrefixQuery& prefix, const NaiveDocument& document,
                                         const v1::LeafSearchRequest& request) {
  const NaiveDocument::Field field(prefix.part(), prefix.kind());
  std::optional<double> best;
  for (auto at = document.positions.lower_bound({field, prefix.prefix()}); at != document.positions.end(); ++at) {
    if (at->first.first != field || at->first.second.rfind(prefix.prefix(), 0) != 0) break;
    v1::TermQuery term;
    term.set_part(prefix.part());
    term.set_kind(prefix.kind());
    term.set_key(at->first.second);
    term.set_weight(prefix.weight());
    best = std::max(best, ScoreTerm(term, document, request));
  }
  return best;
}

inline std::optional<double> ScorePhrase(const v1::PhraseQuery& phrase, const NaiveDocument& document) {
  const auto positions_of = [&](int i) {
    const auto it = document.positions.find({{phrase.part(), v1::KEY_KIND_EXACT}, phrase.keys(i)});
    return it == document.positions.end() ? std::vector<uint32_t>() : it->second;
  };
  for (const uint32_t first : positions_of(0)) {
    bool all = true;
    for (int i = 1; i < phrase.keys_size() && all; ++i) {
      const std::vector<uint32_t> positions = positions_of(i);
      all = std::find(positions.begin(), positions.end(), first + phrase.offsets(i)) != positions.end();
    }
    if (all) return static_cast<double>(phrase.weight());
  }
  return std::nullopt;
}

// Nothing when the document does not match. BM25 by the statistics of the request.
inline std::optional<double> NaiveScore(const v1::LeafQuery& query, const NaiveDocument& document,
                                        const v1::LeafSearchRequest& request);

inline std::optional<double> ScoreBoolean(const v1::BooleanQuery& query, const NaiveDocument& document,
                                          const v1::LeafSearchRequest& request) {
  double sum = 0;
  for (const v1::LeafQuery& child : query.must_not()) {
    if (NaiveScore(child, document, request).has_value()) return std::nullopt;
  }
  for (const v1::LeafQuery& child : query.must()) {
    const std::optional<double> score = NaiveScore(child, document, request);
    if (!score.has_value()) return std::nullopt;
    sum += *score;
  }
  uint32_t matching = 0;
  for (const v1::LeafQuery& child : query.should()) {
    const std::optional<double> score = NaiveScore(child, document, request);
    if (!score.has_value()) continue;
    sum += *score;
    ++matching;
  }
  uint32_t minimum = query.minimum_should();
  if (minimum == 0 && query.must().empty()) minimum = 1;
  return matching >= minimum ? std::optional<double>(sum) : std::nullopt;
}

inline std::optional<double> NaiveScore(const v1::LeafQuery& query, const NaiveDocument& document,
                                        const v1::LeafSearchRequest& request) {
  switch (query.node_case()) {
    case v1::LeafQuery::kMatchAll:
      return 0;
    case v1::LeafQuery::kTerm:
      return ScoreTerm(query.term(), document, request);
    case v1::LeafQuery::kPhrase:
      return ScorePhrase(query.phrase(), document);
    case v1::LeafQuery::kBoolean:
      return ScoreBoolean(query.boolean(), document, request);
    case v1::LeafQuery::kPrefix:
      return ScorePrefix(query.prefix(), document, request);
    case v1::LeafQuery::NODE_NOT_SET:
      break;
  }
  return std::nullopt;
}

}  // namespace tintinh::testing

#endif  // TINTINH_TESTS_SUPPORT_NAIVE_MATCH_H_

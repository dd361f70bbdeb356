// A search engine of a hundred lines, without an index: what the real one must agree with.
#ifndef TINTINH_TESTS_SUPPORT_NAIVE_INDEX_H_
#define TINTINH_TESTS_SUPPORT_NAIVE_INDEX_H_

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "common/text/analyzer.h"
#include "services/indexer/postings/norm.h"
#include "tests/support/stored_filter.h"
#include "tintinh/disk/v1/indexer.pb.h"
#include "tintinh/v1/indexer_service.pb.h"

namespace tintinh::testing {

class NaiveIndex {
 public:
  using Term = std::tuple<int, int, std::string>;  // part, kind, key

  void Apply(const disk::v1::LogEntry& entry) {
    if (entry.kind() == disk::v1::LOG_ENTRY_KIND_DELETE) {
      articles_.erase(entry.article_id());
      return;
    }
    const auto found = articles_.find(entry.article_id());
    if (found != articles_.end() && found->second.stored.content_hash() == entry.article().content_hash()) return;
    articles_[entry.article_id()] = Analyze(entry.article());
  }

  size_t size() const { return articles_.size(); }
  const disk::v1::StoredArticle* Find(const std::string& id) const {
    const auto found = articles_.find(id);
    return found == articles_.end() ? nullptr : &found->second.stored;
  }

  // Scores by request.statistics, which must cover the query.
  v1::ShardResult Search(const v1::LeafSearchRequest& request) const {
    std::vector<v1::LeafHit> hits;
    for (const auto& [id, article] : articles_) {
      const std::optional<double> score = Score(request.query(), article, request);
      if (!score.has_value() || !Passes(request.filter(), article.stored)) continue;
      v1::LeafHit hit;
      hit.set_article_id(id);
      hit.set_score(request.sort() == v1::SORT_ORDER_RELEVANCE ? *score : 0);
      hit.set_published_us(Published(article.stored));
      hits.push_back(hit);
    }
    v1::ShardResult result;
    result.set_total(hits.size());
    std::sort(hits.begin(), hits.end(),
              [&](const auto& a, const auto& b) { return Key(a, request) < Key(b, request); });
    for (const v1::LeafHit& hit : hits) {
      if (request.has_after() && Key(hit, request) <= KeyOfAfter(request)) continue;
      if (static_cast<uint32_t>(result.hits_size()) < request.limit()) *result.add_hits() = hit;
    }
    return result;
  }

  std::map<std::string, uint64_t> CountSites(const v1::LeafQuery& query, const v1::Filter& filter) const {
    std::map<std::string, uint64_t> counts;
    for (const auto& [id, article] : articles_) {
      if (Score(query, article, {}).has_value() && Passes(filter, article.stored)) ++counts[article.stored.site()];
    }
    return counts;
  }

 private:
  struct Article {
    disk::v1::StoredArticle stored;
    std::map<Term, std::set<uint32_t>> positions;
    std::map<std::pair<int, int>, uint32_t> lengths;
  };

  static void AddText(int part, const std::string& text, uint32_t& base, Article& article) {
    const text::AnalyzedText analyzed = text::Analyzer().Analyze(text);
    uint32_t end = base;
    for (const text::Token& token : analyzed.tokens) {
      const Term term(part, static_cast<int>(token.kind), std::string(analyzed.Key(token)));
      if (article.positions[term].insert(base + token.position).second) {
        ++article.lengths[{part, static_cast<int>(token.kind)}];
      }
      end = std::max(end, base + token.position + 1);
    }
    if (!analyzed.tokens.empty()) base = end + 32;
  }

  static Article Analyze(const disk::v1::StoredArticle& stored) {
    Article article;
    article.stored = stored;
    uint32_t base = 0;
    AddText(v1::PART_TITLE, stored.title(), base, article);
    base = 0;
    AddText(v1::PART_BODY, stored.lead(), base, article);
    for (const auto& paragraph : stored.paragraphs()) AddText(v1::PART_BODY, paragraph.text(), base, article);
    base = 0;
    for (const auto& photo : stored.photos()) AddText(v1::PART_CAPTION, photo.caption(), base, article);
    return article;
  }

  static int64_t Published(const disk::v1::StoredArticle& stored) {
    return stored.has_published_us() ? stored.published_us() : std::numeric_limits<int64_t>::min();
  }

  static double Idf(const Term& term, const v1::LeafSearchRequest& request) {
    double df = 0;
    double n = 0;
    for (int i = 0; i < request.statistics_terms_size(); ++i) {
      const v1::TermKey& key = request.statistics_terms(i);
      if (Term(key.part(), key.kind(), key.key()) != term) continue;
      df = static_cast<double>(request.statistics().document_frequencies(i));
    }
    for (const v1::FieldStatistics& field : request.statistics().fields()) {
      if (field.part() != std::get<0>(term) || field.kind() != std::get<1>(term)) continue;
      n = static_cast<double>(field.document_count());
    }
    return std::log1p((std::max(n, df) - df + 0.5) / (df + 0.5));
  }

  // Contributions are floats, so that those of the index can be compared for equality.
  static double Bm25(float weight, double rarity, size_t freq, int part, int kind, const Article& article,
                     const v1::LeafSearchRequest& request) {
    double average = 1;
    for (const v1::FieldStatistics& field : request.statistics().fields()) {
      if (field.part() != part || field.kind() != kind || field.total_length() == 0) continue;
      average = static_cast<double>(field.total_length()) / static_cast<double>(field.document_count());
    }
    const double length = indexer::LengthOfNorm(indexer::NormOfLength(article.lengths.at({part, kind})));
    const auto penalty = static_cast<float>(1.2 * (1 - 0.75) + 1.2 * 0.75 / average * length);
    const auto factor = static_cast<float>(static_cast<double>(weight) * rarity * (1.2 + 1));
    const auto count = static_cast<float>(freq);
    return static_cast<double>(factor * count / (count + penalty));
  }

  static std::optional<double> Score(const v1::LeafQuery& query, const Article& article,
                                     const v1::LeafSearchRequest& request) {
    if (query.has_term()) {
      const Term term(query.term().part(), query.term().kind(), query.term().key());
      const auto found = article.positions.find(term);
      if (found == article.positions.end()) return std::nullopt;
      return Bm25(query.term().weight(), Idf(term, request), found->second.size(), query.term().part(),
                  query.term().kind(), article, request);
    }
    if (query.has_phrase()) return ScorePhrase(query.phrase(), article, request);
    if (query.has_prefix()) return ScorePrefix(query.prefix(), article, request);
    if (query.has_boolean()) return ScoreBoolean(query.boolean(), article, request);
    return 0.0;
  }

  // Of as many keys as there are.
  static std::optional<double> ScorePrefix(const v1::PrefixQuery& prefix, const Article& article,
                                           const v1::LeafSearchRequest& request) {
    std::optional<double> best;
    for (auto at = article.positions.lower_bound({prefix.part(), prefix.kind(), prefix.prefix()});
         at != article.positions.end(); ++at) {
      const auto& [part, kind, key] = at->first;
      if (part != prefix.part() || kind != prefix.kind() || key.rfind(prefix.prefix(), 0) != 0) break;
      best = std::max(best, std::optional<double>(Bm25(prefix.weight(), Idf(at->first, request), at->second.size(),
                                                       part, kind, article, request)));
    }
    return best;
  }

  static std::optional<double> ScorePhrase(const v1::PhraseQuery& phrase, const Article& article,
                                           const v1::LeafSearchRequest& request) {
    double rarity = 0;
    std::vector<const std::set<uint32_t>*> positions;
    for (const std::string& key : phrase.keys()) {
      const Term term(phrase.part(), v1::KEY_KIND_EXACT, key);
      const auto found = article.positions.find(term);
      if (found == article.positions.end()) return std::nullopt;
      rarity += Idf(term, request);
      positions.push_back(&found->second);
    }
    size_t freq = 0;
    for (const uint32_t start : *positions[0]) {
      bool all = true;
      for (int i = 1; i < phrase.keys_size(); ++i) {
        all = all && positions[static_cast<size_t>(i)]->count(start + phrase.offsets(i)) > 0;
      }
      if (all) ++freq;
    }
    if (freq == 0) return std::nullopt;
    return Bm25(phrase.weight(), rarity, freq, phrase.part(), v1::KEY_KIND_EXACT, article, request);
  }

  static std::optional<double> ScoreBoolean(const v1::BooleanQuery& boolean, const Article& article,
                                            const v1::LeafSearchRequest& request) {
    double sum = 0;
    for (const v1::LeafQuery& child : boolean.must()) {
      const std::optional<double> score = Score(child, article, request);
      if (!score.has_value()) return std::nullopt;
      sum += *score;
    }
    uint32_t matching = 0;
    for (const v1::LeafQuery& child : boolean.should()) {
      const std::optional<double> score = Score(child, article, request);
      if (!score.has_value()) continue;
      sum += *score;
      ++matching;
    }
    for (const v1::LeafQuery& child : boolean.must_not()) {
      if (Score(child, article, request).has_value()) return std::nullopt;
    }
    const uint32_t least = boolean.minimum_should() == 0 && boolean.must().empty() ? 1 : boolean.minimum_should();
    if (matching < least) return std::nullopt;
    return sum;
  }

  // Less is better.
  static std::tuple<int, double, int64_t, std::string> Key(const v1::LeafHit& hit,
                                                           const v1::LeafSearchRequest& request) {
    if (request.sort() == v1::SORT_ORDER_RELEVANCE) return {0, -hit.score(), 0, hit.article_id()};
    const int64_t time = hit.published_us();
    if (time == std::numeric_limits<int64_t>::min()) return {1, 0, 0, hit.article_id()};
    return {0, 0, request.sort() == v1::SORT_ORDER_OLDEST ? time : -time, hit.article_id()};
  }

  static std::tuple<int, double, int64_t, std::string> KeyOfAfter(const v1::LeafSearchRequest& request) {
    v1::LeafHit hit;
    hit.set_score(request.after().score());
    hit.set_published_us(request.after().published_us());
    hit.set_article_id(request.after().article_id());
    return Key(hit, request);
  }

  std::map<std::string, Article> articles_;
};

}  // namespace tintinh::testing

#endif  // TINTINH_TESTS_SUPPORT_NAIVE_INDEX_H_

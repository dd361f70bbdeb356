// An indexer that keeps articles in a list and scores every one of them: the border of IndexerService in its simplest
// form, with failures to order.
#ifndef TINTINH_TESTS_SUPPORT_NAIVE_INDEXER_H_
#define TINTINH_TESTS_SUPPORT_NAIVE_INDEXER_H_

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "common/sync/mutex.h"
#include "common/text/analyzer.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "tintinh/v1/indexer_service.grpc.pb.h"

namespace tintinh::testing {

// One shard. Thread-safe once articles are added.
class NaiveIndexer final : public v1::IndexerService::Service {
 public:
  explicit NaiveIndexer(uint32_t shard) : shard_(shard) {
    grpc::ServerBuilder builder;
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(32 << 20);
    stub_ = v1::IndexerService::NewStub(server_->InProcessChannel(arguments));
  }
  ~NaiveIndexer() override {
    Release();
    server_->Shutdown();
  }

  v1::IndexerService::Stub& stub() { return *stub_; }

  void Add(const v1::Article& article) {
    Document document{article, {}, {}};
    Index(v1::PART_TITLE, article.title(), document);
    Index(v1::PART_BODY, article.lead(), document);
    for (const v1::Paragraph& paragraph : article.paragraphs()) Index(v1::PART_BODY, paragraph.text(), document);
    for (const v1::Photo& photo : article.photos()) Index(v1::PART_CAPTION, photo.caption(), document);
    documents_.push_back(std::move(document));
  }

  // Every later call answers this.
  void FailWith(grpc::Status status) {
    MutexLock lock(mu_);
    failure_ = std::move(status);
  }
  // Every later call for articles answers this.
  void FailArticlesWith(grpc::Status status) {
    MutexLock lock(mu_);
    articles_failure_ = std::move(status);
  }
  // Every later call waits until Release().
  void Hang() {
    MutexLock lock(mu_);
    hanging_ = true;
  }
  void Release() {
    MutexLock lock(mu_);
    hanging_ = false;
    released_.NotifyAll();
  }
  v1::LeafSearchRequest last_search() const {
    MutexLock lock(mu_);
    return last_search_;
  }
  // In one call.
  int most_articles_asked() const {
    MutexLock lock(mu_);
    return most_articles_asked_;
  }

  // In all calls together.
  int articles_asked() const {
    MutexLock lock(mu_);
    return articles_asked_;
  }

  grpc::Status LeafStatistics(grpc::ServerContext*, const v1::LeafStatisticsRequest* request,
                              v1::LeafStatisticsResponse* response) override {
    if (grpc::Status failure = Enter(); !failure.ok()) return failure;
    v1::CollectionStatistics& statistics = *response->mutable_statistics();
    statistics.set_document_count(documents_.size());
    std::map<Field, std::pair<uint64_t, uint64_t>> fields;
    for (const Document& document : documents_) {
      for (const auto& [field, length] : document.lengths) {
        ++fields[field].first;
        fields[field].second += length;
      }
    }
    for (const auto& [field, figures] : fields) {
      v1::FieldStatistics& added = *statistics.add_fields();
      added.set_part(static_cast<v1::Part>(field.first));
      added.set_kind(static_cast<v1::KeyKind>(field.second));
      added.set_document_count(figures.first);
      added.set_total_length(figures.second);
    }
    for (const v1::TermKey& term : request->terms()) {
      const Term key{{term.part(), term.kind()}, term.key()};
      statistics.add_document_frequencies(static_cast<uint64_t>(std::count_if(
          documents_.begin(), documents_.end(), [&](const Document& d) { return d.positions.count(key) > 0; })));
    }
    return grpc::Status::OK;
  }

  grpc::Status LeafSearch(grpc::ServerContext*, const v1::LeafSearchRequest* request,
                          v1::LeafSearchResponse* response) override {
    {
      MutexLock lock(mu_);
      last_search_ = *request;
    }
    if (grpc::Status failure = Enter(); !failure.ok()) return failure;
    v1::ShardResult& result = *response->add_shards();
    result.set_shard(shard_);
    result.set_applied_position(documents_.size());
    result.set_total_is_exact(true);
    std::vector<v1::LeafHit> hits;
    for (const Document& document : documents_) {
      const std::optional<double> score =
          Matches(request->filter(), document.article) ? Score(request->query(), document, *request) : std::nullopt;
      if (score.has_value()) hits.push_back(HitOf(document.article, *score));
    }
    result.set_total(hits.size());
    std::sort(hits.begin(), hits.end(), [&](const auto& a, const auto& b) { return Before(a, b, request->sort()); });
    for (const v1::LeafHit& hit : hits) {
      if (request->has_after() && !Before(AfterAsHit(request->after()), hit, request->sort())) continue;
      if (result.hits_size() < static_cast<int>(request->limit())) *result.add_hits() = hit;
    }
    return grpc::Status::OK;
  }

  grpc::Status LeafFacets(grpc::ServerContext*, const v1::LeafFacetsRequest* request,
                          v1::LeafFacetsResponse* response) override {
    if (grpc::Status failure = Enter(); !failure.ok()) return failure;
    for (const int field : request->fields()) {
      std::map<std::string, uint64_t> counts;
      for (const Document& document : documents_) {
        if (!Matches(request->filter(), document.article) || !Score(request->query(), document, {})) continue;
        if (field == v1::FACET_FIELD_SITE) ++counts[document.article.site()];
        if (field == v1::FACET_FIELD_PROVINCE) ++counts[document.article.place().province()];
      }
      v1::Facet& facet = *response->add_facets();
      facet.set_field(static_cast<v1::FacetField>(field));
      for (const auto& [value, count] : counts) {
        v1::FacetValue& added = *facet.add_values();
        added.set_value(value);
        added.set_count(count);
      }
    }
    return grpc::Status::OK;
  }

  grpc::Status GetArticles(grpc::ServerContext*, const v1::GetArticlesRequest* request,
                           v1::GetArticlesResponse* response) override {
    if (grpc::Status failure = Enter(); !failure.ok()) return failure;
    {
      MutexLock lock(mu_);
      articles_asked_ += request->article_ids_size();
      if (!articles_failure_.ok()) return articles_failure_;
      most_articles_asked_ = std::max(most_articles_asked_, request->article_ids_size());
    }
    for (const std::string& id : request->article_ids()) {
      for (const Document& document : documents_) {
        if (document.article.article_id() == id) *response->add_articles() = document.article;
      }
    }
    return grpc::Status::OK;
  }

  grpc::Status GetIndexStatus(grpc::ServerContext*, const v1::GetIndexStatusRequest*,
                              v1::GetIndexStatusResponse* response) override {
    if (grpc::Status failure = Enter(); !failure.ok()) return failure;
    v1::ShardStatus& status = *response->add_shards();
    status.set_shard(shard_);
    status.set_articles(documents_.size());
    return grpc::Status::OK;
  }

 private:
  using Field = std::pair<int, int>;  // part, kind
  using Term = std::pair<Field, std::string>;
  struct Document {
    v1::Article article;
    std::map<Term, std::vector<uint32_t>> positions;
    std::map<Field, uint64_t> lengths;
  };

  grpc::Status Enter() {
    MutexLock lock(mu_);
    while (hanging_) released_.Wait(mu_);
    return failure_;
  }

  static void Index(v1::Part part, const std::string& text, Document& document) {
    const uint32_t base = static_cast<uint32_t>(document.lengths[{part, v1::KEY_KIND_EXACT}]) * 2;
    const text::AnalyzedText analyzed = text::Analyzer().Analyze(text);
    for (const text::Token& token : analyzed.tokens) {
      const Field field{part, static_cast<int>(token.kind)};
      const absl::string_view key = analyzed.Key(token);
      document.positions[{field, std::string(key)}].push_back(base + token.position);
      ++document.lengths[field];
    }
  }

  static v1::LeafHit HitOf(const v1::Article& article, double score) {
    v1::LeafHit hit;
    hit.set_article_id(article.article_id());
    hit.set_score(score);
    hit.set_published_us(article.has_published() ? article.published().seconds() * 1'000'000
                                                 : std::numeric_limits<int64_t>::min());
    return hit;
  }

  static v1::LeafHit AfterAsHit(const v1::SortKey& after) {
    v1::LeafHit hit;
    hit.set_article_id(after.article_id());
    hit.set_score(after.score());
    hit.set_published_us(after.published_us());
    return hit;
  }

  static bool Before(const v1::LeafHit& a, const v1::LeafHit& b, v1::SortOrder sort) {
    if (sort == v1::SORT_ORDER_RELEVANCE) {
      return std::make_pair(-a.score(), a.article_id()) < std::make_pair(-b.score(), b.article_id());
    }
    const auto rank = [&](const v1::LeafHit& hit) {
      const int64_t time = hit.published_us();
      if (time == std::numeric_limits<int64_t>::min()) return std::numeric_limits<int64_t>::max();
      return sort == v1::SORT_ORDER_NEWEST ? -time : time;
    };
    return std::make_pair(rank(a), a.article_id()) < std::make_pair(rank(b), b.article_id());
  }

  static bool Matches(const v1::Filter& filter, const v1::Article& article) {
    const auto any = [](const auto& values, const std::set<std::string>& have) {
      return values.empty() ||
             std::any_of(values.begin(), values.end(), [&](const std::string& v) { return have.count(v) > 0; });
    };
    const int64_t seconds = article.published().seconds();
    return any(filter.sites(), {article.site()}) &&
           any(filter.provinces(), {article.place().province(), article.place().province_today()}) &&
           (!filter.has_published_from() || seconds >= filter.published_from().seconds()) &&
           (!filter.has_published_before() || seconds < filter.published_before().seconds());
  }

  static std::optional<double> Score(const v1::LeafQuery& query, const Document& document,
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
      case v1::LeafQuery::NODE_NOT_SET:
        break;
    }
    return std::nullopt;
  }

  // BM25 by the statistics of the request.
  static std::optional<double> ScoreTerm(const v1::TermQuery& term, const Document& document,
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

  static std::optional<double> ScorePhrase(const v1::PhraseQuery& phrase, const Document& document) {
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

  static std::optional<double> ScoreBoolean(const v1::BooleanQuery& query, const Document& document,
                                            const v1::LeafSearchRequest& request) {
    double sum = 0;
    for (const v1::LeafQuery& child : query.must_not()) {
      if (Score(child, document, request).has_value()) return std::nullopt;
    }
    for (const v1::LeafQuery& child : query.must()) {
      const std::optional<double> score = Score(child, document, request);
      if (!score.has_value()) return std::nullopt;
      sum += *score;
    }
    uint32_t matching = 0;
    for (const v1::LeafQuery& child : query.should()) {
      const std::optional<double> score = Score(child, document, request);
      if (!score.has_value()) continue;
      sum += *score;
      ++matching;
    }
    uint32_t minimum = query.minimum_should();
    if (minimum == 0 && query.must().empty()) minimum = 1;
    return matching >= minimum ? std::optional<double>(sum) : std::nullopt;
  }

  const uint32_t shard_;
  std::vector<Document> documents_;
  mutable Mutex mu_;
  CondVar released_;
  grpc::Status failure_ ABSL_GUARDED_BY(mu_);
  bool hanging_ ABSL_GUARDED_BY(mu_) = false;
  v1::LeafSearchRequest last_search_ ABSL_GUARDED_BY(mu_);
  int most_articles_asked_ ABSL_GUARDED_BY(mu_) = 0;
  int articles_asked_ ABSL_GUARDED_BY(mu_) = 0;
  grpc::Status articles_failure_ ABSL_GUARDED_BY(mu_);
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<v1::IndexerService::Stub> stub_;
};

}  // namespace tintinh::testing

#endif  // TINTINH_TESTS_SUPPORT_NAIVE_INDEXER_H_

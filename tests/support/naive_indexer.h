// An indexer that keeps articles in a list and scores every one of them: the border of IndexerService in its simplest
// form, with failures to order.
#ifndef TINTINH_TESTS_SUPPORT_NAIVE_INDEXER_H_
#define TINTINH_TESTS_SUPPORT_NAIVE_INDEXER_H_

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/sync/mutex.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "tests/support/naive_match.h"
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

  void Add(const v1::Article& article) { documents_.push_back(AnalyzedNaively(article)); }

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
  // The next `calls` alone wait until Release().
  void HangNext(int calls) {
    MutexLock lock(mu_);
    hanging_next_ = calls;
  }
  void RefuseNext(int calls, grpc::StatusCode code) {
    MutexLock lock(mu_);
    refusing_next_ = {calls, code};
  }
  void Release() {
    MutexLock lock(mu_);
    hanging_ = false;
    let_go_ = true;
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
    std::map<NaiveDocument::Field, std::pair<uint64_t, uint64_t>> fields;
    for (const NaiveDocument& document : documents_) {
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
      const NaiveDocument::Term key{{term.part(), term.kind()}, term.key()};
      statistics.add_document_frequencies(static_cast<uint64_t>(std::count_if(
          documents_.begin(), documents_.end(), [&](const NaiveDocument& d) { return d.positions.count(key) > 0; })));
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
    for (const NaiveDocument& document : documents_) {
      const std::optional<double> score = MatchesNaively(request->filter(), document.article)
                                              ? NaiveScore(request->query(), document, *request)
                                              : std::nullopt;
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
      for (const NaiveDocument& document : documents_) {
        if (!MatchesNaively(request->filter(), document.article) || !NaiveScore(request->query(), document, {}))
          continue;
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
      for (const NaiveDocument& document : documents_) {
        if (document.article.article_id() != id) continue;
        *response->add_articles() = request->titles_only() ? TitleAlone(document.article) : document.article;
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
  grpc::Status Enter() {
    MutexLock lock(mu_);
    const bool held = hanging_next_ > 0;
    if (held) --hanging_next_;
    if (refusing_next_.first > 0 && refusing_next_.first-- > 0) return {refusing_next_.second, "not here"};
    while (hanging_ || (held && !let_go_)) released_.Wait(mu_);
    return failure_;
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

  const uint32_t shard_;
  std::vector<NaiveDocument> documents_;
  mutable Mutex mu_;
  CondVar released_;
  grpc::Status failure_ ABSL_GUARDED_BY(mu_);
  bool hanging_ ABSL_GUARDED_BY(mu_) = false;
  int hanging_next_ ABSL_GUARDED_BY(mu_) = 0;
  std::pair<int, grpc::StatusCode> refusing_next_ ABSL_GUARDED_BY(mu_);
  bool let_go_ ABSL_GUARDED_BY(mu_) = false;
  v1::LeafSearchRequest last_search_ ABSL_GUARDED_BY(mu_);
  int most_articles_asked_ ABSL_GUARDED_BY(mu_) = 0;
  int articles_asked_ ABSL_GUARDED_BY(mu_) = 0;
  grpc::Status articles_failure_ ABSL_GUARDED_BY(mu_);
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<v1::IndexerService::Stub> stub_;
};

}  // namespace tintinh::testing

#endif  // TINTINH_TESTS_SUPPORT_NAIVE_INDEXER_H_

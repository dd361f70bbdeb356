// The services behind the web page, in one process, with answers to order.
#ifndef TINTINH_TESTS_SUPPORT_WEB_PEERS_H_
#define TINTINH_TESTS_SUPPORT_WEB_PEERS_H_

#include <memory>
#include <utility>

#include "common/sync/mutex.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "tintinh/v1/crawler_service.grpc.pb.h"
#include "tintinh/v1/indexer_service.grpc.pb.h"
#include "tintinh/v1/query_service.grpc.pb.h"

namespace tintinh::testing {

// Answers with what was put in and remembers what was asked. Thread-safe.
template <typename Request, typename Response>
class Scripted {
 public:
  void Answer(Response response) {
    MutexLock lock(mu_);
    response_ = std::move(response);
    status_ = grpc::Status::OK;
  }
  void Fail(grpc::StatusCode code, const std::string& message) {
    MutexLock lock(mu_);
    status_ = grpc::Status(code, message);
  }
  Request asked() const {
    MutexLock lock(mu_);
    return asked_;
  }
  grpc::Status Call(const Request& request, Response* response) {
    MutexLock lock(mu_);
    asked_ = request;
    if (status_.ok()) *response = response_;
    return status_;
  }

 private:
  mutable Mutex mu_;
  Request asked_ ABSL_GUARDED_BY(mu_);
  Response response_ ABSL_GUARDED_BY(mu_);
  grpc::Status status_ ABSL_GUARDED_BY(mu_);
};

class WebPeers {
 public:
  WebPeers() {
    grpc::ServerBuilder builder;
    builder.RegisterService(&query_);
    builder.RegisterService(&crawler_);
    builder.RegisterService(&indexer_);
    server_ = builder.BuildAndStart();
    const auto channel = server_->InProcessChannel(grpc::ChannelArguments());
    query_stub_ = v1::QueryService::NewStub(channel);
    crawler_stub_ = v1::CrawlerService::NewStub(channel);
    indexer_stub_ = v1::IndexerService::NewStub(channel);
  }
  ~WebPeers() { server_->Shutdown(); }

  v1::QueryService::StubInterface& query() { return *query_stub_; }
  v1::CrawlerService::StubInterface& crawler() { return *crawler_stub_; }
  v1::IndexerService::StubInterface& indexer() { return *indexer_stub_; }

  Scripted<v1::SearchRequest, v1::SearchResponse> search;
  Scripted<v1::GetArticleRequest, v1::GetArticleResponse> article;
  Scripted<v1::BatchGetArticlesRequest, v1::BatchGetArticlesResponse> articles;
  Scripted<v1::FacetsRequest, v1::FacetsResponse> facets;
  Scripted<v1::SuggestRequest, v1::SuggestResponse> suggest;
  Scripted<v1::SimilarRequest, v1::SimilarResponse> similar;
  Scripted<v1::ExplainHitRequest, v1::ExplainHitResponse> explain;
  Scripted<v1::GetCrawlerStatusRequest, v1::GetCrawlerStatusResponse> crawler_status;
  Scripted<v1::GetIndexStatusRequest, v1::GetIndexStatusResponse> index_status;

 private:
  class Query final : public v1::QueryService::Service {
   public:
    explicit Query(WebPeers& peers) : peers_(peers) {}
    grpc::Status Search(grpc::ServerContext*, const v1::SearchRequest* request, v1::SearchResponse* response) override {
      return peers_.search.Call(*request, response);
    }
    grpc::Status GetArticle(grpc::ServerContext*, const v1::GetArticleRequest* request,
                            v1::GetArticleResponse* response) override {
      return peers_.article.Call(*request, response);
    }
    grpc::Status BatchGetArticles(grpc::ServerContext*, const v1::BatchGetArticlesRequest* request,
                                  v1::BatchGetArticlesResponse* response) override {
      return peers_.articles.Call(*request, response);
    }
    grpc::Status Facets(grpc::ServerContext*, const v1::FacetsRequest* request, v1::FacetsResponse* response) override {
      return peers_.facets.Call(*request, response);
    }
    grpc::Status Suggest(grpc::ServerContext*, const v1::SuggestRequest* request,
                         v1::SuggestResponse* response) override {
      return peers_.suggest.Call(*request, response);
    }
    grpc::Status Similar(grpc::ServerContext*, const v1::SimilarRequest* request,
                         v1::SimilarResponse* response) override {
      return peers_.similar.Call(*request, response);
    }
    grpc::Status ExplainHit(grpc::ServerContext*, const v1::ExplainHitRequest* request,
                            v1::ExplainHitResponse* response) override {
      return peers_.explain.Call(*request, response);
    }

   private:
    WebPeers& peers_;
  };
  class Crawler final : public v1::CrawlerService::Service {
   public:
    explicit Crawler(WebPeers& peers) : peers_(peers) {}
    grpc::Status GetCrawlerStatus(grpc::ServerContext*, const v1::GetCrawlerStatusRequest* request,
                                  v1::GetCrawlerStatusResponse* response) override {
      return peers_.crawler_status.Call(*request, response);
    }

   private:
    WebPeers& peers_;
  };
  class Indexer final : public v1::IndexerService::Service {
   public:
    explicit Indexer(WebPeers& peers) : peers_(peers) {}
    grpc::Status GetIndexStatus(grpc::ServerContext*, const v1::GetIndexStatusRequest* request,
                                v1::GetIndexStatusResponse* response) override {
      return peers_.index_status.Call(*request, response);
    }

   private:
    WebPeers& peers_;
  };

  Query query_{*this};
  Crawler crawler_{*this};
  Indexer indexer_{*this};
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<v1::QueryService::StubInterface> query_stub_;
  std::unique_ptr<v1::CrawlerService::StubInterface> crawler_stub_;
  std::unique_ptr<v1::IndexerService::StubInterface> indexer_stub_;
};

}  // namespace tintinh::testing

#endif  // TINTINH_TESTS_SUPPORT_WEB_PEERS_H_

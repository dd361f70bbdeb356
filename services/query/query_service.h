// gRPC's view of Query: takes the deadline from the call, translates the status. Stateless.
#ifndef TINTINH_SERVICES_QUERY_QUERY_SERVICE_H_
#define TINTINH_SERVICES_QUERY_QUERY_SERVICE_H_

#include "grpcpp/server_context.h"
#include "grpcpp/support/status.h"
#include "services/query/query.h"
#include "tintinh/v1/query_service.grpc.pb.h"

namespace tintinh::query {

// Similar, ExplainHit and Watch are UNIMPLEMENTED.
class QueryService final : public v1::QueryService::Service {
 public:
  // `query` must outlive this.
  explicit QueryService(Query& query) : query_(query) {}

  grpc::Status Search(grpc::ServerContext* context, const v1::SearchRequest* request,
                      v1::SearchResponse* response) override;
  grpc::Status GetArticle(grpc::ServerContext* context, const v1::GetArticleRequest* request,
                          v1::GetArticleResponse* response) override;
  grpc::Status BatchGetArticles(grpc::ServerContext* context, const v1::BatchGetArticlesRequest* request,
                                v1::BatchGetArticlesResponse* response) override;
  grpc::Status Facets(grpc::ServerContext* context, const v1::FacetsRequest* request,
                      v1::FacetsResponse* response) override;
  grpc::Status Suggest(grpc::ServerContext* context, const v1::SuggestRequest* request,
                       v1::SuggestResponse* response) override;
  grpc::Status DidYouMean(grpc::ServerContext* context, const v1::DidYouMeanRequest* request,
                          v1::DidYouMeanResponse* response) override;
  grpc::Status Similar(grpc::ServerContext* context, const v1::SimilarRequest* request,
                       v1::SimilarResponse* response) override;
  grpc::Status ExplainHit(grpc::ServerContext* context, const v1::ExplainHitRequest* request,
                          v1::ExplainHitResponse* response) override;
  grpc::Status Watch(grpc::ServerContext* context, const v1::WatchRequest* request,
                     grpc::ServerWriter<v1::WatchResponse>* writer) override;

 private:
  Query& query_;
};

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_QUERY_SERVICE_H_

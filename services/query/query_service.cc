#include "services/query/query_service.h"

#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/rpc/deadline.h"
#include "common/status/grpc_status.h"

namespace tintinh::query {
namespace {

grpc::Status Unimplemented(absl::string_view method) {
  return grpc::Status(grpc::StatusCode::UNIMPLEMENTED, absl::StrCat("QueryService.", method, " is not offered yet"));
}

}  // namespace

grpc::Status QueryService::Search(grpc::ServerContext* context, const v1::SearchRequest* request,
                                  v1::SearchResponse* response) {
  return Answer(query_.Search(*request, DeadlineOf(*context)), response);
}

grpc::Status QueryService::GetArticle(grpc::ServerContext* context, const v1::GetArticleRequest* request,
                                      v1::GetArticleResponse* response) {
  return Answer(query_.GetArticle(*request, DeadlineOf(*context)), response);
}

grpc::Status QueryService::BatchGetArticles(grpc::ServerContext* context, const v1::BatchGetArticlesRequest* request,
                                            v1::BatchGetArticlesResponse* response) {
  return Answer(query_.BatchGetArticles(*request, DeadlineOf(*context)), response);
}

grpc::Status QueryService::Facets(grpc::ServerContext* context, const v1::FacetsRequest* request,
                                  v1::FacetsResponse* response) {
  return Answer(query_.Facets(*request, DeadlineOf(*context)), response);
}

grpc::Status QueryService::Suggest(grpc::ServerContext* context, const v1::SuggestRequest* request,
                                   v1::SuggestResponse* response) {
  return Answer(query_.Suggest(*request, DeadlineOf(*context)), response);
}

grpc::Status QueryService::DidYouMean(grpc::ServerContext* context, const v1::DidYouMeanRequest* request,
                                      v1::DidYouMeanResponse* response) {
  return Answer(query_.DidYouMean(*request, DeadlineOf(*context)), response);
}

grpc::Status QueryService::Similar(grpc::ServerContext*, const v1::SimilarRequest*, v1::SimilarResponse*) {
  return Unimplemented("Similar");
}

grpc::Status QueryService::ExplainHit(grpc::ServerContext*, const v1::ExplainHitRequest*, v1::ExplainHitResponse*) {
  return Unimplemented("ExplainHit");
}

grpc::Status QueryService::Watch(grpc::ServerContext*, const v1::WatchRequest*,
                                 grpc::ServerWriter<v1::WatchResponse>*) {
  return Unimplemented("Watch");
}

}  // namespace tintinh::query

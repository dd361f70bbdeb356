#include "services/web/api/api.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/rpc/channel.h"
#include "common/status/grpc_status.h"
#include "common/status/status_macros.h"
#include "google/protobuf/message.h"
#include "google/protobuf/util/json_util.h"
#include "grpcpp/client_context.h"
#include "services/web/api/http_status.h"

namespace tintinh::web {
namespace {

constexpr absl::Duration kBesideDeadline = absl::Seconds(1);
constexpr char kJson[] = "application/json; charset=utf-8";

absl::StatusOr<std::string> ToJson(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.always_print_primitive_fields = true;  // clients need not know which zeros and empty lists are left out
  std::string json;
  const auto status = google::protobuf::util::MessageToJsonString(message, &json, options);
  if (status.ok()) return json;
  return absl::InternalError(absl::StrCat("JSON: ", status.ToString()));
}

template <typename Response>
Answer JsonAnswer(const absl::StatusOr<Response>& response) {
  if (!response.ok()) return JsonError(response.status());
  absl::StatusOr<std::string> json = ToJson(*response);
  if (!json.ok()) return JsonError(json.status());
  return {200, kJson, *std::move(json)};
}

// A unary method of a stub, such as &v1::QueryService::StubInterface::Search.
template <typename Stub, typename Request, typename Response>
absl::StatusOr<Response> Call(Stub& stub, grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                              const Request& request, absl::Duration deadline) {
  grpc::ClientContext context;
  PrepareContext(context, deadline);
  Response response;
  const absl::Status status = FromGrpcStatus((stub.*method)(&context, request, &response));
  if (!status.ok()) return status;
  return response;
}

absl::StatusOr<v1::GetArticleResponse> GetResponse(const Peers& peers, absl::string_view article_id) {
  v1::GetArticleRequest request;
  request.set_article_id(std::string(article_id));
  return Call(peers.query, &v1::QueryService::StubInterface::GetArticle, request, peers.query_deadline);
}

}  // namespace

Answer JsonError(const absl::Status& status) { return {HttpStatusOf(status.code()), kJson, ErrorJson(status)}; }

absl::StatusOr<v1::SearchResponse> Api::Find(const v1::SearchRequest& request) const {
  return Call(peers_.query, &v1::QueryService::StubInterface::Search, request, peers_.query_deadline);
}

absl::StatusOr<v1::Article> Api::Get(absl::string_view article_id) const {
  ASSIGN_OR_RETURN(v1::GetArticleResponse response, GetResponse(peers_, article_id));
  return std::move(*response.mutable_article());
}

absl::StatusOr<v1::FacetsResponse> Api::CountFacets(const v1::FacetsRequest& request) const {
  return Call(peers_.query, &v1::QueryService::StubInterface::Facets, request,
              std::min(peers_.query_deadline, kBesideDeadline));
}

absl::StatusOr<v1::SimilarResponse> Api::FindSimilar(const v1::SimilarRequest& request) const {
  return Call(peers_.query, &v1::QueryService::StubInterface::Similar, request,
              std::min(peers_.query_deadline, kBesideDeadline));
}

absl::StatusOr<v1::GetCrawlerStatusResponse> Api::CrawlerStatus() const {
  return Call(peers_.crawler, &v1::CrawlerService::StubInterface::GetCrawlerStatus, v1::GetCrawlerStatusRequest(),
              peers_.crawler_deadline);
}

absl::StatusOr<v1::GetIndexStatusResponse> Api::IndexStatus() const {
  return Call(peers_.indexer, &v1::IndexerService::StubInterface::GetIndexStatus, v1::GetIndexStatusRequest(),
              peers_.indexer_deadline);
}

Answer Api::Search(const Params& params) const {
  const absl::StatusOr<v1::SearchRequest> request = ReadSearchParams(params);
  if (!request.ok()) return JsonError(request.status());
  return JsonAnswer(Find(*request));
}

Answer Api::Article(absl::string_view article_id) const { return JsonAnswer(GetResponse(peers_, article_id)); }

Answer Api::Status() const {
  const Answer crawler = JsonAnswer(CrawlerStatus());
  const Answer indexer = JsonAnswer(IndexStatus());
  const bool any = crawler.status == 200 || indexer.status == 200;
  return {any ? 200 : 503, kJson, absl::StrCat(R"({"crawler":)", crawler.body, R"(,"indexer":)", indexer.body, "}")};
}

}  // namespace tintinh::web

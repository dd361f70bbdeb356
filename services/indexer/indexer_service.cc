#include "services/indexer/indexer_service.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/rpc/deadline.h"
#include "common/status/grpc_status.h"

namespace tintinh::indexer {

grpc::Status IndexerService::PutArticles(grpc::ServerContext* context, const v1::PutArticlesRequest* request,
                                         v1::PutArticlesResponse* response) {
  return Answer(core_.Put(*request, DeadlineOf(*context)), response);
}

grpc::Status IndexerService::DeleteArticle(grpc::ServerContext* context, const v1::DeleteArticleRequest* request,
                                           v1::DeleteArticleResponse* response) {
  return Answer(core_.Delete(*request, DeadlineOf(*context)), response);
}

grpc::Status IndexerService::GetArticles(grpc::ServerContext* context, const v1::GetArticlesRequest* request,
                                         v1::GetArticlesResponse* response) {
  return Answer(core_.Get(*request, DeadlineOf(*context)), response);
}

grpc::Status IndexerService::FindNearDuplicates(grpc::ServerContext* context,
                                                const v1::FindNearDuplicatesRequest* request,
                                                v1::FindNearDuplicatesResponse* response) {
  return Answer(core_.FindNearDuplicates(*request, DeadlineOf(*context)), response);
}

grpc::Status IndexerService::LeafStatistics(grpc::ServerContext* context, const v1::LeafStatisticsRequest* request,
                                            v1::LeafStatisticsResponse* response) {
  return Answer(core_.Statistics(*request, DeadlineOf(*context)), response);
}

grpc::Status IndexerService::LeafSearch(grpc::ServerContext* context, const v1::LeafSearchRequest* request,
                                        v1::LeafSearchResponse* response) {
  return Answer(core_.Search(*request, DeadlineOf(*context)), response);
}

grpc::Status IndexerService::LeafFacets(grpc::ServerContext* context, const v1::LeafFacetsRequest* request,
                                        v1::LeafFacetsResponse* response) {
  return Answer(core_.Facets(*request, DeadlineOf(*context)), response);
}

grpc::Status IndexerService::GetIndexStatus(grpc::ServerContext* context, const v1::GetIndexStatusRequest* /*request*/,
                                            v1::GetIndexStatusResponse* response) {
  return Answer(core_.Status(DeadlineOf(*context)), response);
}

grpc::Status IndexerService::Flush(grpc::ServerContext* context, const v1::FlushRequest* /*request*/,
                                   v1::FlushResponse* /*response*/) {
  return ToGrpcStatus(core_.Flush(DeadlineOf(*context)));
}

grpc::Status IndexerService::CreateCheckpoint(grpc::ServerContext* context, const v1::CreateCheckpointRequest* request,
                                              v1::CreateCheckpointResponse* response) {
  return Answer(core_.CreateCheckpoint(*request, DeadlineOf(*context)), response);
}

grpc::Status IndexerService::StreamCheckpoint(grpc::ServerContext* context, const v1::StreamCheckpointRequest* request,
                                              grpc::ServerWriter<v1::StreamCheckpointResponse>* writer) {
  const auto send = [writer](const v1::StreamCheckpointResponse& message) {
    return writer->Write(message) ? absl::OkStatus() : absl::AbortedError("the receiver is gone");
  };
  return ToGrpcStatus(core_.StreamCheckpoint(*request, send, [context] { return !context->IsCancelled(); }));
}

}  // namespace tintinh::indexer

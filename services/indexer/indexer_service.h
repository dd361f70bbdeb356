// tintinh.v1.IndexerService over an Indexer. Stateless: several may serve one core.
#ifndef TINTINH_SERVICES_INDEXER_INDEXER_SERVICE_H_
#define TINTINH_SERVICES_INDEXER_INDEXER_SERVICE_H_

#include "services/indexer/indexer.h"
#include "tintinh/v1/indexer_service.grpc.pb.h"

namespace tintinh::indexer {

class IndexerService final : public v1::IndexerService::Service {
 public:
  // `core` must outlive the service.
  explicit IndexerService(Indexer& core) : core_(core) {}

  grpc::Status PutArticles(grpc::ServerContext* context, const v1::PutArticlesRequest* request,
                           v1::PutArticlesResponse* response) override;
  grpc::Status DeleteArticle(grpc::ServerContext* context, const v1::DeleteArticleRequest* request,
                             v1::DeleteArticleResponse* response) override;
  grpc::Status GetArticles(grpc::ServerContext* context, const v1::GetArticlesRequest* request,
                           v1::GetArticlesResponse* response) override;
  grpc::Status FindNearDuplicates(grpc::ServerContext* context, const v1::FindNearDuplicatesRequest* request,
                                  v1::FindNearDuplicatesResponse* response) override;
  grpc::Status LeafStatistics(grpc::ServerContext* context, const v1::LeafStatisticsRequest* request,
                              v1::LeafStatisticsResponse* response) override;
  grpc::Status LeafSearch(grpc::ServerContext* context, const v1::LeafSearchRequest* request,
                          v1::LeafSearchResponse* response) override;
  grpc::Status LeafFacets(grpc::ServerContext* context, const v1::LeafFacetsRequest* request,
                          v1::LeafFacetsResponse* response) override;
  grpc::Status GetIndexStatus(grpc::ServerContext* context, const v1::GetIndexStatusRequest* request,
                              v1::GetIndexStatusResponse* response) override;
  grpc::Status Flush(grpc::ServerContext* context, const v1::FlushRequest* request,
                     v1::FlushResponse* response) override;
  grpc::Status CreateCheckpoint(grpc::ServerContext* context, const v1::CreateCheckpointRequest* request,
                                v1::CreateCheckpointResponse* response) override;
  // UNIMPLEMENTED.
  grpc::Status StreamCheckpoint(grpc::ServerContext* context, const v1::StreamCheckpointRequest* request,
                                grpc::ServerWriter<v1::StreamCheckpointResponse>* writer) override;

 private:
  Indexer& core_;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_INDEXER_SERVICE_H_

// tintinh.v1.CrawlerService over a Crawler. Stateless: several may serve one core.
#ifndef TINTINH_SERVICES_CRAWLER_CRAWLER_SERVICE_H_
#define TINTINH_SERVICES_CRAWLER_CRAWLER_SERVICE_H_

#include "grpcpp/server_context.h"
#include "services/crawler/crawler.h"
#include "tintinh/v1/crawler_service.grpc.pb.h"

namespace tintinh::crawler {

class CrawlerService final : public v1::CrawlerService::Service {
 public:
  // `core` must outlive the service.
  explicit CrawlerService(Crawler& core) : core_(core) {}

  grpc::Status ListSites(grpc::ServerContext* context, const v1::ListSitesRequest* request,
                         v1::ListSitesResponse* response) override;
  grpc::Status PauseSite(grpc::ServerContext* context, const v1::PauseSiteRequest* request,
                         v1::PauseSiteResponse* response) override;
  grpc::Status ResumeSite(grpc::ServerContext* context, const v1::ResumeSiteRequest* request,
                          v1::ResumeSiteResponse* response) override;
  grpc::Status CrawlNow(grpc::ServerContext* context, const v1::CrawlNowRequest* request,
                        v1::CrawlNowResponse* response) override;
  grpc::Status SubmitUrl(grpc::ServerContext* context, const v1::SubmitUrlRequest* request,
                         v1::SubmitUrlResponse* response) override;
  grpc::Status ExplainUrl(grpc::ServerContext* context, const v1::ExplainUrlRequest* request,
                          v1::ExplainUrlResponse* response) override;
  grpc::Status GetCrawlerStatus(grpc::ServerContext* context, const v1::GetCrawlerStatusRequest* request,
                                v1::GetCrawlerStatusResponse* response) override;
  // Ends OK when the crawler drains.
  grpc::Status WatchCrawlerStatus(grpc::ServerContext* context, const v1::WatchCrawlerStatusRequest* request,
                                  grpc::ServerWriter<v1::WatchCrawlerStatusResponse>* writer) override;
  grpc::Status HandOverSite(grpc::ServerContext* context, const v1::HandOverSiteRequest* request,
                            grpc::ServerWriter<v1::HandOverSiteResponse>* writer) override;

 private:
  Crawler& core_;
};

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_CRAWLER_SERVICE_H_

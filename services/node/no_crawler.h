// What a node without sites answers in the crawler's place.
#ifndef TINTINH_SERVICES_NODE_NO_CRAWLER_H_
#define TINTINH_SERVICES_NODE_NO_CRAWLER_H_

#include "tintinh/v1/crawler_service.grpc.pb.h"

namespace tintinh::node {

// Every call is FAILED_PRECONDITION and says which setting is empty.
class NoCrawlerService final : public v1::CrawlerService::Service {
 public:
  grpc::Status ListSites(grpc::ServerContext*, const v1::ListSitesRequest*, v1::ListSitesResponse*) override;
  grpc::Status PauseSite(grpc::ServerContext*, const v1::PauseSiteRequest*, v1::PauseSiteResponse*) override;
  grpc::Status ResumeSite(grpc::ServerContext*, const v1::ResumeSiteRequest*, v1::ResumeSiteResponse*) override;
  grpc::Status CrawlNow(grpc::ServerContext*, const v1::CrawlNowRequest*, v1::CrawlNowResponse*) override;
  grpc::Status SubmitUrl(grpc::ServerContext*, const v1::SubmitUrlRequest*, v1::SubmitUrlResponse*) override;
  grpc::Status ExplainUrl(grpc::ServerContext*, const v1::ExplainUrlRequest*, v1::ExplainUrlResponse*) override;
  grpc::Status GetCrawlerStatus(grpc::ServerContext*, const v1::GetCrawlerStatusRequest*,
                                v1::GetCrawlerStatusResponse*) override;
  grpc::Status WatchCrawlerStatus(grpc::ServerContext*, const v1::WatchCrawlerStatusRequest*,
                                  grpc::ServerWriter<v1::WatchCrawlerStatusResponse>*) override;
  grpc::Status HandOverSite(grpc::ServerContext*, const v1::HandOverSiteRequest*,
                            grpc::ServerWriter<v1::HandOverSiteResponse>*) override;
};

}  // namespace tintinh::node

#endif  // TINTINH_SERVICES_NODE_NO_CRAWLER_H_

#include "services/node/no_crawler.h"

namespace tintinh::node {
namespace {

grpc::Status NotHere() {
  return grpc::Status(grpc::StatusCode::FAILED_PRECONDITION, "no crawler runs here: crawler.sites_file is empty");
}

}  // namespace

grpc::Status NoCrawlerService::ListSites(grpc::ServerContext*, const v1::ListSitesRequest*, v1::ListSitesResponse*) {
  return NotHere();
}
grpc::Status NoCrawlerService::PauseSite(grpc::ServerContext*, const v1::PauseSiteRequest*, v1::PauseSiteResponse*) {
  return NotHere();
}
grpc::Status NoCrawlerService::ResumeSite(grpc::ServerContext*, const v1::ResumeSiteRequest*, v1::ResumeSiteResponse*) {
  return NotHere();
}
grpc::Status NoCrawlerService::CrawlNow(grpc::ServerContext*, const v1::CrawlNowRequest*, v1::CrawlNowResponse*) {
  return NotHere();
}
grpc::Status NoCrawlerService::SubmitUrl(grpc::ServerContext*, const v1::SubmitUrlRequest*, v1::SubmitUrlResponse*) {
  return NotHere();
}
grpc::Status NoCrawlerService::ExplainUrl(grpc::ServerContext*, const v1::ExplainUrlRequest*, v1::ExplainUrlResponse*) {
  return NotHere();
}
grpc::Status NoCrawlerService::GetCrawlerStatus(grpc::ServerContext*, const v1::GetCrawlerStatusRequest*,
                                                v1::GetCrawlerStatusResponse*) {
  return NotHere();
}
grpc::Status NoCrawlerService::WatchCrawlerStatus(grpc::ServerContext*, const v1::WatchCrawlerStatusRequest*,
                                                  grpc::ServerWriter<v1::WatchCrawlerStatusResponse>*) {
  return NotHere();
}
grpc::Status NoCrawlerService::HandOverSite(grpc::ServerContext*, const v1::HandOverSiteRequest*,
                                            grpc::ServerWriter<v1::HandOverSiteResponse>*) {
  return NotHere();
}

}  // namespace tintinh::node

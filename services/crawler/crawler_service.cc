#include "services/crawler/crawler_service.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/status/grpc_status.h"
#include "common/time/proto_duration.h"

namespace tintinh::crawler {
namespace {

constexpr absl::Duration kShortestInterval = absl::Milliseconds(100);
constexpr absl::Duration kLongestInterval = absl::Hours(1);
// How soon a cancelled watch is noticed.
constexpr absl::Duration kGlance = absl::Milliseconds(100);

absl::StatusOr<absl::Duration> IntervalOf(const v1::WatchCrawlerStatusRequest& request) {
  if (!request.has_interval()) return absl::Seconds(1);
  const absl::Duration interval = ToDuration(request.interval());
  if (interval >= kShortestInterval && interval <= kLongestInterval) return interval;
  return absl::InvalidArgumentError(
      absl::StrCat("interval ", absl::FormatDuration(interval), " is not between 100ms and 1h"));
}

// False when the client has gone or the crawler drains.
bool Pause(const grpc::ServerContext& context, const Crawler& core, absl::Duration interval) {
  for (absl::Duration left = interval; left > absl::ZeroDuration(); left -= kGlance) {
    if (context.IsCancelled() || !core.Wait(std::min(left, kGlance))) return false;
  }
  return !context.IsCancelled();
}

}  // namespace

grpc::Status CrawlerService::ListSites(grpc::ServerContext* /*context*/, const v1::ListSitesRequest* /*request*/,
                                       v1::ListSitesResponse* response) {
  absl::StatusOr<v1::GetCrawlerStatusResponse> status = core_.Status();
  if (status.ok()) *response->mutable_sites() = std::move(*status->mutable_sites());
  return ToGrpcStatus(status.status());
}

grpc::Status CrawlerService::PauseSite(grpc::ServerContext* /*context*/, const v1::PauseSiteRequest* request,
                                       v1::PauseSiteResponse* /*response*/) {
  return ToGrpcStatus(core_.SetPaused(request->site(), true));
}

grpc::Status CrawlerService::ResumeSite(grpc::ServerContext* /*context*/, const v1::ResumeSiteRequest* request,
                                        v1::ResumeSiteResponse* /*response*/) {
  return ToGrpcStatus(core_.SetPaused(request->site(), false));
}

grpc::Status CrawlerService::CrawlNow(grpc::ServerContext* /*context*/, const v1::CrawlNowRequest* request,
                                      v1::CrawlNowResponse* response) {
  return Answer(core_.CrawlNow(request->site()), response);
}

grpc::Status CrawlerService::SubmitUrl(grpc::ServerContext* /*context*/, const v1::SubmitUrlRequest* request,
                                       v1::SubmitUrlResponse* response) {
  return Answer(core_.Submit(request->url()), response);
}

grpc::Status CrawlerService::ExplainUrl(grpc::ServerContext* /*context*/, const v1::ExplainUrlRequest* request,
                                        v1::ExplainUrlResponse* response) {
  return Answer(core_.Explain(request->url()), response);
}

grpc::Status CrawlerService::GetCrawlerStatus(grpc::ServerContext* /*context*/,
                                              const v1::GetCrawlerStatusRequest* /*request*/,
                                              v1::GetCrawlerStatusResponse* response) {
  return Answer(core_.Status(), response);
}

grpc::Status CrawlerService::WatchCrawlerStatus(grpc::ServerContext* context,
                                                const v1::WatchCrawlerStatusRequest* request,
                                                grpc::ServerWriter<v1::WatchCrawlerStatusResponse>* writer) {
  const absl::StatusOr<absl::Duration> interval = IntervalOf(*request);
  if (!interval.ok()) return ToGrpcStatus(interval.status());
  do {
    absl::StatusOr<v1::GetCrawlerStatusResponse> status = core_.Status();
    if (!status.ok()) return ToGrpcStatus(status.status());
    v1::WatchCrawlerStatusResponse response;
    *response.mutable_status() = *std::move(status);
    if (!writer->Write(response)) break;
  } while (Pause(*context, core_, *interval));
  return grpc::Status::OK;
}

grpc::Status CrawlerService::HandOverSite(grpc::ServerContext* /*context*/, const v1::HandOverSiteRequest* request,
                                          grpc::ServerWriter<v1::HandOverSiteResponse>* writer) {
  return ToGrpcStatus(
      core_.HandOver(*request, [writer](const v1::HandOverSiteResponse& message) { return writer->Write(message); }));
}

}  // namespace tintinh::crawler

#include <memory>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "common/rpc/channel.h"
#include "common/server/run_service.h"
#include "common/status/status_macros.h"
#include "services/crawler/crawler.h"
#include "services/crawler/crawler_options.h"
#include "services/crawler/crawler_service.h"
#include "tintinh/config/v1/services.pb.h"

int main(int argc, char** argv) {
  using namespace tintinh;  // NOLINT(google-build-using-namespace): a program's main
  config::v1::CrawlerConfig config;
  ServiceMain service;
  service.name = "tintinh-crawler";
  service.description = "Fetches the pages of the configured sites and hands them to the normalizer.";
  service.config = &config;
  service.server = [&config]() -> const config::v1::ServerConfig& { return config.server(); };
  service.check = [&config] { return crawler::CheckConfig(config); };
  service.build = [&config](ServiceProcess& process) -> absl::Status {
    ASSIGN_OR_RETURN(crawler::Sites sites, crawler::LoadSites(config));
    ASSIGN_OR_RETURN(crawler::CrawlerOptions options, crawler::OptionsOf(config));
    ASSIGN_OR_RETURN(const std::shared_ptr<grpc::Channel> channel, Connect(config.normalizer()));
    ASSIGN_OR_RETURN(std::vector<crawler::Member> others, crawler::ConnectMembers(config));
    const crawler::CrawlerPeers peers{process.Own(v1::NormalizerService::NewStub(channel)), process.metrics(),
                                      process.clock(), std::move(others)};
    ASSIGN_OR_RETURN(auto opened, crawler::Crawler::Open(std::move(options), std::move(sites), peers));
    crawler::Crawler& core = process.Own(std::move(opened));
    process.OnDrain("crawler", [&core] { core.Drain(); });
    process.Serve(process.Own(std::make_unique<crawler::CrawlerService>(core)));
    return core.Start();
  };
  return RunService(argc, argv, service);
}

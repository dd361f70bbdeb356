#include <memory>

#include "absl/status/status.h"
#include "common/rpc/channel.h"
#include "common/server/run_service.h"
#include "common/status/status_macros.h"
#include "services/web/web_server.h"
#include "tintinh/config/v1/services.pb.h"

int main(int argc, char** argv) {
  using namespace tintinh;  // NOLINT(google-build-using-namespace): a program's main
  config::v1::WebConfig config;
  ServiceMain service;
  service.name = "tintinh-web";
  service.description = "Serves the search page and the JSON API over HTTP.";
  service.config = &config;
  service.server = [&config]() -> const config::v1::ServerConfig& { return config.server(); };
  service.build = [&config](ServiceProcess& process) -> absl::Status {
    ASSIGN_OR_RETURN(const std::shared_ptr<grpc::Channel> query_channel, Connect(config.query()));
    ASSIGN_OR_RETURN(const std::shared_ptr<grpc::Channel> crawler_channel, Connect(config.crawler()));
    ASSIGN_OR_RETURN(const std::shared_ptr<grpc::Channel> indexer_channel, Connect(config.indexer()));
    auto& query = process.Own(v1::QueryService::NewStub(query_channel));
    auto& crawler = process.Own(v1::CrawlerService::NewStub(crawler_channel));
    auto& indexer = process.Own(v1::IndexerService::NewStub(indexer_channel));
    auto& server = process.Own(std::make_unique<web::WebServer>(
        web::WebOptionsOf(config), web::PeersOf(config, query, crawler, indexer), process.metrics()));
    RETURN_IF_ERROR(server.Start());
    process.AddPort("web", server.port());
    process.OnDrain("web", [&server] { server.Drain(); });
    return absl::OkStatus();
  };
  return RunService(argc, argv, service);
}

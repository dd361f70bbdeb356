#include <memory>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "common/rpc/channel.h"
#include "common/server/run_service.h"
#include "common/status/status_macros.h"
#include "services/normalizer/deliver/deliver.h"
#include "services/normalizer/normalizer.h"
#include "services/normalizer/normalizer_service.h"
#include "tintinh/config/v1/services.pb.h"

int main(int argc, char** argv) {
  using namespace tintinh;  // NOLINT(google-build-using-namespace): a program's main
  config::v1::NormalizerConfig config;
  ServiceMain service;
  service.name = "tintinh-normalizer";
  service.description = "Turns pages into articles and hands them to the indexer.";
  service.config = &config;
  service.server = [&config]() -> const config::v1::ServerConfig& { return config.server(); };
  service.build = [&config](ServiceProcess& process) -> absl::Status {
    std::vector<config::v1::PeerConfig> peers(config.indexers().begin(), config.indexers().end());
    if (peers.empty()) peers.push_back(config.indexer());
    std::vector<v1::IndexerService::StubInterface*> indexers;
    for (const config::v1::PeerConfig& peer : peers) {
      ASSIGN_OR_RETURN(const std::shared_ptr<grpc::Channel> channel, Connect(peer));
      indexers.push_back(&process.Own(v1::IndexerService::NewStub(channel)));
    }
    auto& core = process.Own(std::make_unique<normalizer::Normalizer>(normalizer::LimitsOf(config)));
    auto& delivery = process.Own(std::make_unique<normalizer::Delivery>(
        std::move(indexers), normalizer::DeliveryOptionsOf(config), process.clock()));
    process.Serve(process.Own(std::make_unique<normalizer::NormalizerService>(
        core, delivery, config.max_in_flight_pages(), process.metrics())));
    return absl::OkStatus();
  };
  return RunService(argc, argv, service);
}

#include <memory>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "common/rpc/channel.h"
#include "common/server/run_service.h"
#include "common/status/status_macros.h"
#include "services/query/query.h"
#include "services/query/query_service.h"
#include "tintinh/config/v1/services.pb.h"

int main(int argc, char** argv) {
  using namespace tintinh;  // NOLINT(google-build-using-namespace): a program's main
  config::v1::QueryConfig config;
  ServiceMain service;
  service.name = "tintinh-query";
  service.description = "Answers searches over all indexers.";
  service.config = &config;
  service.server = [&config]() -> const config::v1::ServerConfig& { return config.server(); };
  service.check = [&config] {
    return config.indexers().empty() ? absl::InvalidArgumentError("indexers: is empty, at least one is needed")
                                     : absl::OkStatus();
  };
  service.build = [&config](ServiceProcess& process) -> absl::Status {
    std::vector<query::IndexerStub*> indexers;
    for (const config::v1::PeerConfig& peer : config.indexers()) {
      ASSIGN_OR_RETURN(const std::shared_ptr<grpc::Channel> channel, Connect(peer));
      indexers.push_back(&process.Own(v1::IndexerService::NewStub(channel)));
    }
    auto& core = process.Own(std::make_unique<query::Query>(query::QueryOptionsOf(config), std::move(indexers),
                                                            process.clock(), process.metrics()));
    process.Serve(process.Own(std::make_unique<query::QueryService>(core)));
    return absl::OkStatus();
  };
  return RunService(argc, argv, service);
}

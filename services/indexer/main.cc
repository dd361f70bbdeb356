#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "common/server/run_service.h"
#include "common/status/status_macros.h"
#include "services/indexer/indexer.h"
#include "services/indexer/indexer_service.h"
#include "services/indexer/layout/data_layout.h"
#include "tintinh/config/v1/services.pb.h"

int main(int argc, char** argv) {
  using namespace tintinh;  // NOLINT(google-build-using-namespace): a program's main
  config::v1::IndexerConfig config;
  ServiceMain service;
  service.name = "tintinh-indexer";
  service.description = "Keeps articles in durable logs and searchable shards.";
  service.config = &config;
  service.server = [&config]() -> const config::v1::ServerConfig& { return config.server(); };
  service.check = [&config] { return indexer::LayoutOf(config).status(); };
  service.build = [&config](ServiceProcess& process) -> absl::Status {
    ASSIGN_OR_RETURN(std::unique_ptr<indexer::Indexer> opened,
                     indexer::Indexer::Open(config, process.clock(), process.metrics()));
    indexer::Indexer& core = process.Own(std::move(opened));
    RETURN_IF_ERROR(core.Start());
    process.OnDrain("indexer", [&core] { core.Drain().IgnoreError(); });  // it logs its failure
    process.Serve(process.Own(std::make_unique<indexer::IndexerService>(core)));
    return absl::OkStatus();
  };
  return RunService(argc, argv, service);
}

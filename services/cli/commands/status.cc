#include <iostream>

#include "CLI/CLI.hpp"
#include "common/status/status_macros.h"
#include "services/cli/call.h"
#include "services/cli/commands/commands.h"
#include "services/cli/context.h"
#include "services/cli/json_output.h"
#include "tintinh/v1/indexer_service.grpc.pb.h"

namespace tintinh::cli {
namespace {

void PrintShard(const v1::ShardStatus& shard) {
  std::cout << "shard " << shard.shard() << ": " << shard.articles() << " articles, " << shard.segments()
            << " segments, " << shard.memory_segment_bytes() << " bytes in memory, " << shard.disk_bytes()
            << " bytes on disk, applied " << shard.applied_position() << " of " << shard.log_last_position()
            << ", digest " << shard.digest() << "\n";
}

absl::Status Status(const Context& context) {
  ASSIGN_OR_RETURN(const v1::GetIndexStatusResponse response,
                   Call<v1::IndexerService>(context, &v1::IndexerService::Stub::GetIndexStatus, {}));
  if (context.json) {
    std::cout << ProtoLine(response) << "\n";
    return absl::OkStatus();
  }
  for (const v1::ShardStatus& shard : response.shards()) PrintShard(shard);
  std::cout << "analyzer version " << response.analyzer_version() << ", format version " << response.format_version()
            << "\n";
  return absl::OkStatus();
}

}  // namespace

void AddStatus(CLI::App& app, const Run& run) {
  app.add_subcommand("status", "figures per shard")->callback([run] { run(Status); });
}

}  // namespace tintinh::cli

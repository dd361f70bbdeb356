// What the processes of an installation say of themselves at one moment.
#ifndef TINTINH_SERVICES_CLI_TOP_SNAPSHOT_H_
#define TINTINH_SERVICES_CLI_TOP_SNAPSHOT_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "services/cli/top/processes.h"
#include "tintinh/v1/crawler_service.pb.h"
#include "tintinh/v1/indexer_service.pb.h"

namespace tintinh::cli {

struct ProcessState {
  Process process;
  bool serving = false;
  std::string trouble;                  // why it is not serving, for a person
  std::vector<v1::ShardStatus> shards;  // of an indexer
  std::optional<v1::GetCrawlerStatusResponse> crawler;
};

struct Snapshot {
  absl::Time taken;
  std::vector<ProcessState> processes;
};

// Asks all at the same time, each call for at most `timeout`. `ca`: as PeerConfig's.
Snapshot TakeSnapshot(const std::vector<Process>& processes, const std::string& ca, absl::Duration timeout);

}  // namespace tintinh::cli

#endif  // TINTINH_SERVICES_CLI_TOP_SNAPSHOT_H_

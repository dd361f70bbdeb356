// Copies the shards that a new replica does not have from replicas that do.
#ifndef TINTINH_SERVICES_INDEXER_CHECKPOINT_BOOTSTRAP_H_
#define TINTINH_SERVICES_INDEXER_CHECKPOINT_BOOTSTRAP_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "grpcpp/channel.h"

namespace tintinh::indexer {

struct BootstrapPlan {
  std::string data_directory;                   // prepared: its LAYOUT is there
  uint32_t shards = 1;                          // of the index
  absl::Duration patience = absl::Seconds(10);  // for somebody who answers
  absl::Duration pause = absl::Seconds(1);      // after a stream that broke
  std::vector<uint32_t> held = {};              // which of the shards shall be there
};

// Each missing shard appears whole, under its final name, or not at all; what arrived of one before a break or a kill
// is not fetched again. Shards that are there are left alone. UNAVAILABLE: nobody answers, or streams break again and
// again without progress; FAILED_PRECONDITION: the peer's index has another number of shards; DATA_LOSS: what it sends
// does not fit; RESOURCE_EXHAUSTED: no room on the disk.
// `peer` keeps to one replica while that answers (ConnectToOne): the copies of another begin anew.
absl::Status FetchMissingShards(const BootstrapPlan& plan, const std::shared_ptr<grpc::Channel>& peer);

// What is left of copies that were given up.
void RemoveUnfinished(const BootstrapPlan& plan);

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_CHECKPOINT_BOOTSTRAP_H_

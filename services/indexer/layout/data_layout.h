// Where things are below the indexer's data directory, and what was fixed when it was made:
//   LAYOUT              format version, shard count, which log the positions are of, which shards are here
//   shard-000 …         one database per shard
//   checkpoints/NAME/   a consistent copy, itself a data directory
//   streams/            copies being streamed to replicas; none outlives its process
//   shard-000.incoming  a shard being copied from a replica, not whole yet
#ifndef TINTINH_SERVICES_INDEXER_LAYOUT_DATA_LAYOUT_H_
#define TINTINH_SERVICES_INDEXER_LAYOUT_DATA_LAYOUT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tintinh/config/v1/services.pb.h"

namespace tintinh::indexer {

std::string ShardDirectory(absl::string_view data_directory, uint32_t shard);
std::string CheckpointDirectory(absl::string_view data_directory, absl::string_view name);

std::string StreamDirectory(absl::string_view data_directory);

struct DataLayout {
  uint32_t shards = 1;
  std::string log = "embedded";     // or "kafka TOPIC": one line
  std::vector<uint32_t> held = {};  // the shards that are here, ascending; empty: all
};

bool LogIsInKafka(const config::v1::IndexerConfig& config);
// INVALID_ARGUMENT: held_shards names one twice, or one that there is not, or the log is not in Kafka.
absl::StatusOr<DataLayout> LayoutOf(const config::v1::IndexerConfig& config);

// What a data directory was made for. NOT_FOUND: it is none; DATA_LOSS: LAYOUT cannot be read; FAILED_PRECONDITION:
// another format version made it.
absl::StatusOr<DataLayout> ReadLayout(absl::string_view data_directory);

// Makes a new data directory, with LAYOUT on disk before anything else, or checks an existing one and notes which
// shards are here from now on; the directories of others are left alone. FAILED_PRECONDITION, naming both, when it was
// made for another number of shards, another log or by another format version; DATA_LOSS when LAYOUT cannot be read or
// is missing beside existing shards.
absl::Status PrepareDataDirectory(absl::string_view data_directory, const DataLayout& layout);

// Writes LAYOUT into `directory`, which exists; replaces atomically and survives a power cut.
absl::Status WriteLayout(absl::string_view directory, const DataLayout& layout);

// Forces a directory's entries (files made, renamed) to disk.
absl::Status SyncDirectory(absl::string_view directory);

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_LAYOUT_DATA_LAYOUT_H_

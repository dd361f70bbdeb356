// The shard a benchmark works on: shard 0 of 1 in a directory of its own.
#ifndef TINTINH_TESTS_BENCH_ENGINE_BENCH_SHARD_H_
#define TINTINH_TESTS_BENCH_ENGINE_BENCH_SHARD_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/kv/database.h"
#include "services/indexer/shard/shard.h"
#include "tintinh/disk/v1/indexer.pb.h"

namespace tintinh::bench {

struct BenchShard {
  std::unique_ptr<kv::Database> database;
  std::unique_ptr<indexer::Shard> shard;  // released before its database
};

absl::StatusOr<std::unique_ptr<kv::Database>> OpenDatabase(const std::string& directory, uint64_t cache_bytes);
absl::StatusOr<BenchShard> OpenShard(const std::string& directory, uint64_t cache_bytes, uint64_t memory_bytes);

// As Shard::Open would have it, for writing with a SegmentStore what a Shard opens later.
disk::v1::Manifest ManifestOfBenchShard();

}  // namespace tintinh::bench

#endif  // TINTINH_TESTS_BENCH_ENGINE_BENCH_SHARD_H_

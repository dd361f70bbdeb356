#include "tests/bench/engine/bench_shard.h"

#include "common/status/status_macros.h"
#include "common/text/analyzer.h"

namespace tintinh::bench {

absl::StatusOr<std::unique_ptr<kv::Database>> OpenDatabase(const std::string& directory, uint64_t cache_bytes) {
  return kv::Database::Open(
      {.directory = directory, .block_cache_bytes = cache_bytes, .column_families = indexer::Shard::ColumnFamilies()});
}

absl::StatusOr<BenchShard> OpenShard(const std::string& directory, uint64_t cache_bytes, uint64_t memory_bytes) {
  BenchShard open;
  ASSIGN_OR_RETURN(open.database, OpenDatabase(directory, cache_bytes));
  ASSIGN_OR_RETURN(open.shard, indexer::Shard::Open(*open.database, {.memory_segment_bytes = memory_bytes}));
  return open;
}

disk::v1::Manifest ManifestOfBenchShard() {
  const indexer::ShardOptions options;
  disk::v1::Manifest manifest;
  manifest.set_format_version(indexer::Shard::kFormatVersion);
  manifest.set_analyzer_version(text::Analyzer::kVersion);
  manifest.set_shard(options.shard);
  manifest.set_shard_count(options.shard_count);
  manifest.set_next_segment(1);
  return manifest;
}

}  // namespace tintinh::bench

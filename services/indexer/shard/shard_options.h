// What a shard is and what it may use.
#ifndef TINTINH_SERVICES_INDEXER_SHARD_SHARD_OPTIONS_H_
#define TINTINH_SERVICES_INDEXER_SHARD_SHARD_OPTIONS_H_

#include <cstddef>
#include <cstdint>
#include <functional>

#include "services/indexer/shard/merge_policy.h"
#include "services/indexer/shard/rewrite.h"

namespace tintinh::indexer {

// Does a piece of work later, or now, on a thread of its choice, once or never. Called without locks held.
using Executor = std::function<void(std::function<void()>)>;

// Merges of one shard at a time, where the executor has the threads: a small one goes on while a big one takes its
// minutes.
inline constexpr size_t kMostMerges = 2;

struct ShardOptions {
  uint32_t shard = 0;
  uint32_t shard_count = 1;

  // The memory segment is frozen, and written out in the background, when it has grown past this.
  uint64_t memory_segment_bytes = 64 << 20;
  // While catching up: fewer and larger segments cost fewer merges. Two times two of them are what four segments of the
  // ordinary size are, so that memory has one bound.
  uint64_t bulk_segment_bytes() const { return 2 * memory_segment_bytes; }
  // Apply() waits while memory segments hold more: one grows, one is written, and the disk may be late by two.
  uint64_t most_memory_bytes() const { return 4 * memory_segment_bytes; }

  // Apply() waits for a merge while as many segments are on disk: those the policy leaves alone, and as many again as
  // the sources of each merge under way.
  size_t most_disk_segments = kMostSegments * (1 + kMostMerges);

  // Merges that write as many documents order them by content.
  uint32_t reorder_from = kReorderFrom;

  size_t analysis_threads = 1;  // that analyze a batch together

  // Null: a thread of the shard's own. A flush should never wait for a merge.
  Executor flushes = nullptr;
  Executor merges = nullptr;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SHARD_SHARD_OPTIONS_H_

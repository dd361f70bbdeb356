// How many machines an index needs, by arithmetic from measured constants; deploy/CAPACITY.md derives it line by line.
#ifndef TINTINH_TESTS_BENCH_CAPACITY_SIZING_H_
#define TINTINH_TESTS_BENCH_CAPACITY_SIZING_H_

#include <cstddef>

namespace tintinh::capacity {

// Measured; deploy/CAPACITY.md names the command of each.
struct Constants {
  double disk_bytes = 3'800;      // of an article in an index that merges go on in
  double warm_bytes = 2'209;      // of those, what searches read: postings, positions, terms
  double resident_bytes = 153;    // of an article, held by the process whatever is asked
  double log_bytes = 1'625;       // of an article in the compacted topic, on one broker
  double article_bytes = 3'526;   // on the wire
  double process_bytes = 0.4e9;   // of an indexer: 256 MiB of blocks, its code
  double shard_bytes = 268e6;     // memory segments of a shard at most, 4 x 64 MiB
  double leaf_seconds = 1.95e-3;  // processor time of an indexer for a search, of one shard of leaf_articles
  double leaf_articles = 50'000;
  double growth = 0.788;                // processor time of a leaf grows with articles to the power of it
  double call_seconds = 1.49e-3;        // of that, what does not grow: three calls of a search
  double root_seconds = 1.80e-3;        // of a query at its root, and
  double root_leaf_seconds = 0.067e-3;  // for each leaf
};

struct MachineKind {
  double cores = 16;
  double memory_bytes = 128e9;
  double disk_bytes = 3.84e12;
  double network_bytes = 1.25e9;  // a second
  double price = 300;             // a month
};

struct Need {
  double articles = 1e6;
  double queries_per_second = 10;
  double hot_share = 1;  // of what searches read, what is to be in memory
  size_t least_replicas = 2;
};

struct Plan {
  size_t leaves = 1;  // indexer processes with articles of their own, one on a machine
  size_t shards_per_leaf = 1;
  size_t replicas = 1;  // of each leaf
  size_t roots = 0;     // machines
  size_t brokers = 0;
  double leaf_memory = 0;  // bytes, of one machine
  double leaf_disk = 0;
  double leaf_cores = 0;    // busy, of one machine
  double leaf_seconds = 0;  // processor time of a search at one leaf
  double root_seconds = 0;  // and at its root
  double root_network = 0;  // bytes a second into one root
  double copy_seconds = 0;  // until a lost leaf is there again
  size_t machines() const { return leaves * replicas + roots + brokers; }
};

constexpr double kBusy = 0.5;  // of processors, at most: beyond it times grow fast, and a lost replica's load must fit
constexpr double kFilled = 0.7;         // of disks and memory, at most
constexpr double kMergeRoom = 2;        // of disk: a merge writes a whole segment before it drops the old ones
constexpr double kShardArticles = 5e6;  // wanted in a shard, at most
constexpr size_t kMostLeaves = 256;     // of one query root

// Processor time of a search at a leaf of so many shards.
double LeafSeconds(const Constants& constants, double articles, size_t shards);

// The cheapest that holds. Where not even kMostLeaves hold it, `leaves` is what would.
Plan MakePlan(const Constants& constants, const MachineKind& kind, const Need& need);

}  // namespace tintinh::capacity

#endif  // TINTINH_TESTS_BENCH_CAPACITY_SIZING_H_

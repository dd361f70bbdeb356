#include "tests/bench/capacity/sizing.h"

#include <algorithm>
#include <cmath>

namespace tintinh::capacity {
namespace {

constexpr double kCopyBytesPerSecond = 328e6;
constexpr double kLogCopies = 3;
constexpr double kHitBytes = 2'000;  // answers of a leaf for frequencies and hits
constexpr double kShown = 10;

size_t Ceil(double value) { return static_cast<size_t>(std::ceil(value)); }

// A small load shares its machines with the leaves.
size_t OfTheirOwn(double machines, size_t least) { return machines < 0.25 ? 0 : std::max(least, Ceil(machines)); }

Plan PlanWith(size_t leaves, const Constants& constants, const MachineKind& kind, const Need& need) {
  Plan plan;
  plan.leaves = leaves;
  const double articles = need.articles / static_cast<double>(leaves);
  plan.shards_per_leaf = std::max<size_t>(1, Ceil(articles / kShardArticles));
  plan.leaf_seconds = LeafSeconds(constants, articles, plan.shards_per_leaf);
  const double cores = need.queries_per_second * plan.leaf_seconds / kBusy;
  plan.replicas = std::max(need.least_replicas, Ceil(cores / kind.cores));
  plan.leaf_cores = need.queries_per_second * plan.leaf_seconds / static_cast<double>(plan.replicas);
  plan.leaf_memory = constants.process_bytes + constants.shard_bytes * static_cast<double>(plan.shards_per_leaf) +
                     articles * (constants.resident_bytes + need.hot_share * constants.warm_bytes);
  plan.leaf_disk = articles * constants.disk_bytes;
  plan.copy_seconds = plan.leaf_disk / kCopyBytesPerSecond;
  plan.root_seconds = constants.root_seconds + constants.root_leaf_seconds * static_cast<double>(leaves);
  const double by_cores = need.queries_per_second * plan.root_seconds / kBusy / kind.cores;
  const double bytes = kHitBytes * static_cast<double>(leaves) + kShown * constants.article_bytes;
  const double by_network = need.queries_per_second * bytes / (kBusy * kind.network_bytes);
  plan.roots = OfTheirOwn(std::max(by_cores, by_network), 2);
  plan.root_network = need.queries_per_second * bytes / static_cast<double>(std::max<size_t>(plan.roots, 2));
  const double log = kLogCopies * need.articles * constants.log_bytes / (kFilled * kind.disk_bytes);
  plan.brokers = OfTheirOwn(log, 3);
  return plan;
}

bool Holds(const Plan& plan, const MachineKind& kind) {
  return plan.leaf_memory <= kFilled * kind.memory_bytes && plan.leaf_disk * kMergeRoom <= kFilled * kind.disk_bytes &&
         plan.shards_per_leaf <= 256;
}

}  // namespace

double LeafSeconds(const Constants& constants, double articles, size_t shards) {
  const double each = articles / static_cast<double>(shards) / constants.leaf_articles;
  const double work = (constants.leaf_seconds - constants.call_seconds) * std::pow(each, constants.growth);
  return constants.call_seconds + work * static_cast<double>(shards);
}

Plan MakePlan(const Constants& constants, const MachineKind& kind, const Need& need) {
  Plan best;
  bool found = false;
  for (size_t leaves = 1; leaves <= kMostLeaves || !found; ++leaves) {
    const Plan plan = PlanWith(leaves, constants, kind, need);
    if (!Holds(plan, kind) || (found && plan.machines() >= best.machines())) continue;
    best = plan;
    found = true;
  }
  return best;
}

}  // namespace tintinh::capacity

#include "services/indexer/shard/merge_policy.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace tintinh::indexer {
namespace {

uint32_t TierOf(uint32_t live) {
  uint32_t tier = 0;
  for (uint64_t most = kSmallestTierDocuments; live > most; most *= kSegmentsPerTier) ++tier;
  return tier;
}

std::vector<size_t> CheapestOf(absl::Span<const SegmentSize> segments) {
  std::vector<size_t> order(segments.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&segments](size_t a, size_t b) { return segments[a].live < segments[b].live; });
  size_t best = 2;
  uint64_t rewritten = segments[order[0]].live;
  double least = 0;
  for (size_t count = 2; count <= order.size(); ++count) {
    rewritten += segments[order[count - 1]].live;
    const double cost = static_cast<double>(rewritten) / static_cast<double>(count - 1);
    if (count > 2 && cost > least) continue;
    best = count;
    least = cost;
  }
  order.resize(best);
  std::sort(order.begin(), order.end());
  return order;
}

}  // namespace

std::vector<size_t> ChooseMerge(absl::Span<const SegmentSize> segments) {
  std::map<uint32_t, std::vector<size_t>> tiers;
  for (size_t i = 0; i < segments.size(); ++i) {
    if (segments[i].deleted > 0 && segments[i].deleted >= segments[i].live) return {i};
    std::vector<size_t>& tier = tiers[TierOf(segments[i].live)];
    tier.push_back(i);
    if (tier.size() == kSegmentsPerTier) return tier;
  }
  return segments.size() > kMostSegments ? CheapestOf(segments) : std::vector<size_t>();
}

}  // namespace tintinh::indexer

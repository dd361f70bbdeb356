#include "services/indexer/shard/merge_policy.h"

#include <map>

namespace tintinh::indexer {
namespace {

uint32_t TierOf(uint32_t live) {
  uint32_t tier = 0;
  for (uint64_t most = kSmallestTierDocuments; live > most; most *= kSegmentsPerTier) ++tier;
  return tier;
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
  return {};
}

}  // namespace tintinh::indexer

#include "services/normalizer/deliver/deliver.h"

#include "common/time/proto_duration.h"
#include "services/normalizer/deliver/indexer_put.h"
#include "services/normalizer/deliver/sharded_put.h"

namespace tintinh::normalizer {

DeliveryOptions DeliveryOptionsOf(const config::v1::NormalizerConfig& config) {
  DeliveryOptions options;
  const auto& deadline = (config.indexers().empty() ? config.indexer() : config.indexers(0)).deadline();
  const absl::Duration stated = ToDuration(deadline);
  if (stated > absl::ZeroDuration()) options.deadline = stated;
  return options;
}

std::vector<Delivered> Delivery::Put(const std::vector<const v1::Article*>& articles, const std::string& trace_id,
                                     const std::function<bool()>& cancelled) const {
  if (articles.empty()) return {};
  const DeliveryCall call{options_, clock_, trace_id, cancelled, clock_.Now() + options_.deadline};
  if (router_.indexers().size() > 1) return ShardedPut(router_, call).Put(articles);
  std::vector<PutItem> items;
  for (const v1::Article* article : articles) items.push_back({article, nullptr});
  return IndexerPut(*router_.indexers().front(), call).Put(items);
}

}  // namespace tintinh::normalizer

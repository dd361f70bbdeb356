// Puts a batch where the shards of an index are apart: each article to the indexer that has its shard.
#ifndef TINTINH_SERVICES_NORMALIZER_DELIVER_SHARDED_PUT_H_
#define TINTINH_SERVICES_NORMALIZER_DELIVER_SHARDED_PUT_H_

#include <cstddef>
#include <map>
#include <vector>

#include "common/sharding/shard_router.h"
#include "services/normalizer/deliver/deliver.h"
#include "services/normalizer/deliver/indexer_put.h"

namespace tintinh::normalizer {

// Used by one thread; runs a thread for each indexer meanwhile.
class ShardedPut {
 public:
  ShardedPut(ShardRouter& router, const DeliveryCall& call) : router_(router), call_(call) {}

  // As Delivery::Put. Articles whose shard has moved are put to its new holder; those whose shard nobody has, FAILED.
  std::vector<Delivered> Put(const std::vector<const v1::Article*>& articles);

 private:
  using Places = std::vector<size_t>;  // of articles in the batch

  std::map<size_t, Places> Route(const Places& places);
  void FindNear(const std::map<size_t, Places>& routes);
  void AskNear(size_t indexer, const Places& places);
  Places PutAll(const std::map<size_t, Places>& routes);
  bool PutShare(size_t indexer, const Places& places);

  ShardRouter& router_;
  const DeliveryCall& call_;
  std::vector<const v1::Article*> articles_;
  std::vector<Delivered> delivered_;
  std::vector<v1::NearDuplicates> near_;  // of each article
  Mutex near_mu_;
};

}  // namespace tintinh::normalizer

#endif  // TINTINH_SERVICES_NORMALIZER_DELIVER_SHARDED_PUT_H_

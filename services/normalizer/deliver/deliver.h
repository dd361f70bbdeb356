// Hands articles to the indexer, and keeps trying while that may help.
#ifndef TINTINH_SERVICES_NORMALIZER_DELIVER_DELIVER_H_
#define TINTINH_SERVICES_NORMALIZER_DELIVER_DELIVER_H_

#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "common/sharding/shard_router.h"
#include "common/time/clock.h"
#include "tintinh/config/v1/services.pb.h"
#include "tintinh/v1/article.pb.h"
#include "tintinh/v1/indexer_service.grpc.pb.h"
#include "tintinh/v1/normalizer_service.pb.h"

namespace tintinh::normalizer {

struct DeliveryOptions {
  absl::Duration deadline = absl::Seconds(10);  // for one batch with all its tries
  absl::Duration first_backoff = absl::Milliseconds(50);
  absl::Duration max_backoff = absl::Seconds(2);
};

// The deadline is the one of the indexer's peer section.
DeliveryOptions DeliveryOptionsOf(const config::v1::NormalizerConfig& config);

// What became of one article: STORED, UNCHANGED, NEAR_DUPLICATE, REJECTED (the indexer refuses it for good) or FAILED
// (retryable).
struct Delivered {
  v1::Outcome outcome = v1::OUTCOME_FAILED;
  v1::PutResult result;
  std::string reason;  // for REJECTED and FAILED
};

// Thread-safe.
class Delivery {
 public:
  // A batch is within the limits of PutArticlesRequest.
  static constexpr size_t kMaxBatchArticles = 64;
  static constexpr size_t kMaxBatchBytes = size_t{8} << 20;

  // All but the options outlive this. Of several indexers each has shards of its own.
  Delivery(std::vector<v1::IndexerService::StubInterface*> indexers, const DeliveryOptions& options, const Clock& clock)
      : router_(std::move(indexers)), options_(options), clock_(clock) {}
  Delivery(v1::IndexerService::StubInterface& indexer, const DeliveryOptions& options, const Clock& clock)
      : Delivery(std::vector<v1::IndexerService::StubInterface*>{&indexer}, options, clock) {}

  // One answer per article, in order. UNAVAILABLE and RESOURCE_EXHAUSTED are tried again with growing, jittered pauses
  // until the deadline; a batch that the indexer refuses is put again article by article, so that one bad article
  // costs no other. Each article goes to the indexer that has its shard, with what the others have that is near to it,
  // where they say so in time; which of two near articles of one batch came first is then not looked at across
  // indexers. Stops early, with FAILED, once `cancelled` says so; waits otherwise.
  std::vector<Delivered> Put(const std::vector<const v1::Article*>& articles, const std::string& trace_id,
                             const std::function<bool()>& cancelled) const;

 private:
  mutable ShardRouter router_;  // what it learns changes no answer
  const DeliveryOptions options_;
  const Clock& clock_;
};

}  // namespace tintinh::normalizer

#endif  // TINTINH_SERVICES_NORMALIZER_DELIVER_DELIVER_H_

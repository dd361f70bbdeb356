// Puts a batch to one indexer, again and again while that may help.
#ifndef TINTINH_SERVICES_NORMALIZER_DELIVER_INDEXER_PUT_H_
#define TINTINH_SERVICES_NORMALIZER_DELIVER_INDEXER_PUT_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/random/random.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "common/sync/mutex.h"
#include "common/time/clock.h"
#include "services/normalizer/deliver/deliver.h"
#include "tintinh/v1/indexer_service.grpc.pb.h"

namespace tintinh::normalizer {

// What all parts of one delivery share.
struct DeliveryCall {
  const DeliveryOptions& options;
  const Clock& clock;
  const std::string& trace_id;
  const std::function<bool()>& cancelled;
  const absl::Time deadline;
};

struct PutItem {
  const v1::Article* article;
  const v1::NearDuplicates* near;  // what other indexers have that is near; null where nobody was asked
};

// Used by one thread.
class IndexerPut {
 public:
  IndexerPut(v1::IndexerService::StubInterface& indexer, const DeliveryCall& call) : indexer_(indexer), call_(call) {}

  // One answer per item, in order, as Delivery::Put. REQUIRES: not empty.
  std::vector<Delivered> Put(absl::Span<const PutItem> items);

  // A batch failed because the indexer does not have the shard of one.
  bool refused_for_shard() const { return refused_for_shard_; }

 private:
  std::vector<Delivered> Refused(absl::Span<const PutItem> items, const absl::Status& status);
  absl::Status Call(const v1::PutArticlesRequest& request, v1::PutArticlesResponse& response);
  void Pause(absl::Duration pause);

  v1::IndexerService::StubInterface& indexer_;
  const DeliveryCall& call_;
  absl::BitGen random_;
  bool refused_for_shard_ = false;
  Mutex mu_;  // only for the pause
  CondVar never_;
};

}  // namespace tintinh::normalizer

#endif  // TINTINH_SERVICES_NORMALIZER_DELIVER_INDEXER_PUT_H_

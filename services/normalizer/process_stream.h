// One Process call: pages in, outcomes out, in order, with a bounded number in between.
#ifndef TINTINH_SERVICES_NORMALIZER_PROCESS_STREAM_H_
#define TINTINH_SERVICES_NORMALIZER_PROCESS_STREAM_H_

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "common/metrics/metrics.h"
#include "common/sync/bounded_queue.h"
#include "common/sync/mutex.h"
#include "services/normalizer/deliver/deliver.h"
#include "services/normalizer/normalizer.h"
#include "tintinh/v1/normalizer_service.pb.h"

namespace tintinh::normalizer {

// The two ends of the stream. `read` is false at its end; `write` is false once the client has gone; the two may be
// called at the same time. `stop` makes a waiting `read` return.
struct PageStream {
  std::function<bool(v1::ProcessRequest*)> read;
  std::function<bool(const v1::ProcessResponse&)> write;
  std::function<bool()> cancelled;
  std::function<void()> stop;
};

// Used once, by one thread; has a second one that reads and normalizes.
class ProcessStream {
 public:
  // The references outlive this.
  ProcessStream(const Normalizer& normalizer, const Delivery& delivery, size_t max_in_flight, Metrics& metrics,
                PageStream stream);

  // Returns when every page read has its outcome written, or the client is gone.
  void Run();

 private:
  struct Item {
    std::string page_id;
    std::string trace_id;
    std::string url;
    Normalized normalized;
  };

  void ReadAhead();
  Item Normalize(const v1::ProcessRequest& request) const;
  std::vector<Item> NextBatch();
  bool WriteOutcomes(std::vector<Item> batch);
  void Account(const Item& item, const v1::ProcessResponse& response);
  bool Reserve();
  void Release();
  void Close();

  const Normalizer& normalizer_;
  const Delivery& delivery_;
  const size_t max_in_flight_;
  Metrics& metrics_;
  const PageStream stream_;
  BoundedQueue<Item> done_;
  Mutex mu_;
  CondVar room_;
  size_t in_flight_ ABSL_GUARDED_BY(mu_) = 0;
  bool closed_ ABSL_GUARDED_BY(mu_) = false;
};

}  // namespace tintinh::normalizer

#endif  // TINTINH_SERVICES_NORMALIZER_PROCESS_STREAM_H_

// Sends pages to the normalizer and hears what became of them, over one stream at a time.
#ifndef TINTINH_SERVICES_CRAWLER_DELIVER_DELIVERER_H_
#define TINTINH_SERVICES_CRAWLER_DELIVER_DELIVERER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/any_invocable.h"
#include "absl/random/random.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/sync/mutex.h"
#include "common/time/clock.h"
#include "tintinh/v1/normalizer_service.grpc.pb.h"

namespace tintinh::crawler {

struct DelivererOptions {
  size_t max_in_flight = 32;                      // pages sent whose outcome is not known
  absl::Duration first_pause = absl::Seconds(1);  // after a failure; doubles with each in a row
  absl::Duration longest_pause = absl::Minutes(1);
  absl::Duration stream_age = absl::Seconds(30);      // then no more pages are sent on this stream
  absl::Duration stream_deadline = absl::Minutes(3);  // of the call as a whole
  absl::Duration stop_patience = absl::Seconds(5);    // for outcomes under way when Stop is called
};

// Pages are known by the numbers that the outbox gave them. Thread-safe.
class Deliverer {
 public:
  // The message for a page, its page_id the number in decimal. NOT_FOUND: the page is gone; it is forgotten.
  using Read = absl::AnyInvocable<absl::StatusOr<v1::Page>(uint64_t sequence)>;
  // Called once per page, with its final outcome. An error: the outcome could not be kept, and the page is sent again.
  using Settle = absl::AnyInvocable<absl::Status(uint64_t sequence, const v1::ProcessResponse& response)>;

  // `normalizer` and `clock` must outlive this. `read` and `settle` are called on threads of the deliverer's, never two
  // of one kind at once.
  Deliverer(v1::NormalizerService::StubInterface& normalizer, const Clock& clock, DelivererOptions options, Read read,
            Settle settle);
  ~Deliverer();  // stops
  Deliverer(const Deliverer&) = delete;
  Deliverer& operator=(const Deliverer&) = delete;

  void Start();
  void Offer(uint64_t sequence);

  // Sends no further page, waits stop_patience for outcomes under way and cancels. Pages without a final outcome stay
  // where they are. Idempotent.
  void Stop();

  // Why the last stream broke or the last page failed; empty after a success.
  std::string last_error() const;

 private:
  void Run();
  bool WaitForPage();
  absl::Status RunStream();
  std::optional<uint64_t> Take(absl::Time until);
  bool ReadInto(uint64_t sequence, v1::Page& page);
  void Forget(uint64_t sequence);
  void Receive(const v1::ProcessResponse& response);
  void Requeue(uint64_t sequence, absl::string_view reason);
  void EndStream(const absl::Status& status);
  absl::Duration Pause(uint32_t failures) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  v1::NormalizerService::StubInterface& normalizer_;
  const Clock& clock_;
  const DelivererOptions options_;
  Read read_;      // the sending thread's
  Settle settle_;  // the receiving thread's

  mutable Mutex mu_;
  CondVar changed_;
  absl::BitGen random_ ABSL_GUARDED_BY(mu_);
  std::set<std::pair<absl::Time, uint64_t>> waiting_ ABSL_GUARDED_BY(mu_);  // by when each may be sent
  std::set<uint64_t> in_flight_ ABSL_GUARDED_BY(mu_);
  absl::flat_hash_map<uint64_t, uint32_t> failures_ ABSL_GUARDED_BY(mu_);  // of pages, in a row
  uint32_t broken_streams_ ABSL_GUARDED_BY(mu_) = 0;                       // in a row
  absl::Time not_before_ ABSL_GUARDED_BY(mu_) = absl::InfinitePast();      // of the next stream
  std::string last_error_ ABSL_GUARDED_BY(mu_);
  grpc::ClientContext* context_ ABSL_GUARDED_BY(mu_) = nullptr;  // of the stream under way
  bool stream_ended_ ABSL_GUARDED_BY(mu_) = false;
  bool stopping_ ABSL_GUARDED_BY(mu_) = false;
  bool finished_ ABSL_GUARDED_BY(mu_) = true;  // the thread does nothing any more

  std::thread thread_;
};

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_DELIVER_DELIVERER_H_

// Fetches URLs: libcurl's multi interface on one thread.
#ifndef TINTINH_SERVICES_CRAWLER_FETCH_FETCHER_H_
#define TINTINH_SERVICES_CRAWLER_FETCH_FETCHER_H_

#include <cstddef>
#include <deque>
#include <memory>
#include <thread>

#include "absl/functional/any_invocable.h"
#include "common/sync/mutex.h"
#include "common/time/clock.h"
#include "curl/curl.h"
#include "services/crawler/fetch/exchange.h"
#include "services/crawler/fetch/transfer.h"

namespace tintinh::crawler {

// Thread-safe. Politeness is the caller's: requests are sent as they come, up to max_concurrent at once.
class Fetcher {
 public:
  using Done = absl::AnyInvocable<void(FetchResult)>;

  // Starts the thread. `clock` must outlive this; it dates Retry-After, nothing else.
  Fetcher(FetcherOptions options, const Clock& clock);
  // Answers every request not yet answered with Cancelled, then ends the thread. No other thread may call Fetch any
  // more; a `done` that does is answered with Cancelled at once.
  ~Fetcher();
  Fetcher(const Fetcher&) = delete;
  Fetcher& operator=(const Fetcher&) = delete;

  // Calls `done` exactly once: on the I/O thread, so it must be quick and may call Fetch again; or here and now with
  // ResourceExhausted when max_queued requests wait already.
  void Fetch(FetchRequest request, Done done);

 private:
  struct Waiting {
    FetchRequest request;
    Done done;
  };
  class Io;

  void Run();
  absl::Status Enqueue(FetchRequest request, Done* done);
  bool TakeWaiting(size_t room, std::deque<Waiting>* taken);

  const FetcherOptions options_;
  const Clock& clock_;
  const std::unique_ptr<CURLM, decltype(&curl_multi_cleanup)> multi_;  // the I/O thread's; others only wake it

  Mutex mu_;
  std::deque<Waiting> waiting_ ABSL_GUARDED_BY(mu_);
  bool stopping_ ABSL_GUARDED_BY(mu_) = false;

  std::thread thread_;  // last: everything it uses is there before it starts
};

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_FETCH_FETCHER_H_

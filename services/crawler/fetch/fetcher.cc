#include "services/crawler/fetch/fetcher.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/crawler/fetch/cookie_jars.h"

namespace tintinh::crawler {
namespace {

// Only how long a lost wake-up could go unnoticed; libcurl's own timers shorten it.
constexpr int kPollMilliseconds = 1000;
constexpr absl::string_view kStops = "the fetcher stops";

CURLM* NewMulti(uint32_t max_connections) {
  // libcurl counts its users and never needs the matching clean-up in a process that ends.
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  CURLM* multi = ready == CURLE_OK ? curl_multi_init() : nullptr;
  if (multi != nullptr) curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, static_cast<long>(max_connections));
  return multi;
}

FetchResult Failed(absl::Status status) {
  FetchResult result;
  result.status = std::move(status);
  return result;
}

size_t CountCookies(const FetchResult& result) {
  return static_cast<size_t>(std::count_if(result.headers.begin(), result.headers.end(), [](const auto& header) {
    return absl::EqualsIgnoreCase(header.first, "set-cookie");
  }));
}

}  // namespace

// The transfers under way; lives on the I/O thread.
class Fetcher::Io {
 public:
  Io(CURLM* multi, const FetcherOptions& options, const Clock& clock)
      : multi_(multi), options_(options), clock_(clock) {}
  ~Io() {
    for (auto& [handle, active] : active_) {
      curl_multi_remove_handle(multi_, handle);
      active.done(Failed(absl::CancelledError(kStops)));
    }
  }
  Io(const Io&) = delete;
  Io& operator=(const Io&) = delete;

  size_t room() const { return options_.max_concurrent - std::min<size_t>(options_.max_concurrent, active_.size()); }

  void Start(Waiting waiting) {
    auto transfer = std::make_unique<Transfer>(std::move(waiting.request), options_);
    absl::Status prepared = transfer->Prepare();
    if (prepared.ok()) cookies_.Join(transfer->cookie_jar(), transfer->handle());
    if (prepared.ok() && curl_multi_add_handle(multi_, transfer->handle()) != CURLM_OK) {
      prepared = absl::ResourceExhaustedError("no memory for a transfer");
    }
    if (!prepared.ok()) {
      waiting.done(Failed(std::move(prepared)));
      return;
    }
    CURL* handle = transfer->handle();
    active_.emplace(handle, Active{std::move(transfer), std::move(waiting.done)});
  }

  // True when a transfer came to its end.
  bool Perform() {
    bool finished = false;
    int running = 0;
    curl_multi_perform(multi_, &running);
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      Finish(message->easy_handle, message->data.result);
      finished = true;
    }
    return finished;
  }

  void Wait() { curl_multi_poll(multi_, nullptr, 0, kPollMilliseconds, nullptr); }

 private:
  struct Active {
    std::unique_ptr<Transfer> transfer;
    Done done;
  };

  void Finish(CURL* handle, CURLcode code) {
    const auto found = active_.find(handle);
    Active active = std::move(found->second);
    active_.erase(found);
    curl_multi_remove_handle(multi_, handle);
    FetchResult result = active.transfer->Finish(code, clock_.Now());
    const std::string& jar = active.transfer->cookie_jar();
    if (!jar.empty()) cookies_.Count(jar, CountCookies(result), handle);
    active.done(std::move(result));
  }

  CURLM* multi_;
  const FetcherOptions& options_;
  const Clock& clock_;
  CookieJars cookies_;
  absl::flat_hash_map<CURL*, Active> active_;  // after the jars, which its handles share
};

Fetcher::Fetcher(FetcherOptions options, const Clock& clock)
    : options_(std::move(options)),
      clock_(clock),
      multi_(NewMulti(options_.max_concurrent), &curl_multi_cleanup),
      thread_([this] { Run(); }) {}

Fetcher::~Fetcher() {
  {
    MutexLock lock(mu_);
    stopping_ = true;
  }
  curl_multi_wakeup(multi_.get());
  thread_.join();
}

void Fetcher::Fetch(FetchRequest request, Done done) {
  const absl::Status queued = Enqueue(std::move(request), &done);
  if (queued.ok()) {
    curl_multi_wakeup(multi_.get());
  } else {
    done(Failed(queued));
  }
}

absl::Status Fetcher::Enqueue(FetchRequest request, Done* done) {
  MutexLock lock(mu_);
  if (stopping_) return absl::CancelledError(kStops);
  if (waiting_.size() >= options_.max_queued) {
    return absl::ResourceExhaustedError(absl::StrCat("fetch: ", options_.max_queued, " requests wait already"));
  }
  waiting_.push_back({std::move(request), std::move(*done)});
  return absl::OkStatus();
}

bool Fetcher::TakeWaiting(size_t room, std::deque<Waiting>* taken) {
  MutexLock lock(mu_);
  const size_t count = stopping_ ? waiting_.size() : std::min(room, waiting_.size());
  const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(count);
  taken->assign(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
  waiting_.erase(waiting_.begin(), end);
  return !stopping_;
}

void Fetcher::Run() {
  std::deque<Waiting> taken;
  Io io(multi_.get(), options_, clock_);
  while (TakeWaiting(io.room(), &taken)) {
    for (Waiting& waiting : taken) io.Start(std::move(waiting));
    const bool finished = io.Perform();
    // What has ended leaves room, and what has begun is not polled yet: neither may wait for the network.
    if (!finished && taken.empty()) io.Wait();
  }
  for (Waiting& waiting : taken) waiting.done(Failed(absl::CancelledError(kStops)));
}

}  // namespace tintinh::crawler

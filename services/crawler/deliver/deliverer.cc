#include "services/crawler/deliver/deliverer.h"

#include <algorithm>
#include <string>

#include "absl/random/distributions.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/log/log.h"
#include "common/rpc/channel.h"
#include "common/status/grpc_status.h"
#include "grpcpp/client_context.h"

namespace tintinh::crawler {
namespace {

bool IsFinal(v1::Outcome outcome) { return outcome != v1::OUTCOME_FAILED && outcome != v1::OUTCOME_UNSPECIFIED; }

}  // namespace

Deliverer::Deliverer(v1::NormalizerService::StubInterface& normalizer, const Clock& clock, DelivererOptions options,
                     Read read, Settle settle)
    : normalizer_(normalizer), clock_(clock), options_(options), read_(std::move(read)), settle_(std::move(settle)) {}

Deliverer::~Deliverer() { Stop(); }

void Deliverer::Start() {
  {
    MutexLock lock(mu_);
    finished_ = false;
  }
  thread_ = std::thread([this] { Run(); });
}

void Deliverer::Offer(uint64_t sequence) {
  MutexLock lock(mu_);
  waiting_.emplace(absl::InfinitePast(), sequence);
  changed_.NotifyAll();
}

void Deliverer::Stop() {
  {
    MutexLock lock(mu_);
    stopping_ = true;
    changed_.NotifyAll();
    const absl::Time patience_ends = clock_.Now() + options_.stop_patience;
    while (!finished_ && clock_.Now() < patience_ends) changed_.WaitUntil(mu_, patience_ends);
    if (context_ != nullptr) context_->TryCancel();
  }
  if (thread_.joinable()) thread_.join();
}

std::string Deliverer::last_error() const {
  MutexLock lock(mu_);
  return last_error_;
}

void Deliverer::Run() {
  while (WaitForPage()) EndStream(RunStream());
  MutexLock lock(mu_);
  finished_ = true;
  changed_.NotifyAll();
}

bool Deliverer::WaitForPage() {
  MutexLock lock(mu_);
  while (!stopping_) {
    const absl::Time ready = waiting_.empty() ? absl::InfiniteFuture() : std::max(waiting_.begin()->first, not_before_);
    if (ready <= clock_.Now()) return true;
    if (ready == absl::InfiniteFuture()) {
      changed_.Wait(mu_);
    } else {
      changed_.WaitUntil(mu_, ready);
    }
  }
  return false;
}

absl::Status Deliverer::RunStream() {
  grpc::ClientContext context;
  PrepareContext(context, options_.stream_deadline);
  const absl::Time until = clock_.Now() + options_.stream_age;
  {
    MutexLock lock(mu_);
    if (stopping_) return absl::OkStatus();
    context_ = &context;
    stream_ended_ = false;
  }
  const auto stream = normalizer_.Process(&context);
  std::thread receiver([this, &stream] {
    v1::ProcessResponse response;
    while (stream->Read(&response)) Receive(response);
    MutexLock lock(mu_);
    stream_ended_ = true;
    changed_.NotifyAll();
  });
  while (const std::optional<uint64_t> sequence = Take(until)) {
    v1::ProcessRequest request;
    if (!ReadInto(*sequence, *request.mutable_page())) continue;
    if (!stream->Write(request)) break;
  }
  stream->WritesDone();
  receiver.join();
  absl::Status status = FromGrpcStatus(stream->Finish());
  MutexLock lock(mu_);
  context_ = nullptr;
  return status;
}

bool Deliverer::ReadInto(uint64_t sequence, v1::Page& page) {
  absl::StatusOr<v1::Page> read = read_(sequence);
  if (read.ok()) {
    page = *std::move(read);
    return true;
  }
  if (absl::IsNotFound(read.status())) {
    Forget(sequence);
  } else {
    Requeue(sequence, read.status().message());
  }
  return false;
}

// The next page to send on the stream under way; nothing when no more shall be sent on it.
std::optional<uint64_t> Deliverer::Take(absl::Time until) {
  MutexLock lock(mu_);
  while (!stopping_ && !stream_ended_) {
    const absl::Time now = clock_.Now();
    if (now >= until) return std::nullopt;
    const bool room = in_flight_.size() < options_.max_in_flight;
    if (room && !waiting_.empty() && waiting_.begin()->first <= now) {
      const uint64_t sequence = waiting_.begin()->second;
      waiting_.erase(waiting_.begin());
      in_flight_.insert(sequence);
      return sequence;
    }
    changed_.WaitUntil(mu_, room && !waiting_.empty() ? std::min(until, waiting_.begin()->first) : until);
  }
  return std::nullopt;
}

void Deliverer::Receive(const v1::ProcessResponse& response) {
  uint64_t sequence = 0;
  {
    MutexLock lock(mu_);
    broken_streams_ = 0;
    if (!absl::SimpleAtoi(response.page_id(), &sequence) || in_flight_.count(sequence) == 0) {
      LogWarning("outcome of a page that was not sent", {{"page_id", response.page_id()}});
      return;
    }
  }
  if (!IsFinal(response.outcome())) return Requeue(sequence, response.reason());
  if (const absl::Status kept = settle_(sequence, response); !kept.ok()) return Requeue(sequence, kept.message());
  Forget(sequence);
}

void Deliverer::Forget(uint64_t sequence) {
  MutexLock lock(mu_);
  in_flight_.erase(sequence);
  failures_.erase(sequence);
  last_error_.clear();
  changed_.NotifyAll();
}

void Deliverer::Requeue(uint64_t sequence, absl::string_view reason) {
  absl::Duration pause;
  {
    MutexLock lock(mu_);
    in_flight_.erase(sequence);
    pause = Pause(++failures_[sequence]);
    waiting_.emplace(clock_.Now() + pause, sequence);
    last_error_ = std::string(reason);
    changed_.NotifyAll();
  }
  LogWarning("page stays in the outbox",
             {{"sequence", sequence}, {"retry_in_ms", absl::ToInt64Milliseconds(pause)}, {"reason", reason}});
}

// Whatever was sent without an answer is sent again: outcomes are the same however often a page is processed.
void Deliverer::EndStream(const absl::Status& status) {
  MutexLock lock(mu_);
  for (const uint64_t sequence : in_flight_) waiting_.emplace(absl::InfinitePast(), sequence);
  const bool unanswered = !in_flight_.empty();
  in_flight_.clear();
  if (status.ok() && !unanswered) return;
  if (stopping_) return;
  const absl::Duration pause = Pause(++broken_streams_);
  not_before_ = clock_.Now() + pause;
  last_error_ = status.ok() ? "the normalizer ended the stream without all outcomes" : std::string(status.message());
  LogWarning("stream to the normalizer broke",
             {{"reason", last_error_}, {"retry_in_ms", absl::ToInt64Milliseconds(pause)}});
}

absl::Duration Deliverer::Pause(uint32_t failures) {
  absl::Duration pause = options_.first_pause;
  for (uint32_t i = 1; i < failures && pause < options_.longest_pause; ++i) pause *= 2;
  // Half of it is chance, so that crawlers which lost one normalizer do not come back as one.
  return std::min(pause, options_.longest_pause) * absl::Uniform(random_, 0.5, 1.0);
}

}  // namespace tintinh::crawler

// Asks several servers at once and waits for all of them, at most until a deadline.
#ifndef TINTINH_SERVICES_QUERY_FAN_OUT_FAN_OUT_H_
#define TINTINH_SERVICES_QUERY_FAN_OUT_FAN_OUT_H_

#include <chrono>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/rpc/channel.h"
#include "common/status/grpc_status.h"
#include "common/time/clock.h"
#include "grpcpp/client_context.h"
#include "grpcpp/completion_queue.h"
#include "grpcpp/support/async_unary_call.h"
#include "grpcpp/support/status.h"
#include "services/query/fan_out/hedge_budget.h"
#include "tintinh/v1/indexer_service.grpc.pb.h"

namespace tintinh::query {

using IndexerStub = v1::IndexerService::StubInterface;

// A unary method of the indexer in its asynchronous form, such as &IndexerStub::AsyncLeafSearch.
template <typename Request, typename Response>
using IndexerMethod = std::unique_ptr<grpc::ClientAsyncResponseReaderInterface<Response>> (IndexerStub::*)(
    grpc::ClientContext*, const Request&, grpc::CompletionQueue*);

// One call of a fan-out.
template <typename Request>
struct Ask {
  IndexerStub* indexer;
  Request request;
  absl::Duration timeout;
};

// A call that is not answered `after` its start is made again, and again each time as long has passed, up to kHedges
// times, and so is one that a server refuses for want of room or for damage, if the budget (which outlives the call;
// null: no hedging) allows; the first answer counts, and the other calls are cancelled. Of use where a target names
// servers that stand in for one another: calls go to them in turn, with those of all other callers, so that several in
// a row may meet the one that hangs.
struct Hedging {
  absl::Duration after = absl::InfiniteDuration();
  HedgeBudget* budget = nullptr;
};

template <typename Request, typename Response>
class FanOut {
 public:
  FanOut(IndexerMethod<Request, Response> method, const std::vector<Ask<Request>>& asks, const Hedging& hedging)
      : method_(method), asks_(asks), hedging_(hedging), states_(asks.size()) {}
  ~FanOut() {
    queue_.Shutdown();
    Event event;
    while (queue_.Next(&event.tag, &event.ok)) {
    }
  }
  FanOut(const FanOut&) = delete;
  FanOut& operator=(const FanOut&) = delete;

  std::vector<absl::StatusOr<Response>> Run() {
    begin_ = SteadyNow();
    if (hedging_.budget != nullptr) hedging_.budget->Earn(asks_.size());
    for (size_t i = 0; i < asks_.size(); ++i) Begin(i, asks_[i].timeout);
    size_t rounds = MayHedge() ? 0 : kHedges;
    while (running_ > 0) {
      Event event;
      const auto until = rounds < kHedges ? In(begin_ + hedging_.after * (rounds + 1) - SteadyNow())
                                          : std::chrono::system_clock::time_point::max();
      if (queue_.AsyncNext(&event.tag, &event.ok, until) == grpc::CompletionQueue::GOT_EVENT) {
        End(*static_cast<Attempt*>(event.tag));
      } else {
        HedgeAll(hedging_.after * ++rounds);
      }
    }
    std::vector<absl::StatusOr<Response>> answers;
    for (State& state : states_) answers.push_back(std::move(state.answer));
    return answers;
  }

 private:
  static constexpr size_t kHedges = 8;  // of one call: one of two servers is missed by all once in 512 times

  static std::chrono::system_clock::time_point In(absl::Duration left) {
    return std::chrono::system_clock::now() + absl::ToChronoMicroseconds(left);
  }

  struct Event {
    void* tag = nullptr;
    bool ok = false;
  };
  struct Attempt {
    size_t ask = 0;
    grpc::ClientContext context;
    Response response;
    grpc::Status status;
    std::unique_ptr<grpc::ClientAsyncResponseReaderInterface<Response>> reader;
  };
  struct State {
    std::vector<std::unique_ptr<Attempt>> attempts;
    size_t running = 0;
    bool answered = false;
    absl::StatusOr<Response> answer = absl::UnknownError("not asked");
  };

  void Begin(size_t ask, absl::Duration timeout) {
    State& state = states_[ask];
    Attempt& attempt = *state.attempts.emplace_back(std::make_unique<Attempt>());
    attempt.ask = ask;
    PrepareContext(attempt.context, timeout);
    attempt.reader = (asks_[ask].indexer->*method_)(&attempt.context, asks_[ask].request, &queue_);
    attempt.reader->Finish(&attempt.response, &attempt.status, &attempt);
    ++state.running;
    ++running_;
  }

  bool MayHedge() const { return hedging_.budget != nullptr && hedging_.after != absl::InfiniteDuration(); }

  // A server without room, or with a damaged file, says so at once; another may do better.
  bool AskAnother(const Attempt& attempt) {
    const State& state = states_[attempt.ask];
    const absl::Duration left = asks_[attempt.ask].timeout - (SteadyNow() - begin_);
    const grpc::StatusCode code = attempt.status.error_code();
    const bool of_this_server = code == grpc::StatusCode::RESOURCE_EXHAUSTED || code == grpc::StatusCode::DATA_LOSS;
    if (!of_this_server || state.attempts.size() > kHedges || !MayHedge() || left <= absl::ZeroDuration() ||
        !hedging_.budget->Spend()) {
      return false;
    }
    Begin(attempt.ask, left);
    return true;
  }

  void HedgeAll(absl::Duration passed) {
    for (size_t i = 0; i < asks_.size(); ++i) {
      const bool open = !states_[i].answered && states_[i].running > 0;
      if (open && asks_[i].timeout > passed && hedging_.budget->Spend()) Begin(i, asks_[i].timeout - passed);
    }
  }

  // An error counts only when no other attempt can still bring an answer.
  void End(Attempt& attempt) {
    State& state = states_[attempt.ask];
    --state.running;
    --running_;
    if (state.answered) return;
    if (attempt.status.ok()) {
      state.answered = true;
      if (state.attempts.front().get() != &attempt) hedging_.budget->GiveBack(state.attempts.size() - 1);
      state.answer = std::move(attempt.response);
      for (const auto& other : state.attempts) {
        if (other.get() != &attempt) other->context.TryCancel();
      }
    } else if (state.running == 0 && !AskAnother(attempt)) {
      state.answer = FromGrpcStatus(attempt.status);
    }
  }

  const IndexerMethod<Request, Response> method_;
  const std::vector<Ask<Request>>& asks_;
  const Hedging hedging_;
  std::vector<State> states_;
  size_t running_ = 0;  // attempts
  absl::Time begin_;
  grpc::CompletionQueue queue_;
};

// Returns the answers in the order of `asks`, an error in the place of each that failed. All calls run at the same
// time on gRPC's own threads; the caller's thread waits for the last, at most for the longest timeout. An indexer that
// cannot be reached is waited for as long: calls that fail fast may never see a restarted server again.
template <typename Request, typename Response>
std::vector<absl::StatusOr<Response>> AskAll(IndexerMethod<Request, Response> method,
                                             const std::vector<Ask<Request>>& asks, const Hedging& hedging = {}) {
  return FanOut<Request, Response>(method, asks, hedging).Run();
}

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_FAN_OUT_FAN_OUT_H_

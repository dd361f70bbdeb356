#include "services/normalizer/deliver/deliver.h"

#include <algorithm>
#include <utility>

#include "absl/random/random.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/rpc/channel.h"
#include "common/status/grpc_status.h"
#include "common/sync/mutex.h"
#include "common/time/proto_duration.h"
#include "grpcpp/client_context.h"

namespace tintinh::normalizer {
namespace {

constexpr double kBackoffGrowth = 2;

bool MayHelpToRetry(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsResourceExhausted(status) || absl::IsAborted(status);
}

v1::Outcome OutcomeOf(v1::PutOutcome outcome) {
  switch (outcome) {
    case v1::PUT_OUTCOME_STORED:
      return v1::OUTCOME_STORED;
    case v1::PUT_OUTCOME_UNCHANGED:
      return v1::OUTCOME_UNCHANGED;
    case v1::PUT_OUTCOME_NEAR_DUPLICATE:
      return v1::OUTCOME_NEAR_DUPLICATE;
    default:
      return v1::OUTCOME_FAILED;
  }
}

std::vector<Delivered> All(size_t count, v1::Outcome outcome, const std::string& reason) {
  Delivered one;
  one.outcome = outcome;
  one.reason = reason;
  return std::vector<Delivered>(count, one);
}

// One call of Put: its deadline and its pauses.
class Attempt {
 public:
  Attempt(v1::IndexerService::StubInterface& indexer, const DeliveryOptions& options, const Clock& clock,
          const std::string& trace_id, const std::function<bool()>& cancelled)
      : indexer_(indexer),
        options_(options),
        clock_(clock),
        trace_id_(trace_id),
        cancelled_(cancelled),
        deadline_(clock.Now() + options.deadline) {}

  std::vector<Delivered> Put(const v1::Article* const* articles, size_t count) {
    v1::PutArticlesRequest request;
    request.set_trace_id(trace_id_);
    for (size_t i = 0; i < count; ++i) *request.add_articles() = *articles[i];
    v1::PutArticlesResponse response;
    const absl::Status status = Call(request, response);
    if (absl::IsInvalidArgument(status)) return Refused(articles, count, status);
    const std::string error = absl::StrCat("indexer: ", status.ToString());
    if (!status.ok()) return All(count, v1::OUTCOME_FAILED, error);
    if (static_cast<size_t>(response.results_size()) != count) {
      return All(count, v1::OUTCOME_FAILED, absl::StrCat("indexer: ", response.results_size(), " results for ", count));
    }
    return Translate(response);
  }

 private:
  std::vector<Delivered> Refused(const v1::Article* const* articles, size_t count, const absl::Status& status) {
    if (count == 1) return All(1, v1::OUTCOME_REJECTED, absl::StrCat("indexer: ", status.message()));
    std::vector<Delivered> delivered;
    for (size_t i = 0; i < count; ++i) {
      std::vector<Delivered> one = Put(articles + i, 1);
      delivered.push_back(std::move(one.front()));
    }
    return delivered;
  }

  static std::vector<Delivered> Translate(v1::PutArticlesResponse& response) {
    std::vector<Delivered> delivered;
    for (v1::PutResult& result : *response.mutable_results()) {
      Delivered one;
      one.outcome = OutcomeOf(result.outcome());
      if (one.outcome == v1::OUTCOME_FAILED) one.reason = absl::StrCat("indexer: ", result.error());
      one.result = std::move(result);
      delivered.push_back(std::move(one));
    }
    return delivered;
  }

  absl::Status Call(const v1::PutArticlesRequest& request, v1::PutArticlesResponse& response) {
    absl::Duration backoff = options_.first_backoff;
    absl::Status refusal = absl::DeadlineExceededError("no time left to put the articles");
    while (true) {
      if (cancelled_()) return absl::CancelledError("the caller has gone");
      const absl::Duration left = deadline_ - clock_.Now();
      if (left <= absl::ZeroDuration()) return refusal;
      grpc::ClientContext context;
      PrepareContext(context, left);
      absl::Status status = FromGrpcStatus(indexer_.PutArticles(&context, request, &response));
      // That time ran out says less than why a try before was refused.
      if (absl::IsDeadlineExceeded(status) && !absl::IsDeadlineExceeded(refusal)) return refusal;
      if (!MayHelpToRetry(status)) return status;
      const absl::Duration pause = backoff * absl::Uniform(random_, 0.5, 1.0);
      if (clock_.Now() + pause >= deadline_) return status;
      refusal = status;
      Pause(pause);
      backoff = std::min(backoff * kBackoffGrowth, options_.max_backoff);
    }
  }

  void Pause(absl::Duration pause) {
    const absl::Time until = clock_.Now() + pause;
    MutexLock lock(mu_);
    while (clock_.Now() < until && never_.WaitUntil(mu_, until)) {
    }
  }

  v1::IndexerService::StubInterface& indexer_;
  const DeliveryOptions& options_;
  const Clock& clock_;
  const std::string& trace_id_;
  const std::function<bool()>& cancelled_;
  const absl::Time deadline_;
  absl::BitGen random_;
  Mutex mu_;  // only for the pause
  CondVar never_;
};

}  // namespace

DeliveryOptions DeliveryOptionsOf(const config::v1::NormalizerConfig& config) {
  DeliveryOptions options;
  const auto& deadline = config.indexer().deadline();
  const absl::Duration stated = ToDuration(deadline);
  if (stated > absl::ZeroDuration()) options.deadline = stated;
  return options;
}

std::vector<Delivered> Delivery::Put(const std::vector<const v1::Article*>& articles, const std::string& trace_id,
                                     const std::function<bool()>& cancelled) const {
  if (articles.empty()) return {};
  return Attempt(indexer_, options_, clock_, trace_id, cancelled).Put(articles.data(), articles.size());
}

}  // namespace tintinh::normalizer

#include "services/normalizer/deliver/indexer_put.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/rpc/channel.h"
#include "common/status/grpc_status.h"
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

v1::PutArticlesRequest RequestFor(absl::Span<const PutItem> items, const std::string& trace_id) {
  v1::PutArticlesRequest request;
  request.set_trace_id(trace_id);
  for (const PutItem& item : items) {
    *request.add_articles() = *item.article;
    if (item.near != nullptr) *request.add_near() = *item.near;
  }
  return request;
}

std::vector<Delivered> Translate(v1::PutArticlesResponse& response) {
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

}  // namespace

std::vector<Delivered> IndexerPut::Put(absl::Span<const PutItem> items) {
  v1::PutArticlesResponse response;
  const absl::Status status = Call(RequestFor(items, call_.trace_id), response);
  if (absl::IsInvalidArgument(status)) return Refused(items, status);
  refused_for_shard_ = refused_for_shard_ || absl::IsFailedPrecondition(status);
  if (!status.ok()) return All(items.size(), v1::OUTCOME_FAILED, absl::StrCat("indexer: ", status.ToString()));
  if (static_cast<size_t>(response.results_size()) != items.size()) {
    return All(items.size(), v1::OUTCOME_FAILED,
               absl::StrCat("indexer: ", response.results_size(), " results for ", items.size()));
  }
  return Translate(response);
}

std::vector<Delivered> IndexerPut::Refused(absl::Span<const PutItem> items, const absl::Status& status) {
  if (items.size() == 1) return All(1, v1::OUTCOME_REJECTED, absl::StrCat("indexer: ", status.message()));
  std::vector<Delivered> delivered;
  for (size_t i = 0; i < items.size(); ++i) delivered.push_back(std::move(Put(items.subspan(i, 1)).front()));
  return delivered;
}

absl::Status IndexerPut::Call(const v1::PutArticlesRequest& request, v1::PutArticlesResponse& response) {
  absl::Duration backoff = call_.options.first_backoff;
  absl::Status refusal = absl::DeadlineExceededError("no time left to put the articles");
  while (true) {
    if (call_.cancelled()) return absl::CancelledError("the caller has gone");
    const absl::Duration left = call_.deadline - call_.clock.Now();
    if (left <= absl::ZeroDuration()) return refusal;
    grpc::ClientContext context;
    PrepareContext(context, left);
    absl::Status status = FromGrpcStatus(indexer_.PutArticles(&context, request, &response));
    // That time ran out says less than why a try before was refused.
    if (absl::IsDeadlineExceeded(status) && !absl::IsDeadlineExceeded(refusal)) return refusal;
    if (!MayHelpToRetry(status)) return status;
    const absl::Duration pause = backoff * absl::Uniform(random_, 0.5, 1.0);
    if (call_.clock.Now() + pause >= call_.deadline) return status;
    refusal = status;
    Pause(pause);
    backoff = std::min(backoff * kBackoffGrowth, call_.options.max_backoff);
  }
}

void IndexerPut::Pause(absl::Duration pause) {
  const absl::Time until = call_.clock.Now() + pause;
  MutexLock lock(mu_);
  while (call_.clock.Now() < until && never_.WaitUntil(mu_, until)) {
  }
}

}  // namespace tintinh::normalizer

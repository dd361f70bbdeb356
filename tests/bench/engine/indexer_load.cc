#include "tests/bench/engine/indexer_load.h"

#include "absl/time/clock.h"
#include "common/status/status_macros.h"

namespace tintinh::bench {

IndexerLoad::IndexerLoad(indexer::Indexer& indexer, ArticleFeed& feed, double articles_per_second)
    : indexer_(indexer), feed_(feed), start_(absl::Now()), pacer_(articles_per_second / kBatch), thread_([this] {
        Run();
      }) {}

IndexerLoad::~IndexerLoad() {
  if (thread_.joinable()) Stop().IgnoreError();
}

void IndexerLoad::Run() {
  while (status_.ok() && pacer_.AwaitTurn()) status_ = PutBatch();
  end_ = absl::Now();
}

absl::Status IndexerLoad::PutBatch() {
  v1::PutArticlesRequest request;
  for (uint32_t i = 0; i < kBatch; ++i) *request.add_articles() = feed_.Next();
  const absl::StatusOr<v1::PutArticlesResponse> response = indexer_.Put(request, absl::InfiniteFuture());
  if (absl::IsResourceExhausted(response.status())) {
    refused_ += kBatch;
    return absl::OkStatus();
  }
  RETURN_IF_ERROR(response.status());
  for (const v1::PutResult& result : response->results()) {
    ++(result.outcome() == v1::PUT_OUTCOME_FAILED ? refused_ : acknowledged_);
  }
  return absl::OkStatus();
}

absl::Status IndexerLoad::Stop() {
  pacer_.Stop();
  thread_.join();
  return status_;
}

double IndexerLoad::articles_per_second() const {
  return static_cast<double>(acknowledged_) / absl::ToDoubleSeconds(end_ - start_);
}

}  // namespace tintinh::bench

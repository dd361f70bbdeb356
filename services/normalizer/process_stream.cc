#include "services/normalizer/process_stream.h"

#include <thread>
#include <utility>

#include "common/log/log.h"

namespace tintinh::normalizer {
namespace {

absl::string_view View(const std::string& text) { return absl::string_view(text.data(), text.size()); }

v1::ProcessResponse Answer(const std::string& page_id, const Normalized& normalized) {
  v1::ProcessResponse response;
  response.set_page_id(page_id);
  response.set_kind(normalized.kind);
  response.set_blocked(normalized.blocked);
  response.set_canonical_url(normalized.canonical_url);
  for (const DraftLink& link : normalized.links) {
    v1::OutLink* out = response.add_links();
    out->set_url(link.url);
    out->set_kind(link.kind);
  }
  if (!normalized.article) {
    response.set_outcome(v1::OUTCOME_REJECTED);
    response.set_reject_reason(normalized.reject_reason);
    response.set_reason(normalized.reason);
  }
  return response;
}

void AddDelivery(Delivered delivered, const std::string& article_id, v1::ProcessResponse& response) {
  response.set_outcome(delivered.outcome);
  response.set_reason(std::move(delivered.reason));
  if (delivered.outcome == v1::OUTCOME_REJECTED) response.set_reject_reason(v1::REJECT_REASON_LIMITS);
  if (delivered.outcome == v1::OUTCOME_REJECTED || delivered.outcome == v1::OUTCOME_FAILED) return;
  response.set_article_id(article_id);
  response.set_near_duplicate_of(delivered.result.duplicate_of());
  response.set_shard(delivered.result.shard());
  response.set_log_position(delivered.result.log_position());
}

}  // namespace

ProcessStream::ProcessStream(const Normalizer& normalizer, const Delivery& delivery, size_t max_in_flight,
                             Metrics& metrics, PageStream stream)
    : normalizer_(normalizer),
      delivery_(delivery),
      max_in_flight_(max_in_flight),
      metrics_(metrics),
      stream_(std::move(stream)),
      done_(max_in_flight) {}

void ProcessStream::Run() {
  std::thread reader([this] { ReadAhead(); });
  while (true) {
    std::vector<Item> batch = NextBatch();
    if (batch.empty()) break;
    if (WriteOutcomes(std::move(batch))) continue;
    Close();
    break;
  }
  reader.join();
}

void ProcessStream::ReadAhead() {
  v1::ProcessRequest request;
  while (Reserve() && stream_.read(&request)) {
    if (!done_.Push(Normalize(request))) break;
    request.Clear();
  }
  done_.Close();
}

ProcessStream::Item ProcessStream::Normalize(const v1::ProcessRequest& request) const {
  Item item;
  item.page_id = request.page().page_id();
  item.trace_id = request.page().trace_id();
  item.url = request.page().url();
  item.normalized = normalizer_.Normalize(request.page());
  return item;
}

// What is ready, up to one request's worth of articles; waits for the first.
std::vector<ProcessStream::Item> ProcessStream::NextBatch() {
  std::vector<Item> batch;
  size_t bytes = 0;
  size_t articles = 0;
  while (batch.empty() || done_.size() > 0) {
    std::optional<Item> item = done_.Pop();
    if (!item) break;
    if (item->normalized.article) {
      bytes += item->normalized.article->ByteSizeLong();
      ++articles;
    }
    batch.push_back(*std::move(item));
    if (articles >= Delivery::kMaxBatchArticles || bytes >= Delivery::kMaxBatchBytes) break;
  }
  return batch;
}

bool ProcessStream::WriteOutcomes(std::vector<Item> batch) {
  std::vector<const v1::Article*> articles;
  for (const Item& item : batch) {
    if (item.normalized.article) articles.push_back(&*item.normalized.article);
  }
  std::vector<Delivered> delivered = delivery_.Put(articles, batch.front().trace_id, stream_.cancelled);
  size_t next = 0;
  for (Item& item : batch) {
    v1::ProcessResponse response = Answer(item.page_id, item.normalized);
    if (item.normalized.article) {
      AddDelivery(std::move(delivered[next++]), item.normalized.article->article_id(), response);
    }
    Account(item, response);
    if (!stream_.write(response)) return false;
    Release();
  }
  return true;
}

void ProcessStream::Account(const Item& item, const v1::ProcessResponse& response) {
  const std::string outcome = v1::Outcome_Name(response.outcome());
  metrics_.NewCounter("tintinh_normalizer_pages_total", "pages by outcome", {{"outcome", outcome}}).Increment();
  LogInfo("page normalized", {{"trace", View(item.trace_id)},
                              {"url", View(item.url)},
                              {"article_id", View(response.article_id())},
                              {"outcome", View(outcome)},
                              {"reason", View(response.reason())}});
}

bool ProcessStream::Reserve() {
  MutexLock lock(mu_);
  while (in_flight_ >= max_in_flight_ && !closed_) room_.Wait(mu_);
  if (closed_) return false;
  ++in_flight_;
  return true;
}

void ProcessStream::Release() {
  MutexLock lock(mu_);
  --in_flight_;
  room_.NotifyOne();
}

void ProcessStream::Close() {
  {
    MutexLock lock(mu_);
    closed_ = true;
    room_.NotifyAll();
  }
  stream_.stop();
  done_.Close();
}

}  // namespace tintinh::normalizer

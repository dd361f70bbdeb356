// An indexer that stores nothing and answers as told, in process.
#ifndef TINTINH_TESTS_SUPPORT_FAKE_INDEXER_H_
#define TINTINH_TESTS_SUPPORT_FAKE_INDEXER_H_

#include <algorithm>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "common/server/server.h"
#include "common/sharding/shard_of.h"
#include "common/sync/mutex.h"
#include "tintinh/v1/indexer_service.grpc.pb.h"

namespace tintinh::testing {

// Thread-safe.
class FakeIndexer final : public v1::IndexerService::Service {
 public:
  FakeIndexer()
      : server_(*Server::StartInProcess({this})), stub_(v1::IndexerService::NewStub(server_->InProcessChannel())) {}

  v1::IndexerService::StubInterface& stub() { return *stub_; }

  // The next calls fail with these, in order; then every call succeeds.
  void FailNext(std::vector<grpc::Status> failures) {
    MutexLock lock(mu_);
    failures_.assign(failures.begin(), failures.end());
  }
  // Called at the start of every call, without a lock.
  void OnCall(std::function<void()> hook) {
    MutexLock lock(mu_);
    hook_ = std::move(hook);
  }
  // Articles for which this is true get FAILED, or with `refuse` make their batch INVALID_ARGUMENT.
  void Judge(std::function<bool(const v1::Article&)> bad, grpc::StatusCode code) {
    MutexLock lock(mu_);
    bad_ = std::move(bad);
    bad_code_ = code;
  }

  // It says that it has these of so many shards; articles of others are refused.
  void Hold(std::vector<uint32_t> held, uint32_t shard_count) {
    MutexLock lock(mu_);
    held_ = std::move(held);
    shard_count_ = shard_count;
  }
  // What it says to be near to every article.
  void AnswerNear(v1::NearDuplicates near) {
    MutexLock lock(mu_);
    near_ = std::move(near);
  }

  int status_calls() const {
    MutexLock lock(mu_);
    return status_calls_;
  }
  // Of the last put.
  v1::PutArticlesRequest last_put() const {
    MutexLock lock(mu_);
    return last_put_;
  }
  int calls() const {
    MutexLock lock(mu_);
    return calls_;
  }
  std::vector<std::string> titles() const {
    MutexLock lock(mu_);
    return titles_;
  }

  grpc::Status PutArticles(grpc::ServerContext* /*context*/, const v1::PutArticlesRequest* request,
                           v1::PutArticlesResponse* response) override {
    Hook()();
    MutexLock lock(mu_);
    ++calls_;
    if (!failures_.empty()) {
      const grpc::Status failure = failures_.front();
      failures_.pop_front();
      return failure;
    }
    last_put_ = *request;
    for (const v1::Article& article : request->articles()) {
      if (!Holds(article)) return grpc::Status(grpc::StatusCode::FAILED_PRECONDITION, "a shard that is not held here");
      if (bad_ && bad_(article) && bad_code_ != grpc::StatusCode::OK) return grpc::Status(bad_code_, "articles: bad");
    }
    for (const v1::Article& article : request->articles()) Put(article, *response);
    return grpc::Status::OK;
  }

  grpc::Status GetIndexStatus(grpc::ServerContext* /*context*/, const v1::GetIndexStatusRequest* /*request*/,
                              v1::GetIndexStatusResponse* response) override {
    MutexLock lock(mu_);
    ++status_calls_;
    response->set_shard_count(shard_count_);
    for (const uint32_t shard : held_) response->add_shards()->set_shard(shard);
    return shard_count_ == 0 ? grpc::Status(grpc::StatusCode::UNAVAILABLE, "not serving") : grpc::Status::OK;
  }

  grpc::Status FindNearDuplicates(grpc::ServerContext* /*context*/, const v1::FindNearDuplicatesRequest* request,
                                  v1::FindNearDuplicatesResponse* response) override {
    MutexLock lock(mu_);
    for (int i = 0; i < request->simhashes_size(); ++i) *response->add_near() = near_;
    return grpc::Status::OK;
  }

 private:
  bool Holds(const v1::Article& article) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    return shard_count_ == 0 ||
           std::find(held_.begin(), held_.end(), ShardOf(article.article_id(), shard_count_)) != held_.end();
  }

  std::function<void()> Hook() const {
    MutexLock lock(mu_);
    return hook_ ? hook_ : [] {};
  }

  void Put(const v1::Article& article, v1::PutArticlesResponse& response) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    v1::PutResult* result = response.add_results();
    result->set_article_id(article.article_id());
    if (bad_ && bad_(article)) {
      result->set_outcome(v1::PUT_OUTCOME_FAILED);
      result->set_error("shard 1: disk full");
      return;
    }
    titles_.push_back(article.title());
    result->set_outcome(v1::PUT_OUTCOME_STORED);
    result->set_shard(1);
    result->set_log_position(titles_.size());
  }

  mutable Mutex mu_;
  std::deque<grpc::Status> failures_ ABSL_GUARDED_BY(mu_);
  std::function<void()> hook_ ABSL_GUARDED_BY(mu_);
  std::function<bool(const v1::Article&)> bad_ ABSL_GUARDED_BY(mu_);
  grpc::StatusCode bad_code_ ABSL_GUARDED_BY(mu_) = grpc::StatusCode::OK;
  int calls_ ABSL_GUARDED_BY(mu_) = 0;
  int status_calls_ ABSL_GUARDED_BY(mu_) = 0;
  std::vector<uint32_t> held_ ABSL_GUARDED_BY(mu_);
  uint32_t shard_count_ ABSL_GUARDED_BY(mu_) = 0;
  v1::NearDuplicates near_ ABSL_GUARDED_BY(mu_);
  v1::PutArticlesRequest last_put_ ABSL_GUARDED_BY(mu_);
  std::vector<std::string> titles_ ABSL_GUARDED_BY(mu_);
  std::unique_ptr<Server> server_;
  std::unique_ptr<v1::IndexerService::Stub> stub_;
};

}  // namespace tintinh::testing

#endif  // TINTINH_TESTS_SUPPORT_FAKE_INDEXER_H_

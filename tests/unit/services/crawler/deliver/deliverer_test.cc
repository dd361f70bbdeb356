#include "services/crawler/deliver/deliverer.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/server/server.h"
#include "common/sync/mutex.h"
#include "common/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tintinh/v1/normalizer_service.grpc.pb.h"

namespace tintinh::crawler {
namespace {

using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Pair;
using ::testing::SizeIs;

// Answers every page as told, and knows how many it held unanswered at most.
class ScriptedNormalizer final : public v1::NormalizerService::Service {
 public:
  // False ends the stream without an answer.
  using Script = std::function<bool(int call, v1::ProcessResponse&)>;
  Script script = [](int, v1::ProcessResponse&) { return true; };
  size_t read_ahead = 1;

  grpc::Status Process(grpc::ServerContext*,
                       grpc::ServerReaderWriter<v1::ProcessResponse, v1::ProcessRequest>* stream) override {
    v1::ProcessRequest request;
    std::vector<v1::ProcessResponse> held;
    while (stream->Read(&request)) {
      v1::ProcessResponse& response = held.emplace_back();
      response.set_page_id(request.page().page_id());
      response.set_outcome(v1::OUTCOME_STORED);
      most_held = std::max(most_held.load(), held.size());
      if (!script(++calls, response)) return {grpc::StatusCode::UNAVAILABLE, "the stream is cut"};
      if (held.size() < read_ahead) continue;
      for (const v1::ProcessResponse& answer : held) stream->Write(answer);
      held.clear();
    }
    for (const v1::ProcessResponse& answer : held) stream->Write(answer);
    return grpc::Status::OK;
  }

  std::atomic<int> calls = 0;
  std::atomic<size_t> most_held = 0;
};

class DelivererTest : public ::testing::Test {
 protected:
  DelivererTest() {
    options_.first_pause = absl::Milliseconds(5);
    options_.longest_pause = absl::Milliseconds(20);
    options_.stop_patience = absl::Milliseconds(500);
  }
  ~DelivererTest() override {
    deliverer_.reset();
    if (server_ != nullptr) server_->Drain(absl::Seconds(1));
  }

  void Start() {
    server_ = *Server::StartInProcess({&normalizer_});
    stub_ = v1::NormalizerService::NewStub(server_->InProcessChannel());
    deliverer_ = std::make_unique<Deliverer>(
        *stub_, clock_, options_, [this](uint64_t sequence) { return Read(sequence); },
        [this](uint64_t sequence, const v1::ProcessResponse&) { return Settle(sequence); });
    deliverer_->Start();
  }

  absl::StatusOr<v1::Page> Read(uint64_t sequence) {
    if (sequence >= 1000) return absl::NotFoundError("gone");
    v1::Page page;
    page.set_page_id(absl::StrCat(sequence));
    return page;
  }
  absl::Status Settle(uint64_t sequence) {
    MutexLock lock(mu_);
    if (settle_failures_ > 0 && settle_failures_-- > 0) return absl::UnavailableError("disk full");
    ++settled_[sequence];
    changed_.NotifyAll();
    return absl::OkStatus();
  }

  // The settled pages once there are `count`, or after 20 s.
  std::map<uint64_t, int> SettledOnce(size_t count) {
    MutexLock lock(mu_);
    const absl::Time deadline = clock_.Now() + absl::Seconds(20);
    while (settled_.size() < count && clock_.Now() < deadline) changed_.WaitUntil(mu_, deadline);
    return settled_;
  }

  SystemClock clock_;
  DelivererOptions options_;
  ScriptedNormalizer normalizer_;
  std::unique_ptr<Server> server_;
  std::unique_ptr<v1::NormalizerService::Stub> stub_;
  Mutex mu_;
  CondVar changed_;
  std::map<uint64_t, int> settled_ ABSL_GUARDED_BY(mu_);
  int settle_failures_ ABSL_GUARDED_BY(mu_) = 0;
  std::unique_ptr<Deliverer> deliverer_;
};

TEST_F(DelivererTest, EveryPageIsSettledOnce) {
  Start();
  for (uint64_t i = 0; i < 200; ++i) deliverer_->Offer(i);
  EXPECT_THAT(SettledOnce(200), SizeIs(200));
  deliverer_->Stop();
  EXPECT_THAT(SettledOnce(200), Each(Pair(::testing::_, 1)));
  EXPECT_EQ(normalizer_.calls, 200);
}

TEST_F(DelivererTest, NoMoreThanTheBoundAreInFlight) {
  options_.max_in_flight = 8;
  options_.stream_age = absl::Milliseconds(200);
  normalizer_.read_ahead = 1'000'000;
  Start();
  for (uint64_t i = 0; i < 30; ++i) deliverer_->Offer(i);
  EXPECT_THAT(SettledOnce(30), SizeIs(30)) << "answers come when the stream is half-closed";
  deliverer_->Stop();
  EXPECT_EQ(normalizer_.most_held, 8u);
}

TEST_F(DelivererTest, FailedPagesAreSentAgain) {
  normalizer_.script = [](int call, v1::ProcessResponse& response) {
    if (call % 2 == 1) response.set_outcome(call % 4 == 1 ? v1::OUTCOME_FAILED : v1::OUTCOME_UNSPECIFIED);
    return true;
  };
  Start();
  for (uint64_t i = 0; i < 10; ++i) deliverer_->Offer(i);
  EXPECT_THAT(SettledOnce(10), SizeIs(10));
  deliverer_->Stop();
  EXPECT_THAT(SettledOnce(10), Each(Pair(::testing::_, 1)));
}

TEST_F(DelivererTest, ABrokenStreamIsFollowedByAnotherAndNothingIsLost) {
  normalizer_.script = [](int call, v1::ProcessResponse&) { return call % 5 != 0; };
  Start();
  for (uint64_t i = 0; i < 20; ++i) deliverer_->Offer(i);
  EXPECT_THAT(SettledOnce(20), SizeIs(20));
}

TEST_F(DelivererTest, AnOutcomeThatCouldNotBeKeptIsAskedForAgain) {
  {
    MutexLock lock(mu_);
    settle_failures_ = 2;
  }
  Start();
  deliverer_->Offer(1);
  EXPECT_THAT(SettledOnce(1), SizeIs(1));
  deliverer_->Stop();
  EXPECT_EQ(normalizer_.calls, 3);
}

TEST_F(DelivererTest, APageThatIsGoneIsForgotten) {
  Start();
  deliverer_->Offer(1000);
  deliverer_->Offer(1);
  EXPECT_THAT(SettledOnce(1), SizeIs(1));
  deliverer_->Stop();
  EXPECT_EQ(normalizer_.calls, 1);
}

TEST_F(DelivererTest, OutcomesOfPagesNeverSentAreIgnored) {
  normalizer_.script = [](int call, v1::ProcessResponse& response) {
    if (call == 1) response.set_page_id("4711");
    return true;
  };
  options_.stream_age = absl::Milliseconds(50);
  Start();
  deliverer_->Offer(1);
  const auto settled = SettledOnce(1);
  EXPECT_EQ(settled.count(1), 1u);
  EXPECT_EQ(settled.count(4711), 0u);
}

TEST_F(DelivererTest, StopEndsAStreamWhoseOutcomesDoNotCome) {
  class Silent final : public v1::NormalizerService::Service {
    grpc::Status Process(grpc::ServerContext* context,
                         grpc::ServerReaderWriter<v1::ProcessResponse, v1::ProcessRequest>* stream) override {
      v1::ProcessRequest request;
      while (stream->Read(&request)) {
      }
      // Until the client gives up.
      while (!context->IsCancelled()) std::this_thread::yield();
      return grpc::Status::OK;
    }
  } silent;
  server_ = *Server::StartInProcess({&silent});
  stub_ = v1::NormalizerService::NewStub(server_->InProcessChannel());
  deliverer_ = std::make_unique<Deliverer>(
      *stub_, clock_, options_, [this](uint64_t sequence) { return Read(sequence); },
      [this](uint64_t sequence, const v1::ProcessResponse&) { return Settle(sequence); });
  deliverer_->Start();
  deliverer_->Offer(1);
  const absl::Time start = clock_.Now();
  deliverer_->Stop();
  EXPECT_LT(clock_.Now() - start, absl::Seconds(10));
  EXPECT_THAT(SettledOnce(0), SizeIs(0));
  deliverer_.reset();
  server_->Drain(absl::Seconds(1));
  server_.reset();
}

TEST_F(DelivererTest, LastErrorNamesTheTroubleUntilASuccess) {
  normalizer_.script = [](int call, v1::ProcessResponse& response) {
    if (call == 1) {
      response.set_outcome(v1::OUTCOME_FAILED);
      response.set_reason("the indexer does not answer");
    }
    return true;
  };
  options_.first_pause = options_.longest_pause = absl::Milliseconds(500);
  Start();
  deliverer_->Offer(1);
  const absl::Time deadline = clock_.Now() + absl::Seconds(10);
  while (deliverer_->last_error().empty() && clock_.Now() < deadline) std::this_thread::yield();
  EXPECT_THAT(deliverer_->last_error(), HasSubstr("indexer does not answer"));
  EXPECT_THAT(SettledOnce(1), SizeIs(1));
  deliverer_->Stop();
  EXPECT_EQ(deliverer_->last_error(), "");
}

}  // namespace
}  // namespace tintinh::crawler

#include "services/normalizer/process_stream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_indexer.h"
#include "tests/support/sample_page.h"

namespace tintinh::normalizer {
namespace {

using ::testing::Each;
using ::testing::SizeIs;
using tintinh::testing::FakeClock;
using tintinh::testing::FakeIndexer;
using tintinh::testing::SampleStory;

constexpr size_t kMaxInFlight = 4;

// A gate that opens once.
class Gate {
 public:
  void Open() {
    MutexLock lock(mu_);
    open_ = true;
    opened_.NotifyAll();
  }
  void Wait() {
    MutexLock lock(mu_);
    while (!open_) opened_.Wait(mu_);
  }

 private:
  Mutex mu_;
  CondVar opened_;
  bool open_ ABSL_GUARDED_BY(mu_) = false;
};

class ProcessStreamTest : public ::testing::Test {
 protected:
  // `count` stories, then the end.
  PageStream Pages(int count) {
    PageStream stream;
    stream.read = [this, count](v1::ProcessRequest* request) {
      const int number = reads_++;
      if (on_read_) on_read_(number + 1);
      if (number >= count) return false;
      *request->mutable_page() = SampleStory(number);
      return true;
    };
    stream.write = [this](const v1::ProcessResponse& response) {
      if (static_cast<int>(written_.size()) == refuse_write_) return false;
      written_.push_back(response);
      return true;
    };
    stream.cancelled = [this] { return stopped_.load(); };
    stream.stop = [this] { stopped_ = true; };
    return stream;
  }

  void RunOver(PageStream stream) {
    ProcessStream(normalizer_, delivery_, kMaxInFlight, metrics_, std::move(stream)).Run();
  }

  FakeIndexer indexer_;
  FakeClock clock_;
  Metrics metrics_;
  Normalizer normalizer_{NormalizerLimits()};
  Delivery delivery_{indexer_.stub(), DeliveryOptions(), clock_};
  std::function<void(int)> on_read_;
  std::vector<v1::ProcessResponse> written_;
  int refuse_write_ = -1;
  std::atomic<int> reads_ = 0;
  std::atomic<bool> stopped_ = false;
};

TEST_F(ProcessStreamTest, EveryPageGetsItsOutcomeInOrder) {
  RunOver(Pages(50));
  ASSERT_THAT(written_, SizeIs(50));
  for (size_t i = 0; i < written_.size(); ++i) {
    EXPECT_EQ(written_[i].page_id(), absl::StrCat("page-", i));
    EXPECT_EQ(written_[i].outcome(), v1::OUTCOME_STORED);
  }
  EXPECT_THAT(indexer_.titles(), SizeIs(50));
}

TEST_F(ProcessStreamTest, NoPagesNoCalls) {
  RunOver(Pages(0));
  EXPECT_THAT(written_, SizeIs(0));
  EXPECT_EQ(indexer_.calls(), 0);
}

TEST_F(ProcessStreamTest, ReadsOnWhileTheIndexerIsBusyButNotBeyondTheBound) {
  Gate read_all_allowed;
  Gate indexer_free;
  on_read_ = [&](int reads) {
    if (reads == static_cast<int>(kMaxInFlight)) read_all_allowed.Open();
  };
  indexer_.OnCall([&indexer_free] { indexer_free.Wait(); });
  std::thread stream([this] { RunOver(Pages(20)); });
  read_all_allowed.Wait();  // the first page's put is waiting, and the pages behind it were read all the same
  EXPECT_EQ(reads_.load(), static_cast<int>(kMaxInFlight));
  indexer_free.Open();
  stream.join();
  EXPECT_THAT(written_, SizeIs(20));
}

TEST_F(ProcessStreamTest, StopsReadingWhenTheClientIsGone) {
  refuse_write_ = 3;
  RunOver(Pages(1'000));
  EXPECT_TRUE(stopped_.load());
  EXPECT_THAT(written_, SizeIs(3));
  EXPECT_LE(reads_.load(), static_cast<int>(3 + 2 * kMaxInFlight));
}

TEST_F(ProcessStreamTest, ARejectedPageKeepsItsPlaceAndItsLinks) {
  PageStream stream = Pages(3);
  stream.read = [read = stream.read](v1::ProcessRequest* request) {
    const bool more = read(request);
    if (more && request->page().page_id() == "page-1")
      request->mutable_page()->mutable_hints()->set_article_listing(true);
    return more;
  };
  RunOver(std::move(stream));
  ASSERT_THAT(written_, SizeIs(3));
  EXPECT_EQ(written_[1].outcome(), v1::OUTCOME_REJECTED);
  EXPECT_EQ(written_[1].reject_reason(), v1::REJECT_REASON_NOT_ARTICLE);
  EXPECT_GT(written_[1].links_size(), 0);
  EXPECT_EQ(written_[2].outcome(), v1::OUTCOME_STORED);
}

TEST_F(ProcessStreamTest, CountsOutcomes) {
  RunOver(Pages(2));
  EXPECT_THAT(metrics_.Text(), ::testing::HasSubstr("tintinh_normalizer_pages_total{outcome=\"OUTCOME_STORED\"} 2"));
}

}  // namespace
}  // namespace tintinh::normalizer

#include "services/crawler/crawler.h"

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "common/server/server.h"
#include "common/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"
#include "tintinh/config/v1/sites.pb.h"

// How a crawler behaves towards a site is in tests/contract/crawler; this is about its life.
namespace tintinh::crawler {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

class CrawlerTest : public ::testing::Test {
 protected:
  CrawlerTest() {
    server_ = *Server::StartInProcess({&normalizer_});
    stub_ = v1::NormalizerService::NewStub(server_->InProcessChannel());
    options_.data_directory = dir_.path();
    options_.fetch.user_agent = "tintinh";
    options_.fetch.guard = *AddressGuard::Create({"127.0.0.0/8"});
    Open();
  }
  ~CrawlerTest() override {
    crawler_.reset();
    server_->Drain(absl::Seconds(1));
  }

  void Open() {
    config::v1::SitesConfig config;
    config::v1::SiteConfig& site = *config.add_sites();
    site.set_id("demo");
    // Nothing listens there.
    site.set_home("http://127.0.0.1:1/");
    site.set_max_article_urls(1);
    auto opened = Crawler::Open(options_, *Sites::Create(config, {}), {*stub_, metrics_, clock_, others_});
    ASSERT_THAT(opened, IsOk());
    crawler_ = *std::move(opened);
  }

  testing::TempDir dir_;
  SystemClock clock_;
  Metrics metrics_;
  v1::NormalizerService::Service normalizer_;
  std::unique_ptr<Server> server_;
  std::unique_ptr<v1::NormalizerService::Stub> stub_;
  CrawlerOptions options_;
  std::vector<Member> others_;
  std::unique_ptr<Crawler> crawler_;
};

TEST_F(CrawlerTest, NothingIsQueuedOrSentBeforeStart) {
  EXPECT_EQ(crawler_->Status()->urls_known(), 0u);
  EXPECT_TRUE(crawler_->Status()->idle());
  ASSERT_THAT(crawler_->Start(), IsOk());
  EXPECT_EQ(crawler_->Status()->urls_known(), 1u);
}

TEST_F(CrawlerTest, DrainIsIdempotentAndQuestionsAreStillAnswered) {
  ASSERT_THAT(crawler_->Start(), IsOk());
  crawler_->Drain();
  crawler_->Drain();
  EXPECT_THAT(crawler_->Status(), IsOk());
  EXPECT_FALSE(crawler_->Wait(absl::Hours(1))) << "returns at once when drained";
}

TEST_F(CrawlerTest, ACrawlerNeverStartedDrainsToo) {
  crawler_->Drain();
  EXPECT_THAT(crawler_->Status(), IsOk());
}

TEST_F(CrawlerTest, WaitEndsWhenDrainingBegins) {
  ASSERT_THAT(crawler_->Start(), IsOk());
  bool waited = true;
  std::thread waiter([&] { waited = crawler_->Wait(absl::Hours(1)); });
  crawler_->Drain();
  waiter.join();
  EXPECT_FALSE(waited);
}

TEST_F(CrawlerTest, AHostThatCannotBeReachedIsLeftAloneAndSaysSo) {
  ASSERT_THAT(crawler_->Start(), IsOk());
  const absl::Time deadline = clock_.Now() + absl::Seconds(20);
  while (!crawler_->Status()->sites(0).has_blocked_until() && clock_.Now() < deadline) std::this_thread::yield();
  EXPECT_THAT(crawler_->Status()->sites(0).last_error(), HasSubstr("robots.txt cannot be read"));
  EXPECT_TRUE(crawler_->Status()->idle());
}

TEST_F(CrawlerTest, ASiteWithAllTheArticlesItMayHaveTakesNoMore) {
  EXPECT_FALSE(crawler_->Submit("http://127.0.0.1:1/1.html")->known());
  EXPECT_TRUE(crawler_->Submit("http://127.0.0.1:1/1.html")->known());
  EXPECT_THAT(crawler_->Submit("http://127.0.0.1:1/2.html"),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("max_article_urls (1)")));
}

// What another crawler answers that had the site and has none now.
class Left final : public v1::CrawlerService::Service {
 public:
  grpc::Status HandOverSite(grpc::ServerContext*, const v1::HandOverSiteRequest*,
                            grpc::ServerWriter<v1::HandOverSiteResponse>* writer) override {
    if (has_it) return {grpc::StatusCode::FAILED_PRECONDITION, "is still mine"};
    v1::HandOverSiteResponse nothing;
    nothing.set_format("2");
    nothing.set_complete(true);
    writer->Write(nothing);
    return grpc::Status::OK;
  }
  std::atomic<bool> has_it = true;
};

TEST_F(CrawlerTest, ASiteIsVisitedOnlyOnceTheOtherCrawlerHasLetItGo) {
  Left left;
  const std::unique_ptr<Server> other = *Server::StartInProcess({&left});
  others_ = {{"crawler-1", v1::CrawlerService::NewStub(other->InProcessChannel())}};
  options_.sites_are_held = true;
  options_.handover_interval = absl::Milliseconds(10);
  crawler_.reset();
  Open();
  ASSERT_THAT(crawler_->Start(), IsOk());
  EXPECT_TRUE(crawler_->Status()->sites(0).awaits_hand_over());
  EXPECT_EQ(crawler_->Status()->urls_known(), 0u);
  EXPECT_THAT(crawler_->Submit("http://127.0.0.1:1/1.html"),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("\"demo\" is being taken over")));
  left.has_it = false;
  const absl::Time deadline = clock_.Now() + absl::Seconds(20);
  while (crawler_->Status()->urls_known() == 0 && clock_.Now() < deadline) std::this_thread::yield();
  EXPECT_EQ(crawler_->Status()->urls_known(), 1u) << "its listings are queued";
  EXPECT_FALSE(crawler_->Status()->sites(0).awaits_hand_over());
  crawler_.reset();
  other->Drain(absl::Seconds(1));
}

TEST_F(CrawlerTest, WhatItHasHeldAloneIsNotAskedForWhenOthersCome) {
  options_.sites_are_held = true;
  crawler_.reset();
  Open();
  ASSERT_THAT(crawler_->Start(), IsOk());
  const absl::Time deadline = clock_.Now() + absl::Seconds(20);
  while (crawler_->Status()->sites(0).awaits_hand_over() && clock_.Now() < deadline) std::this_thread::yield();
  Left left;
  const std::unique_ptr<Server> other = *Server::StartInProcess({&left});
  others_ = {{"crawler-1", v1::CrawlerService::NewStub(other->InProcessChannel())}};
  crawler_.reset();
  Open();
  EXPECT_FALSE(crawler_->Status()->sites(0).awaits_hand_over());
  other->Drain(absl::Seconds(1));
}

TEST_F(CrawlerTest, WhatIsItsOwnIsNotHandedOver) {
  v1::HandOverSiteRequest request;
  request.set_site("demo");
  EXPECT_THAT(crawler_->HandOver(request, [](const v1::HandOverSiteResponse&) { return true; }),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("demo")));
}

}  // namespace
}  // namespace tintinh::crawler

#include "services/crawler/visit/robots_gate.h"

#include <memory>
#include <string>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/crawler/frontier/transition.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/services/crawler/visit/site_fixture.h"

namespace tintinh::crawler {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::IsOk;

FetchResult Answer(uint32_t http_status, std::string body = "") {
  FetchResult result;
  result.http_status = http_status;
  result.body = std::move(body);
  return result;
}

class RobotsGateTest : public SiteTest {
 protected:
  RobotsGateTest() {
    database_ = *kv::Database::Open({.directory = dir_.path() + "/db", .column_families = Frontier::ColumnFamilies()});
    FrontierOptions options;
    options.hosts = {{.host = "a.vn", .site = "bao-a"}};
    frontier_ = *Frontier::Open(*database_, options, clock_);
  }

  RobotsAnswer Read(const FetchResult& result, const disk::v1::RobotsRecord* before = nullptr) {
    return ReadRobotsAnswer(location_, before, "tintinh", result, clock_.Now());
  }
  void Store(const disk::v1::RobotsRecord& record) {
    kv::WriteBatch batch;
    frontier_->PutRobots(record, batch);
    ASSERT_THAT(database_->Write(std::move(batch), kv::Durability::kBuffered), IsOk());
  }
  RobotsDecision Decide(const std::string& url) {
    auto decision = gate().Decide(Locate(url), clock_.Now());
    EXPECT_THAT(decision, IsOk());
    return *std::move(decision);
  }
  RobotsGate& gate() {
    if (gate_ == nullptr) gate_ = std::make_unique<RobotsGate>(*frontier_, "tintinh");
    return *gate_;
  }

  testing::TempDir dir_;
  const Location location_ = Locate("https://a.vn/1");
  std::unique_ptr<kv::Database> database_;
  std::unique_ptr<Frontier> frontier_;
  std::unique_ptr<RobotsGate> gate_;
};

TEST_F(RobotsGateTest, RobotsTxtIsReadFirstAndAgainAfterADay) {
  EXPECT_EQ(Decide("https://a.vn/1").kind, RobotsDecision::Kind::kReadFirst);
  EXPECT_EQ(Decide("https://a.vn/1").robots_url, "https://a.vn/robots.txt");
  Store(Read(Answer(200, "User-agent: *\nDisallow: /tim-kiem\n")).record);
  EXPECT_EQ(Decide("https://a.vn/1").kind, RobotsDecision::Kind::kAllowed);
  EXPECT_EQ(Decide("https://a.vn/tim-kiem?q=x").kind, RobotsDecision::Kind::kDisallowed);
  EXPECT_THAT(Decide("https://a.vn/tim-kiem?q=x").rule, HasSubstr("/tim-kiem"));
  clock_.Advance(absl::Hours(24));
  EXPECT_EQ(Decide("https://a.vn/1").kind, RobotsDecision::Kind::kReadFirst);
}

TEST_F(RobotsGateTest, EveryOriginHasItsOwnRobotsTxt) {
  Store(Read(Answer(404)).record);
  EXPECT_EQ(Decide("https://a.vn/1").kind, RobotsDecision::Kind::kAllowed);
  EXPECT_EQ(Decide("http://a.vn/1").kind, RobotsDecision::Kind::kReadFirst);
  EXPECT_EQ(Decide("https://www.a.vn/1").robots_url, "https://www.a.vn/robots.txt");
}

TEST_F(RobotsGateTest, ANewerRobotsTxtReplacesTheOneCached) {
  Store(Read(Answer(200, "User-agent: *\nDisallow: /\n")).record);
  EXPECT_EQ(Decide("https://a.vn/1").kind, RobotsDecision::Kind::kDisallowed);
  clock_.Advance(absl::Hours(1));
  Store(Read(Answer(200, "User-agent: *\nAllow: /\n")).record);
  EXPECT_EQ(Decide("https://a.vn/1").kind, RobotsDecision::Kind::kAllowed);
}

TEST_F(RobotsGateTest, ClientErrorsAllowEverything) {
  for (uint32_t status : {400u, 401u, 403u, 404u, 410u, 451u}) {
    const RobotsAnswer answer = Read(Answer(status, "User-agent: *\nDisallow: /\n"));
    EXPECT_EQ(answer.completion.outcome, FetchOutcome::kRobotsRead) << status;
    EXPECT_EQ(answer.completion.robots_valid, absl::Hours(24)) << status;
    EXPECT_EQ(answer.record.body(), "") << status;
  }
}

TEST_F(RobotsGateTest, TooManyRequestsAllowsNothingAndHonoursRetryAfter) {
  FetchResult result = Answer(429, "User-agent: *\nAllow: /\n");
  result.retry_after = absl::Hours(1);
  const RobotsAnswer answer = Read(result);
  EXPECT_EQ(answer.completion.outcome, FetchOutcome::kRobotsRefused);
  EXPECT_EQ(answer.completion.retry_after, absl::Hours(1));
  EXPECT_THAT(answer.completion.reason, HasSubstr("429"));
  Store(answer.record);
  EXPECT_EQ(Decide("https://a.vn/1").kind, RobotsDecision::Kind::kReadFirst) << "not allowed until it was read";
}

TEST_F(RobotsGateTest, AnEarlierRobotsTxtStaysInForceAfterTooManyRequests) {
  const auto before = Read(Answer(200, "User-agent: *\nDisallow: /kin\n")).record;
  clock_.Advance(absl::Hours(24));
  const RobotsAnswer answer = Read(Answer(429), &before);
  EXPECT_EQ(answer.completion.outcome, FetchOutcome::kRobotsRefused) << "the host is left alone first";
  Store(answer.record);
  EXPECT_EQ(Decide("https://a.vn/kin").kind, RobotsDecision::Kind::kDisallowed);
  EXPECT_EQ(Decide("https://a.vn/1").kind, RobotsDecision::Kind::kAllowed);
  clock_.Advance(absl::Hours(1));
  EXPECT_EQ(Decide("https://a.vn/kin").kind, RobotsDecision::Kind::kReadFirst);
}

TEST_F(RobotsGateTest, ServerErrorsAndSilenceAllowNothing) {
  FetchResult silence;
  silence.status = absl::UnavailableError("connection refused");
  FetchResult busy = Answer(503);
  busy.retry_after = absl::Minutes(10);
  for (const FetchResult& result : {silence, Answer(500), busy}) {
    EXPECT_EQ(Read(result).completion.outcome, FetchOutcome::kRobotsRefused);
    EXPECT_NE(Read(result).completion.reason, "");
  }
  EXPECT_EQ(Read(busy).completion.retry_after, absl::Minutes(10));
}

TEST_F(RobotsGateTest, AnEarlierRobotsTxtStaysInForceWhileTheServerFails) {
  const auto before = Read(Answer(200, "User-agent: *\nDisallow: /kin\nCrawl-delay: 7\n")).record;
  clock_.Advance(absl::Hours(24));
  const RobotsAnswer answer = Read(Answer(502), &before);
  EXPECT_EQ(answer.completion.outcome, FetchOutcome::kRobotsRead);
  EXPECT_EQ(answer.completion.crawl_delay, absl::Seconds(7));
  Store(answer.record);
  EXPECT_EQ(Decide("https://a.vn/kin").kind, RobotsDecision::Kind::kDisallowed);
  clock_.Advance(absl::Hours(1));
  EXPECT_EQ(Decide("https://a.vn/kin").kind, RobotsDecision::Kind::kReadFirst);
}

TEST_F(RobotsGateTest, FiveRedirectsAreFollowedAndMoreMeanThereIsNone) {
  disk::v1::RobotsRecord record;
  FetchResult redirect = Answer(301);
  redirect.redirect_location = "https://a.vn/khac/robots.txt";
  for (int i = 0; i < 5; ++i) {
    record = Read(redirect, &record).record;
    Store(record);
    EXPECT_EQ(Decide("https://a.vn/1").robots_url, redirect.redirect_location);
  }
  Store(Read(redirect, &record).record);
  EXPECT_EQ(Decide("https://a.vn/1").kind, RobotsDecision::Kind::kAllowed);
  clock_.Advance(absl::Minutes(1));
  Store(Read(Answer(200, "User-agent: *\nDisallow: /\n"), &record).record);
  EXPECT_EQ(Decide("https://a.vn/1").kind, RobotsDecision::Kind::kDisallowed) << "what the last redirect led to";
}

TEST_F(RobotsGateTest, ARedirectSaysNothingOfThePace) {
  FetchResult redirect = Answer(301);
  redirect.redirect_location = "https://a.vn/khac/robots.txt";
  EXPECT_EQ(Read(redirect).completion.crawl_delay, std::nullopt);
  EXPECT_EQ(Read(Answer(500)).completion.crawl_delay, std::nullopt);
  EXPECT_EQ(Read(Answer(404)).completion.crawl_delay, absl::ZeroDuration());
  EXPECT_EQ(Read(Answer(404)).completion.robots_origin, "https://a.vn");
}

TEST_F(RobotsGateTest, OfALongRobotsTxtTheWholeLinesOfItsBeginningCount) {
  std::string body = "User-agent: *\nDisallow: /\n";
  while (body.size() + 4 < kMaxRobotsBytes) body += "#\n";
  body += "Allow: /pub";
  ASSERT_GT(body.size(), kMaxRobotsBytes);
  Store(Read(Answer(200, body.substr(0, kMaxRobotsBytes + 1))).record);
  EXPECT_EQ(Decide("https://a.vn/x").kind, RobotsDecision::Kind::kDisallowed) << "not torn to \"Allow: /\"";
}

TEST_F(RobotsGateTest, A429IsNoRobotsTxtThoughItsBodyIsTorn) {
  FetchResult torn = Answer(429);
  torn.status = absl::UnavailableError("connection reset");
  torn.retry_after = absl::Hours(1);
  EXPECT_EQ(Read(torn).completion.outcome, FetchOutcome::kRobotsRefused);
  EXPECT_EQ(Read(torn).completion.retry_after, absl::Hours(1));
  EXPECT_EQ(Read(torn).completion.http_status, 429u);
}

TEST_F(RobotsGateTest, DelayAndSitemapsAreRead) {
  const RobotsAnswer answer =
      Read(Answer(200, "User-agent: tintinh\nCrawl-delay: 12\n\nSitemap: https://a.vn/tin.xml\n"));
  EXPECT_EQ(answer.completion.crawl_delay, absl::Seconds(12));
  EXPECT_THAT(answer.sitemaps, ElementsAre("https://a.vn/tin.xml"));
}

}  // namespace
}  // namespace tintinh::crawler

#include "services/crawler/frontier/frontier.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/crawler/frontier/frontier_fixture.h"

namespace tintinh::crawler {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::IsOkAndHolds;
using testing::StatusIs;

TEST_F(FrontierTest, HostsAreAskedOnlyAfterTheirDelay) {
  KnowRobots("a.vn");
  Add(Article("/1"));
  Add(Article("/2"));
  Complete(Take(), Outcome(FetchOutcome::kPageKept));
  const Turn early = Next();
  EXPECT_TRUE(early.leases.empty());
  EXPECT_EQ(early.wait_until, clock_.Now() + absl::Seconds(5));
  clock_.Advance(absl::Seconds(5) - absl::Microseconds(1));
  EXPECT_TRUE(Next().leases.empty());
  clock_.Advance(absl::Microseconds(1));
  EXPECT_FALSE(Next().leases.empty());
}

TEST_F(FrontierTest, TheDelayCountsFromTheEndOfASlowAnswerAndIsAtLeastTheTimeItTook) {
  KnowRobots("a.vn");
  Add(Article("/1"));
  Add(Article("/2"));
  const Lease lease = Take();
  clock_.Advance(absl::Seconds(20));
  Completion slow = Outcome(FetchOutcome::kPageKept);
  slow.took = absl::Seconds(20);
  Complete(lease, slow);
  EXPECT_EQ(Next().wait_until, clock_.Now() + absl::Seconds(20));
}

TEST_F(FrontierTest, TheCrawlDelayOfRobotsTxtLengthensTheDelay) {
  KnowRobots("b.vn", absl::Seconds(30));
  Add(Article("/1", "b.vn"));
  Add(Article("/2", "b.vn"));
  Take();
  EXPECT_EQ(Next().wait_until, clock_.Now() + absl::Seconds(30));
  Reopen();
  EXPECT_EQ(Next().wait_until, clock_.Now() + absl::Seconds(30));
}

TEST_F(FrontierTest, ARestartAsksNoHostEarlierThanItWasTold) {
  KnowRobots("a.vn");
  Add(Article("/1"));
  Add(Article("/2"));
  Take();
  clock_.Advance(absl::Seconds(4));
  Reopen();
  EXPECT_EQ(Next().wait_until, clock_.Now() + absl::Seconds(5)) << "the request may have been sent a moment ago";
  clock_.Advance(absl::Seconds(5));
  Completion refusal = Outcome(FetchOutcome::kRefused, 429);
  refusal.retry_after = absl::Hours(1);
  Complete(Take(), refusal);
  Reopen();
  EXPECT_EQ(Next().wait_until, clock_.Now() + absl::Hours(1));
  clock_.Advance(absl::Hours(1) - absl::Seconds(1));
  Reopen();
  EXPECT_TRUE(Next().leases.empty());
  clock_.Advance(absl::Seconds(1));
  EXPECT_FALSE(Next().leases.empty());
}

TEST_F(FrontierTest, ABlockedHostDoesNotHoldUpOthers) {
  KnowRobots("a.vn");
  Add(Article("/1"));
  Add(Article("/2"));
  Completion refusal = Outcome(FetchOutcome::kRefused, 503);
  refusal.retry_after = absl::Hours(3);
  Complete(Take(), refusal);
  Add(Article("/1", "b.vn"));
  EXPECT_EQ(Take().record.url(), "https://b.vn/1");
}

TEST_F(FrontierTest, ALateCompletionIsRefusedAndChangesNothing) {
  Add(Article("/1"));
  const Lease late = Take();
  clock_.Advance(options_.lease_time);
  EXPECT_TRUE(Next().leases.empty()) << "the silence counts as an error, which is followed by a pause";
  clock_.Advance(absl::Hours(1));
  const Lease current = Take();
  EXPECT_EQ(current.record.url(), late.record.url());
  EXPECT_THAT(frontier_->Complete(late, Outcome(FetchOutcome::kGone, 404)),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("has ended")));
  EXPECT_EQ(Record("https://a.vn/1").state(), disk::v1::URL_RECORD_STATE_LEASED);
  Complete(current, Outcome(FetchOutcome::kPageKept));
  EXPECT_THAT(frontier_->Complete(current, Outcome(FetchOutcome::kPageKept)),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("has ended")));
}

TEST_F(FrontierTest, ALeaseOfADeadProcessIsReleasedAtOpenAndItsIdNeverUsedAgain) {
  Add(Article("/1"));
  const Lease dead = Take();
  Reopen();
  EXPECT_EQ(Record("https://a.vn/1").state(), disk::v1::URL_RECORD_STATE_QUEUED);
  EXPECT_THAT(frontier_->Complete(dead, Outcome(FetchOutcome::kGone, 404)),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("has ended")));
  clock_.Advance(absl::Seconds(5));
  EXPECT_GT(Take().id, dead.id);
}

TEST_F(FrontierTest, OneRequestAtATimeUntilRobotsTxtIsKnownThenAsManyAsAllowed) {
  for (const char* path : {"/1", "/2", "/3"}) Add(Article(path, "b.vn"));
  const Lease first = Take();
  clock_.Advance(absl::Minutes(1));
  EXPECT_TRUE(Next().leases.empty());
  Completion robots = Outcome(FetchOutcome::kRobotsRead);
  robots.robots_valid = absl::Hours(24);
  Complete(first, robots);
  clock_.Advance(absl::Minutes(1));
  Take();
  clock_.Advance(absl::Minutes(1));
  Take();
  clock_.Advance(absl::Minutes(1));
  EXPECT_TRUE(Next().leases.empty()) << "two are under way";
}

TEST_F(FrontierTest, ACompletionWithoutARequestGivesTheTurnBack) {
  KnowRobots("a.vn");
  Add(Article("/cam"));
  Add(Article("/duoc"));
  Complete(Take(), Outcome(FetchOutcome::kDisallowed, 0));
  EXPECT_EQ(Take().record.url(), "https://a.vn/duoc");
  EXPECT_EQ(Record("https://a.vn/cam").state(), disk::v1::URL_RECORD_STATE_DISALLOWED);
}

TEST_F(FrontierTest, FreshArticlesGoBeforeFeedsAndTheseBeforeTheBacklog) {
  KnowRobots("a.vn");
  Add(Article("/cu"));
  NewUrl fresh = Article("/moi");
  fresh.rank = disk::v1::URL_RANK_FRESH;
  Add(fresh);
  Add(Listing("/rss"));
  NewUrl promoted = Article("/cu-thanh-moi");
  Add(promoted);
  promoted.rank = disk::v1::URL_RANK_SUBMITTED;
  EXPECT_EQ(Add(promoted), AddResult::kKnown);
  std::vector<std::string> order;
  for (int i = 0; i < 4; ++i) {
    const Lease lease = Take();
    order.push_back(lease.record.url().substr(12));
    Complete(lease, Outcome(FetchOutcome::kGone, 404));
    clock_.Advance(absl::Seconds(5));
  }
  EXPECT_THAT(order, ElementsAre("/cu-thanh-moi", "/moi", "/rss", "/cu"));
}

TEST_F(FrontierTest, AFeedThatHasBeenDueForAMinuteLetsNoMoreArticlesGoFirst) {
  KnowRobots("a.vn");
  Add(Listing("/rss"));
  clock_.Advance(absl::Minutes(1));
  NewUrl fresh = Article("/moi");
  fresh.rank = disk::v1::URL_RANK_FRESH;
  Add(fresh);
  EXPECT_EQ(Take().record.url(), "https://a.vn/rss");
}

TEST_F(FrontierTest, AListingComesBackAtItsIntervalAndAnArticleNever) {
  KnowRobots("a.vn");
  Add(Listing("/rss"));
  Completion read = Outcome(FetchOutcome::kListingRead);
  read.revisit_after = absl::Minutes(5);
  read.etag = "\"e1\"";
  Complete(Take(), read);
  EXPECT_EQ(Next().wait_until, clock_.Now() + absl::Minutes(5));
  clock_.Advance(absl::Minutes(5));
  Add(Article("/1"));
  const Lease again = Take();
  EXPECT_EQ(again.record.etag(), "\"e1\"");
  Complete(again, read);
  clock_.Advance(absl::Seconds(5));
  Complete(Take(), Outcome(FetchOutcome::kPageKept));
  EXPECT_THAT(frontier_->Finish("https://a.vn/1", FinalOutcome{}), IsOk());
  clock_.Advance(absl::Seconds(5));
  EXPECT_EQ(Next().wait_until, clock_.Now() + absl::Minutes(5) - absl::Seconds(10)) << "only the feed";
}

TEST_F(FrontierTest, FinishIsFinalOnce) {
  Add(Article("/1"));
  EXPECT_THAT(frontier_->Finish("https://a.vn/1", FinalOutcome{}),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("not in the outbox")));
  Complete(Take(), Outcome(FetchOutcome::kPageKept));
  FinalOutcome stored;
  stored.result = FinalOutcome::Result::kStored;
  stored.article_id = "0123456789abcdef0123456789abcdef";
  EXPECT_THAT(frontier_->Finish("https://a.vn/1", stored), IsOk());
  EXPECT_THAT(frontier_->Finish("https://a.vn/1", stored),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("not in the outbox")));
  Reopen();
  EXPECT_EQ(Record("https://a.vn/1").article_id(), stored.article_id);
  EXPECT_EQ(frontier_->ViewSite("bao-a")->record.articles_stored(), 1u);
}

TEST_F(FrontierTest, APauseIsDurableAndStopsOnlyItsSite) {
  Add(Article("/1"));
  Add(Article("/1", "b.vn"));
  EXPECT_THAT(frontier_->SetPaused("bao-a", true), IsOk());
  Reopen();
  EXPECT_EQ(Take().record.url(), "https://b.vn/1");
  EXPECT_TRUE(Next().leases.empty());
  EXPECT_THAT(frontier_->SetPaused("bao-a", false), IsOk());
  EXPECT_EQ(Take().record.url(), "https://a.vn/1");
  EXPECT_THAT(frontier_->SetPaused("bao-c", true), StatusIs(absl::StatusCode::kNotFound, HasSubstr("bao-c")));
}

TEST_F(FrontierTest, MakeListingsDueMovesListingsAndKeepsTheDelay) {
  KnowRobots("a.vn");
  Add(Listing("/rss"));
  Add(Listing("/sitemap.xml", disk::v1::URL_RECORD_KIND_SITEMAP));
  Completion read = Outcome(FetchOutcome::kListingRead);
  read.revisit_after = absl::Hours(6);
  Complete(Take(), read);
  clock_.Advance(absl::Seconds(5));
  Complete(Take(), read);
  EXPECT_THAT(frontier_->MakeListingsDue("bao-a"), IsOkAndHolds(2u));
  EXPECT_THAT(frontier_->MakeListingsDue("bao-a"), IsOkAndHolds(0u));
  EXPECT_EQ(Next().wait_until, clock_.Now() + absl::Seconds(5));
}

TEST_F(FrontierTest, TheFarEndOfAQueueIsReachedAndNothingIsHandedOutTwice) {
  options_.hosts[1].delay = absl::ZeroDuration();
  Reopen();
  KnowRobots("b.vn");
  for (int i = 0; i < 500; ++i) Add(Article(absl::StrCat("/", i), "b.vn"));
  std::set<std::string> seen;
  for (int i = 0; i < 500; ++i) {
    const Lease lease = Take();
    EXPECT_TRUE(seen.insert(lease.record.url()).second);
    Complete(lease, Outcome(FetchOutcome::kGone, 404));
  }
  EXPECT_TRUE(Next().leases.empty());
  EXPECT_EQ(frontier_->ViewSite("bao-b")->record.articles_waiting(), 0u);
}

TEST_F(FrontierTest, ManyLeasesAreOneWriteAndKeepEveryHostsRule) {
  for (const char* path : {"/1", "/2"}) {
    Add(Article(path));
    Add(Article(path, "b.vn"));
  }
  const auto turn = frontier_->Next(10);
  ASSERT_THAT(turn, IsOk());
  ASSERT_EQ(turn->leases.size(), 2u) << "one of each host";
  EXPECT_NE(turn->leases[0].record.host(), turn->leases[1].record.host());
  EXPECT_TRUE(Next().leases.empty());
}

TEST_F(FrontierTest, CompletionsTogetherAnswerEachForItself) {
  Add(Article("/1"));
  Add(Article("/1", "b.vn"));
  const Lease first = Take();
  const Lease second = Take();
  const Completion gone = Outcome(FetchOutcome::kGone, 404);
  Complete(first, gone);
  int written = 0;
  const auto count = [&written](kv::WriteBatch&) { ++written; };
  const auto results = frontier_->CompleteAll({Ended{first, gone, count}, Ended{second, gone, count}});
  ASSERT_THAT(results, IsOk());
  EXPECT_THAT((*results)[0], StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("has ended")));
  EXPECT_THAT((*results)[1], IsOk());
  EXPECT_EQ(written, 1);
  EXPECT_EQ(frontier_->leases(), 0u);
  clock_.Advance(absl::Minutes(1));
  Add(Article("/2"));
  const Lease twice = Take();
  const auto both = frontier_->CompleteAll({Ended{twice, gone, count}, Ended{twice, gone, count}});
  ASSERT_THAT(both, IsOk());
  EXPECT_THAT((*both)[0], IsOk());
  EXPECT_THAT((*both)[1], StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("has ended")));
}

TEST_F(FrontierTest, HostsThatOneServerAnswersShareItsPaceAcrossARestart) {
  options_.server_delay = absl::Milliseconds(500);
  Reopen();
  KnowRobots("a.vn");
  KnowRobots("b.vn");
  Completion answer = Outcome(FetchOutcome::kGone, 404);
  answer.server_address = "203.0.113.9";
  for (const char* host : {"a.vn", "b.vn"}) {
    Add(Article("/1", host));
    Complete(Take(), answer);
    clock_.Advance(absl::Minutes(1));
  }
  EXPECT_EQ(frontier_->ViewHost("a.vn")->hosts_on_server, 2u);
  for (const char* host : {"a.vn", "b.vn"}) Add(Article("/2", host));
  Complete(Take(), answer);
  EXPECT_EQ(Next().wait_until, clock_.Now() + options_.server_delay);
  Reopen();
  EXPECT_EQ(Next().wait_until, clock_.Now() + options_.server_delay);
  clock_.Advance(options_.server_delay);
  EXPECT_FALSE(Next().leases.empty());
}

TEST_F(FrontierTest, AServerIsNotHeldLongerThanTheDelayOfTheHostThatWasAsked) {
  options_.server_delay = absl::Minutes(1);
  Reopen();
  KnowRobots("b.vn");
  Add(Article("/1", "b.vn"));
  Add(Article("/2", "b.vn"));
  Complete(Take(), Outcome(FetchOutcome::kGone, 404));
  EXPECT_EQ(Next().wait_until, clock_.Now() + absl::Seconds(1));
}

TEST_F(FrontierTest, AHostIsAskedInItsHoursOnly) {
  const absl::Time opens = clock_.Now() + absl::Hours(3);
  options_.hosts[0].opens = [opens](absl::Time time) { return std::max(time, opens); };
  Reopen();
  Add(Article("/1"));
  EXPECT_EQ(Next().wait_until, opens);
  clock_.Advance(absl::Hours(3));
  EXPECT_FALSE(Next().leases.empty());
}

// Open for the first hour of every four.
absl::Time InTheFirstHour(absl::Time time) {
  const int64_t hour = absl::ToUnixSeconds(time) / 3600;
  return hour % 4 == 0 ? time : absl::FromUnixSeconds((hour / 4 + 1) * 4 * 3600);
}

TEST_F(FrontierTest, WhatWasDueInTheHoursWaitsForTheNextAfterARestart) {
  options_.hosts[0].opens = InTheFirstHour;
  clock_.Advance(InTheFirstHour(clock_.Now() + absl::Hours(1)) - clock_.Now());
  Reopen();
  Add(Article("/1"));
  clock_.Advance(absl::Hours(2));
  Reopen();
  const Turn turn = Next();
  EXPECT_TRUE(turn.leases.empty());
  EXPECT_EQ(turn.wait_until, clock_.Now() + absl::Hours(2));
}

TEST_F(FrontierTest, WhatWasReadyInTheHoursAndCouldNotGoWaitsForTheNext) {
  options_.hosts[0].opens = InTheFirstHour;
  clock_.Advance(InTheFirstHour(clock_.Now() + absl::Hours(1)) - clock_.Now());
  Reopen();
  Add(Article("/1"));
  clock_.Advance(absl::Hours(1));  // nobody had room for it
  const Turn turn = Next();
  EXPECT_TRUE(turn.leases.empty());
  EXPECT_EQ(turn.wait_until, clock_.Now() + absl::Hours(3));
  clock_.Advance(absl::Hours(3));
  EXPECT_FALSE(Next().leases.empty());
}

TEST_F(FrontierTest, HostsWhoseServerIsNotKnownYetAreMetOneAfterAnother) {
  options_.server_delay = absl::Milliseconds(500);
  Reopen();
  Add(Article("/1"));
  Add(Article("/1", "b.vn"));
  auto turn = frontier_->Next(8);
  ASSERT_THAT(turn, IsOk());
  ASSERT_EQ(turn->leases.size(), 1u);
  EXPECT_EQ(turn->wait_until, clock_.Now() + options_.server_delay);
  clock_.Advance(options_.server_delay);
  turn = frontier_->Next(8);
  ASSERT_THAT(turn, IsOk());
  EXPECT_EQ(turn->leases.size(), 1u);
}

TEST_F(FrontierTest, AMateOfAKnownServerStaysThereAfterARestart) {
  options_.hosts.push_back({.host = "www.a.vn", .site = "bao-a", .delay = absl::Seconds(5)});
  Reopen();
  Add(Article("/1"));
  Completion gone = Outcome(FetchOutcome::kGone, 404);
  gone.server_address = "203.0.113.9";
  Complete(Take(), gone);
  Reopen();
  EXPECT_EQ(frontier_->ViewHost("a.vn")->hosts_on_server, 2u);
  Add(Article("/1", "b.vn"));
  clock_.Advance(absl::Minutes(1));
  gone.server_address = "203.0.113.9";
  Complete(Take(), gone);
  EXPECT_EQ(frontier_->ViewHost("www.a.vn")->hosts_on_server, 3u);
}

TEST_F(FrontierTest, WhatAHostAsksForHoldsThoughTheDiskDoesNotTakeIt) {
  KnowRobots("a.vn");
  Add(Article("/1"));
  Add(Article("/2"));
  const Lease lease = Take();
  // A write that fails: it names a family that this database does not have.
  const testing::TempDir dir;
  kv::DatabaseOptions options;
  options.directory = dir.path();
  for (int i = 0; i < 20; ++i) options.column_families.push_back({.name = absl::StrCat("f", i)});
  const auto other = kv::Database::Open(options);
  ASSERT_THAT(other, IsOk());
  kv::WriteBatch impossible;
  (*other)->Put(impossible, "f19", "k", "v");
  Completion refusal = Outcome(FetchOutcome::kRefused, 429);
  refusal.retry_after = absl::Hours(2);
  ASSERT_FALSE(frontier_->Complete(lease, refusal, std::move(impossible)).ok());
  EXPECT_EQ(FromMicros(frontier_->ViewHost("a.vn")->record.blocked_until_us()), clock_.Now() + absl::Hours(2));
}

TEST_F(FrontierTest, ALeaseThatNobodyEndsCostsNoTry) {
  Add(Article("/1"));
  for (int i = 0; i < 10; ++i) {
    Take();
    clock_.Advance(options_.lease_time);
    Next();
    clock_.Advance(absl::Hours(1));
  }
  EXPECT_EQ(Record("https://a.vn/1").tries(), 0u);
  EXPECT_EQ(Record("https://a.vn/1").state(), disk::v1::URL_RECORD_STATE_QUEUED);
}

TEST_F(FrontierTest, TheBacklogOfADayIsSpentAcrossARestartAndTheRestWaitsForTomorrow) {
  options_.hosts[0].backlog_per_day = 2;
  Reopen();
  KnowRobots("a.vn");  // whose first article is of the backlog
  for (const char* path : {"/1", "/2", "/3"}) Add(Article(path));
  Complete(Take(), Outcome(FetchOutcome::kGone, 404));
  Reopen();
  clock_.Advance(absl::Minutes(1));
  const absl::Time midnight =
      absl::FromCivil(absl::CivilDay(absl::ToCivilDay(clock_.Now(), VietnamTimeZone())) + 1, VietnamTimeZone());
  EXPECT_EQ(Next().wait_until, midnight);
  EXPECT_EQ(frontier_->ViewHost("a.vn")->backlog, midnight);
  EXPECT_FALSE(frontier_->HasFetchable());
  NewUrl fresh = Article("/moi");
  fresh.rank = disk::v1::URL_RANK_FRESH;
  Add(fresh);
  const Lease news = Take();
  EXPECT_EQ(news.record.url(), "https://a.vn/moi") << "news is not held back";
  Complete(news, Outcome(FetchOutcome::kGone, 404));
  clock_.Advance(midnight + absl::Minutes(1) - clock_.Now());
  EXPECT_EQ(Take().record.rank(), disk::v1::URL_RANK_BACKLOG);
}

TEST_F(FrontierTest, WhatWasNotAskedForIsNotSpent) {
  options_.hosts[0].backlog_per_day = 1;
  Reopen();
  Add(Article("/1"));
  Complete(Take(), Outcome(FetchOutcome::kReturned, 0));
  Completion robots = Outcome(FetchOutcome::kRobotsRead);
  robots.robots_valid = absl::Hours(24);
  Complete(Take(), robots);
  clock_.Advance(absl::Minutes(1));
  Complete(Take(), Outcome(FetchOutcome::kGone, 404));
  EXPECT_EQ(frontier_->ViewSite("bao-a")->record.backlog_used(), 1u);
}

TEST_F(FrontierTest, HostsOfOneDomainKeepTheWholeDelayBetweenThem) {
  options_.hosts = {{.host = "a.vn", .site = "bao-a", .delay = absl::Seconds(5)},
                    {.host = "media.a.vn", .site = "bao-a", .delay = absl::Seconds(5)},
                    {.host = "b.vn:8080", .site = "bao-b", .delay = absl::Seconds(5)}};
  Reopen();
  for (const char* host : {"a.vn", "media.a.vn", "b.vn:8080"}) Add(Article("/1", host));
  Completion answer = Outcome(FetchOutcome::kGone, 404);
  answer.server_address = "203.0.113.7";
  Complete(Take(), answer);
  answer.server_address = "203.0.113.8";
  Complete(Take(), answer);
  EXPECT_EQ(Next().wait_until, clock_.Now() + absl::Seconds(5)) << "of the domain";
  clock_.Advance(absl::Seconds(5));
  EXPECT_EQ(Take().record.host(), "media.a.vn");
}

}  // namespace
}  // namespace tintinh::crawler

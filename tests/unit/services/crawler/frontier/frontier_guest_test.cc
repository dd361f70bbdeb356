// What a host is asked for another host's sake.
#include "absl/time/time.h"
#include "gtest/gtest.h"
#include "tests/unit/services/crawler/frontier/frontier_fixture.h"

namespace tintinh::crawler {
namespace {

using testing::IsOk;
using testing::IsOkAndHolds;

class GuestTest : public FrontierTest {
 protected:
  absl::Duration Visit(const std::string& host = "a.vn") {
    const auto wait = frontier_->BeginVisit(host, "b.vn");
    EXPECT_THAT(wait, IsOk());
    return wait.value_or(absl::InfiniteDuration());
  }
};

TEST_F(GuestTest, TakesTheHostsTurn) {
  KnowRobots("a.vn");
  Add(Article("/1"));
  EXPECT_EQ(Visit(), absl::ZeroDuration());
  EXPECT_TRUE(Next().leases.empty()) << "it was asked just now";
  EXPECT_EQ(Visit(), absl::Seconds(5));
  clock_.Advance(absl::Minutes(1));
  EXPECT_GT(Visit(), absl::ZeroDuration()) << "it has not answered yet";
  EXPECT_TRUE(Next().leases.empty());
  ASSERT_THAT(frontier_->EndVisit("a.vn", Outcome(FetchOutcome::kRobotsRead)), IsOk());
  EXPECT_EQ(Visit(), absl::Seconds(5)) << "after the end of the request";
  Reopen();
  EXPECT_EQ(Visit(), absl::Seconds(5)) << "a restart forgets nothing";
  clock_.Advance(absl::Seconds(5));
  EXPECT_EQ(Visit(), absl::ZeroDuration());
}

TEST_F(GuestTest, WaitsForARequestUnderWay) {
  Add(Article("/1"));
  const Lease lease = Take();
  clock_.Advance(absl::Minutes(1));
  EXPECT_GT(Visit(), absl::ZeroDuration());
  Complete(lease, Outcome(FetchOutcome::kGone, 404));
  clock_.Advance(absl::Seconds(5));
  EXPECT_EQ(Visit(), absl::ZeroDuration());
}

TEST_F(GuestTest, ARefusalIsTheHostsOwn) {
  ASSERT_EQ(Visit(), absl::ZeroDuration());
  Completion refusal = Outcome(FetchOutcome::kRobotsRefused, 429);
  refusal.retry_after = absl::Hours(2);
  ASSERT_THAT(frontier_->EndVisit("a.vn", refusal), IsOk());
  EXPECT_EQ(Visit(), absl::Hours(2));
  Add(Article("/1"));
  EXPECT_TRUE(Next().leases.empty());
  Reopen();
  EXPECT_EQ(Visit(), absl::Hours(2));
}

TEST_F(GuestTest, PausedSitesAreLeftAlone) {
  ASSERT_THAT(frontier_->SetPaused("bao-a", true), IsOk());
  EXPECT_EQ(Visit(), absl::Hours(1));
  ASSERT_THAT(frontier_->SetPaused("bao-a", false), IsOk());
  EXPECT_EQ(Visit(), absl::ZeroDuration());
}

TEST_F(GuestTest, HostsOfUnknownServersAreMetOneAfterAnother) {
  options_.server_delay = absl::Milliseconds(500);
  Reopen();
  Add(Article("/1", "b.vn"));
  Take();
  EXPECT_EQ(Visit(), absl::Milliseconds(500));
  clock_.Advance(absl::Milliseconds(500));
  EXPECT_EQ(Visit(), absl::ZeroDuration());
}

TEST_F(GuestTest, AVisitorOnTheSameServerHasItsTurnAlready) {
  for (const std::string host : {"a.vn", "b.vn"}) {
    Add(Article("/1", host));
    Completion gone = Outcome(FetchOutcome::kGone, 404);
    gone.server_address = "203.0.113.9";
    Complete(Take(), gone);
    clock_.Advance(absl::Minutes(1));
  }
  Add(Article("/2", "b.vn"));
  const Lease visitor = Take();
  EXPECT_EQ(Visit(), absl::ZeroDuration());
}

TEST_F(GuestTest, HostsOfNobodyMayBeAsked) {
  EXPECT_EQ(Visit("c.vn"), absl::ZeroDuration());
  EXPECT_THAT(frontier_->EndVisit("c.vn", Outcome(FetchOutcome::kRobotsRead)), IsOk());
}

TEST_F(GuestTest, AVisitorThatMustWaitRestsAsLong) {
  Add(Article("/1", "b.vn"));
  Add(Article("/2", "b.vn"));
  Completion wait = Outcome(FetchOutcome::kReturned, 0);
  wait.retry_after = absl::Minutes(10);
  Complete(Take(), wait);
  const Turn turn = Next();
  EXPECT_TRUE(turn.leases.empty()) << "nor for the host's other URLs";
  EXPECT_EQ(turn.wait_until, clock_.Now() + absl::Minutes(10));
}

}  // namespace
}  // namespace tintinh::crawler

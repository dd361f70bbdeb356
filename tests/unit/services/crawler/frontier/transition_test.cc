#include "services/crawler/frontier/transition.h"

#include "gtest/gtest.h"
#include "tests/unit/services/crawler/frontier/frontier_fixture.h"

namespace tintinh::crawler {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'700'000'000);

struct State {
  disk::v1::UrlRecord url;
  disk::v1::HostRecord host;
  disk::v1::SiteRecord site;

  void Fetch(const Completion& completion, Moment moment = {kNow}) {
    Complete(completion, Patience{}, moment, {url, host, site});
  }
};

State Leased(disk::v1::UrlRecordKind kind = disk::v1::URL_RECORD_KIND_ARTICLE) {
  State state;
  state.url.set_kind(kind);
  state.url.set_state(disk::v1::URL_RECORD_STATE_LEASED);
  return state;
}

TEST(BackOff, DoublesFromAMinuteToADay) {
  EXPECT_EQ(BackOff(1, Patience{}), absl::Minutes(1));
  EXPECT_EQ(BackOff(2, Patience{}), absl::Minutes(2));
  EXPECT_EQ(BackOff(11, Patience{}), absl::Minutes(1024));
  EXPECT_EQ(BackOff(12, Patience{}), absl::Hours(24));
  EXPECT_EQ(BackOff(4'000'000'000u, Patience{}), absl::Hours(24));
}

TEST(Transition, RefusalsBlockTheHostForTheLongerOfRetryAfterAndBackOff) {
  State state = Leased();
  Completion refusal = Outcome(FetchOutcome::kRefused, 429);
  refusal.retry_after = absl::Seconds(2);
  state.Fetch(refusal);
  EXPECT_EQ(FromMicros(state.host.blocked_until_us()), kNow + absl::Minutes(1));
  refusal.retry_after = absl::Hours(2);
  state.Fetch(refusal);
  EXPECT_EQ(FromMicros(state.host.blocked_until_us()), kNow + absl::Hours(2));
  EXPECT_EQ(state.url.state(), disk::v1::URL_RECORD_STATE_QUEUED);
  EXPECT_EQ(state.site.failures(), 2u);
}

TEST(Transition, JitterOnlyLengthensPauses) {
  State state = Leased();
  state.Fetch(Outcome(FetchOutcome::kRefused, 503), {kNow, 1.0});
  EXPECT_EQ(FromMicros(state.host.blocked_until_us()), kNow + absl::Seconds(66));
}

TEST(Transition, AnAnswerForgivesEarlierRefusals) {
  State state = Leased();
  for (int i = 0; i < 5; ++i) state.Fetch(Outcome(FetchOutcome::kRefused, 503));
  EXPECT_EQ(FromMicros(state.host.blocked_until_us()), kNow + absl::Minutes(16));
  state.Fetch(Outcome(FetchOutcome::kListingRead));
  EXPECT_EQ(state.host.consecutive_refusals(), 0u);
}

TEST(Transition, NoRetryAfterHoldsLongerThanADay) {
  State state = Leased();
  Completion refusal = Outcome(FetchOutcome::kRefused, 503);
  refusal.retry_after = absl::Hours(24 * 365);
  state.Fetch(refusal);
  EXPECT_EQ(FromMicros(state.host.blocked_until_us()), kNow + absl::Hours(24));
}

TEST(Transition, ARefusalHalvesThePaceAndTenAnswersGiveOneHalvingBack) {
  State state = Leased();
  const auto delay = [&] { return DelayInForce(absl::Seconds(2), state.host); };
  state.Fetch(Outcome(FetchOutcome::kRefused, 429));
  state.Fetch(Outcome(FetchOutcome::kRefused, 503));
  EXPECT_EQ(delay(), absl::Seconds(8));
  for (int i = 0; i < 9; ++i) state.Fetch(Outcome(FetchOutcome::kListingRead));
  EXPECT_EQ(delay(), absl::Seconds(8));
  state.Fetch(Outcome(FetchOutcome::kNotModified, 304));
  EXPECT_EQ(delay(), absl::Seconds(4));
  state.Fetch(Outcome(FetchOutcome::kRefused, 429));
  EXPECT_EQ(delay(), absl::Seconds(8));
  for (int i = 0; i < 20; ++i) state.Fetch(Outcome(FetchOutcome::kListingRead));
  EXPECT_EQ(delay(), absl::Seconds(2));
}

TEST(Transition, ErrorsThatAskForNothingDoNotSlowTheHost) {
  State state = Leased();
  state.Fetch(Outcome(FetchOutcome::kFailed, 500));
  state.Fetch(Outcome(FetchOutcome::kRobotsRefused, 500));
  EXPECT_EQ(state.host.slowdown(), 0u);
  state.Fetch(Outcome(FetchOutcome::kRobotsRefused, 429));
  EXPECT_EQ(state.host.slowdown(), 1u);
}

TEST(Transition, TheDelayInForceEndsAtAMinuteUnlessItIsLongerAnyway) {
  disk::v1::HostRecord host;
  host.set_slowdown(5);
  EXPECT_EQ(DelayInForce(absl::Seconds(1), host), absl::Seconds(32));
  EXPECT_EQ(DelayInForce(absl::Seconds(5), host), absl::Minutes(1));
  EXPECT_EQ(DelayInForce(absl::Seconds(90), host), absl::Seconds(90));
  host.set_crawl_delay_us(3'000'000);
  host.set_slowdown(1);
  EXPECT_EQ(DelayInForce(absl::Seconds(1), host), absl::Seconds(6)) << "of the robots.txt delay too";
}

TEST(Transition, AnErrorOfOneUrlIsTriedAgainAndThenGivenUp) {
  State state = Leased();
  for (int i = 0; i < 3; ++i) {
    EXPECT_NE(state.url.state(), disk::v1::URL_RECORD_STATE_FAILED);
    state.Fetch(Outcome(FetchOutcome::kFailed, 500));
    state.host.set_consecutive_refusals(0);  // others answer
  }
  EXPECT_EQ(state.url.state(), disk::v1::URL_RECORD_STATE_FAILED);
  EXPECT_EQ(state.url.next_fetch_us(), kNever);
}

TEST(Transition, AnOutageOfTheHostUsesUpNoArticle) {
  State state = Leased();
  State other = Leased();
  for (int i = 0; i < 3; ++i) other.Fetch(Outcome(FetchOutcome::kFailed, 0));
  state.host = other.host;
  for (int i = 0; i < 50; ++i) state.Fetch(Outcome(FetchOutcome::kFailed, 0));
  EXPECT_EQ(state.url.state(), disk::v1::URL_RECORD_STATE_QUEUED);
  EXPECT_EQ(state.url.tries(), 0u);
  EXPECT_EQ(FromMicros(state.host.blocked_until_us()), kNow + absl::Hours(24));
}

TEST(Transition, AListingThatFailsComesBackAtItsInterval) {
  State state = Leased(disk::v1::URL_RECORD_KIND_FEED);
  Completion failure = Outcome(FetchOutcome::kFailed, 500);
  failure.revisit_after = absl::Minutes(5);
  for (int i = 0; i < 3; ++i) {
    state.Fetch(failure);
    state.host.set_consecutive_refusals(0);
  }
  EXPECT_EQ(state.url.state(), disk::v1::URL_RECORD_STATE_QUEUED);
  EXPECT_EQ(FromMicros(state.url.next_fetch_us()), kNow + absl::Minutes(5));
  EXPECT_EQ(state.url.tries(), 0u);
}

TEST(Transition, NotModifiedIsCountedAndKeepsTheValidators) {
  State state = Leased(disk::v1::URL_RECORD_KIND_FEED);
  state.url.set_etag("\"1\"");
  Completion same = Outcome(FetchOutcome::kNotModified, 304);
  same.revisit_after = absl::Minutes(5);
  state.Fetch(same);
  state.Fetch(same);
  EXPECT_EQ(state.url.etag(), "\"1\"");
  EXPECT_EQ(state.url.unchanged_in_a_row(), 2u);
  EXPECT_EQ(state.site.not_modified(), 2u);
  state.Fetch(Outcome(FetchOutcome::kListingRead));
  EXPECT_EQ(state.url.etag(), "") << "an answer without validators must not leave stale ones";
  EXPECT_EQ(state.url.unchanged_in_a_row(), 0u);
}

TEST(Transition, RobotsWithoutADecidingAnswerBlockTheHostAndTheUrlWaits) {
  State state = Leased();
  state.Fetch(Outcome(FetchOutcome::kRobotsRefused, 503));
  EXPECT_EQ(FromMicros(state.host.blocked_until_us()), kNow + absl::Minutes(1));
  EXPECT_EQ(state.url.state(), disk::v1::URL_RECORD_STATE_QUEUED);
  EXPECT_EQ(state.url.tries(), 0u);
  EXPECT_EQ(state.site.fetches(), 0u);
}

TEST(Transition, ABlockedPageBlocksTheHostMoreEachTimeAndIsGivenUpInTheEnd) {
  State state = Leased();
  FinalOutcome refusal;
  refusal.result = FinalOutcome::Result::kRejected;
  refusal.blocked = true;
  Completion page = Outcome(FetchOutcome::kPageKept);
  page.etag = "\"kiem-tra\"";
  page.last_modified = "Tue, 14 Nov 2023 22:13:20 GMT";
  page.body_digest = "0011";
  for (int i = 0; i < 2; ++i) {
    state.Fetch(page);
    Finish(refusal, Patience{}, {kNow}, {state.url, state.host, state.site});
    EXPECT_EQ(state.url.state(), disk::v1::URL_RECORD_STATE_QUEUED);
    EXPECT_EQ(FromMicros(state.host.blocked_until_us()), kNow + absl::Minutes(1 + i));
  }
  EXPECT_EQ(state.site.pages_rejected(), 2u);
}

TEST(Transition, ABlockedPageIsForgottenSoThatItsValidatorsNeverPassForTheArticle) {
  State state = Leased();
  Completion page = Outcome(FetchOutcome::kPageKept);
  page.etag = "\"kiem-tra\"";
  page.last_modified = "Tue, 14 Nov 2023 22:13:20 GMT";
  page.body_digest = "0011";
  state.Fetch(page);
  FinalOutcome refusal;
  refusal.blocked = true;
  Finish(refusal, Patience{}, {kNow}, {state.url, state.host, state.site});
  EXPECT_EQ(state.url.etag(), "");
  EXPECT_EQ(state.url.last_modified(), "");
  EXPECT_EQ(state.url.body_digest(), "");
  EXPECT_EQ(state.host.consecutive_refusals(), 1u);
}

Completion RobotsOf(const std::string& origin, std::optional<absl::Duration> delay) {
  Completion completion = Outcome(FetchOutcome::kRobotsRead);
  completion.robots_origin = origin;
  completion.crawl_delay = delay;
  return completion;
}

TEST(Transition, OriginsOfOneHostKeepTheLongestCrawlDelay) {
  State state = Leased();
  state.Fetch(RobotsOf("https://a.vn", absl::Seconds(30)));
  state.Fetch(RobotsOf("http://www.a.vn", absl::ZeroDuration()));
  state.Fetch(RobotsOf("https://www.a.vn", absl::Seconds(4)));
  EXPECT_EQ(state.host.crawl_delay_us(), 30'000'000);
  state.Fetch(RobotsOf("https://a.vn", std::nullopt));
  EXPECT_EQ(state.host.crawl_delay_us(), 30'000'000) << "a redirect says nothing";
  state.Fetch(RobotsOf("https://a.vn", absl::ZeroDuration()));
  EXPECT_EQ(state.host.crawl_delay_us(), 4'000'000);
}

TEST(Transition, AnEarlierRobotsTxtThatStaysInForceForgivesNothing) {
  State state = Leased();
  Completion silence = Outcome(FetchOutcome::kRobotsRead, 0);
  silence.robots_valid = absl::Hours(1);
  for (int i = 0; i < 5; ++i) state.Fetch(Outcome(FetchOutcome::kFailed, 0));
  state.Fetch(silence);
  EXPECT_EQ(state.host.consecutive_refusals(), 5u);
  silence.http_status = 502;
  state.Fetch(silence);
  EXPECT_EQ(state.host.consecutive_refusals(), 5u);
  state.Fetch(Outcome(FetchOutcome::kRobotsRead, 404));
  EXPECT_EQ(state.host.consecutive_refusals(), 0u);
}

TEST(Transition, WhatBreaksAfterItsStatusLineIsAFailureToo) {
  State state = Leased();
  Completion torn = Outcome(FetchOutcome::kFailed, 200);
  torn.reason = "the body ended early";
  state.Fetch(torn);
  EXPECT_EQ(state.site.failures(), 1u);
  EXPECT_EQ(state.site.last_error(), "the body ended early");
}

TEST(KeepDistance, NeverShortensWhatWasPromised) {
  disk::v1::HostRecord host;
  KeepDistance(kNow, absl::Seconds(9), absl::ZeroDuration(), host);
  KeepDistance(kNow, absl::Seconds(1), absl::Seconds(2), host);
  EXPECT_EQ(FromMicros(host.next_request_us()), kNow + absl::Seconds(9));
}

TEST(Micros, NeverIsTheEndOfTime) {
  EXPECT_EQ(ToMicros(absl::InfiniteFuture()), kNever);
  EXPECT_EQ(FromMicros(kNever), absl::InfiniteFuture());
}

}  // namespace
}  // namespace tintinh::crawler

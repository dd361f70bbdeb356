#include "services/crawler/frontier/transition.h"

#include <algorithm>

namespace tintinh::crawler {
namespace {

using disk::v1::HostRecord;
using disk::v1::UrlRecord;
using disk::v1::UrlRecordState;

// A host that says "come back next year" is asked again after this time at the latest; so is one with such a crawl
// delay.
constexpr absl::Duration kLongestPause = absl::Hours(24);

// A host that refused is asked at half the pace, again and again, and trusted with one doubling after as many answers.
constexpr uint32_t kMaxSlowdown = 5;
constexpr uint32_t kAnswersThatForgive = 10;
constexpr absl::Duration kLongestSlowDelay = absl::Minutes(1);

bool IsListing(const UrlRecord& url) { return !IsArticle(url); }

absl::Duration Jittered(absl::Duration pause, Moment moment) { return pause * (1 + moment.jitter / 10); }

int64_t Due(absl::Time now, absl::Duration after) {
  return after == absl::InfiniteDuration() ? kNever : ToMicros(now + after);
}

void Wait(UrlRecord& url, absl::Time until) {
  url.set_state(disk::v1::URL_RECORD_STATE_QUEUED);
  url.set_next_fetch_us(ToMicros(until));
}

void Settle(UrlRecord& url, UrlRecordState state, int64_t next_fetch_us) {
  url.set_state(state);
  url.set_next_fetch_us(next_fetch_us);
  url.set_tries(0);
}

void SlowDown(HostRecord& host) {
  host.set_slowdown(std::min(host.slowdown() + 1, kMaxSlowdown));
  host.clear_calm_answers();
}

void Forgive(HostRecord& host) {
  host.set_consecutive_refusals(0);
  if (host.slowdown() == 0) return;
  host.set_calm_answers(host.calm_answers() + 1);
  if (host.calm_answers() < kAnswersThatForgive) return;
  host.set_slowdown(host.slowdown() - 1);
  host.clear_calm_answers();
}

void BlockHost(absl::Duration retry_after, const Patience& patience, Moment moment, HostRecord& host) {
  const absl::Duration back_off = Jittered(BackOff(std::max(1u, host.consecutive_refusals()), patience), moment);
  const absl::Duration pause = std::max(std::min(retry_after, kLongestPause), back_off);
  host.set_blocked_until_us(std::max(host.blocked_until_us(), ToMicros(moment.now + pause)));
}

// One more failure of this URL. The state that follows the last try: listings come back at their interval.
void TryAgain(const Completion& completion, const Patience& patience, Moment moment, UrlRecord& url) {
  if (url.tries() < patience.max_tries) {
    Wait(url, moment.now + Jittered(BackOff(std::max(1u, url.tries()), patience), moment));
  } else if (IsListing(url)) {
    Settle(url, disk::v1::URL_RECORD_STATE_QUEUED, Due(moment.now, completion.revisit_after));
  } else {
    Settle(url, disk::v1::URL_RECORD_STATE_FAILED, kNever);
  }
}

void Refused(const Completion& completion, const Patience& patience, Moment moment, Records records) {
  records.host.set_consecutive_refusals(records.host.consecutive_refusals() + 1);
  SlowDown(records.host);
  if (records.host.consecutive_refusals() == 1) records.url.set_tries(records.url.tries() + 1);
  BlockHost(completion.retry_after, patience, moment, records.host);
  TryAgain(completion, patience, moment, records.url);
}

void Failed(const Completion& completion, const Patience& patience, Moment moment, Records records) {
  const uint32_t failures = records.host.consecutive_refusals() + 1;
  records.host.set_consecutive_refusals(failures);
  if (failures <= patience.failures_that_block) records.url.set_tries(records.url.tries() + 1);
  if (failures >= patience.failures_that_block) BlockHost(absl::ZeroDuration(), patience, moment, records.host);
  TryAgain(completion, patience, moment, records.url);
}

void Remember(const Completion& completion, UrlRecord& url) {
  url.set_etag(completion.etag);
  url.set_last_modified(completion.last_modified);
  url.set_body_digest(completion.body_digest);
  url.set_unchanged_in_a_row(0);
}

template <typename Outcome>
void Learn(const Outcome& outcome, UrlRecord& url) {
  if (outcome.rhythm.has_value()) *url.mutable_rhythm() = *outcome.rhythm;
  if (outcome.rechecks.has_value()) url.set_rechecks(*outcome.rechecks);
}

void NotModified(const Completion& completion, Moment moment, Records records) {
  constexpr uint32_t kNotModifiedStatus = 304;
  Forgive(records.host);
  if (completion.http_status == kNotModifiedStatus) records.site.set_not_modified(records.site.not_modified() + 1);
  records.url.set_unchanged_in_a_row(records.url.unchanged_in_a_row() + 1);
  if (!completion.etag.empty()) records.url.set_etag(completion.etag);
  if (!completion.last_modified.empty()) records.url.set_last_modified(completion.last_modified);
  Settle(records.url, disk::v1::URL_RECORD_STATE_DONE, Due(moment.now, completion.revisit_after));
}

void Answered(const Completion& completion, UrlRecordState state, Moment moment, Records records) {
  Forgive(records.host);
  Remember(completion, records.url);
  Settle(records.url, state, Due(moment.now, completion.revisit_after));
}

// Whether the host and the URL are well is known only when the page has been read: see Finish.
void PageKept(const Completion& completion, Moment moment, UrlRecord& url) {
  Remember(completion, url);
  url.set_archived_us(ToMicros(completion.archived.value_or(moment.now)));
  url.set_state(disk::v1::URL_RECORD_STATE_IN_OUTBOX);
  url.set_next_fetch_us(kNever);
}

// A host is asked at the pace that the most careful of its origins states.
void SetCrawlDelay(const std::string& origin, absl::Duration delay, HostRecord& host) {
  auto& delays = *host.mutable_crawl_delays();
  delays.erase(std::remove_if(delays.begin(), delays.end(),
                              [&origin](const disk::v1::OriginDelay& one) { return one.origin() == origin; }),
               delays.end());
  if (delay > absl::ZeroDuration()) {
    disk::v1::OriginDelay& one = *delays.Add();
    one.set_origin(origin);
    one.set_delay_us(absl::ToInt64Microseconds(std::min(delay, kLongestPause)));
  }
  host.set_crawl_delay_us(0);
  for (const disk::v1::OriginDelay& one : delays) {
    host.set_crawl_delay_us(std::max(host.crawl_delay_us(), one.delay_us()));
  }
}

// An earlier robots.txt stays in force while none can be read: that answers nothing.
bool Answers(uint32_t http_status) { return http_status >= 200 && http_status < 500 && !AsksForLess(http_status); }

void RobotsRead(const Completion& completion, Moment moment, Records records) {
  if (Answers(completion.http_status)) Forgive(records.host);
  if (completion.crawl_delay.has_value()) {
    SetCrawlDelay(completion.robots_origin, *completion.crawl_delay, records.host);
  }
  records.host.set_robots_until_us(ToMicros(moment.now + completion.robots_valid));
  if (completion.retry_after > absl::ZeroDuration()) {
    const absl::Time until = moment.now + std::min(completion.retry_after, kLongestPause);
    records.host.set_blocked_until_us(std::max(records.host.blocked_until_us(), ToMicros(until)));
  }
  Wait(records.url, moment.now);
}

void RobotsRefused(const Completion& completion, const Patience& patience, Moment moment, Records records) {
  records.host.set_consecutive_refusals(records.host.consecutive_refusals() + 1);
  if (AsksForLess(completion.http_status)) SlowDown(records.host);
  BlockHost(completion.retry_after, patience, moment, records.host);
  Wait(records.url, moment.now);
}

bool IsForRobots(FetchOutcome outcome) {
  return outcome == FetchOutcome::kRobotsRead || outcome == FetchOutcome::kRobotsRefused;
}

bool IsError(const Completion& completion) {
  if (IsForRobots(completion.outcome)) return completion.outcome == FetchOutcome::kRobotsRefused;
  return completion.http_status == 0 || completion.http_status >= 400 || completion.outcome == FetchOutcome::kFailed;
}

void Count(const Completion& completion, Moment moment, Records records) {
  if (!SentRequest(completion.outcome) || completion.outcome == FetchOutcome::kNotKept) return;
  if (IsError(completion)) {
    records.site.set_last_error(completion.reason);
    records.site.set_failures(records.site.failures() + 1);
  }
  if (IsForRobots(completion.outcome)) return;
  if (!IsError(completion)) records.site.set_last_answer_us(ToMicros(moment.now));
  records.site.set_fetches(records.site.fetches() + 1);
  records.url.set_last_fetch_us(ToMicros(moment.now));
  records.url.set_last_http_status(completion.http_status);
}

}  // namespace

bool IsArticle(const UrlRecord& url) { return url.kind() == disk::v1::URL_RECORD_KIND_ARTICLE; }

absl::Duration BackOff(uint32_t failures, const Patience& patience) {
  absl::Duration pause = patience.first_pause;
  for (uint32_t i = 1; i < failures && pause < patience.longest_pause; ++i) pause *= 2;
  return std::min(pause, patience.longest_pause);
}

void ForgetAnswer(UrlRecord& url) {
  url.clear_etag();
  url.clear_last_modified();
  url.clear_body_digest();
  url.clear_unchanged_in_a_row();
}

int64_t ToMicros(absl::Time time) { return absl::ToUnixMicros(time); }

absl::Time FromMicros(int64_t micros) {
  return micros == kNever ? absl::InfiniteFuture() : absl::FromUnixMicros(micros);
}

bool AsksForLess(uint32_t http_status) { return http_status == 429 || http_status == 503; }

bool SentRequest(FetchOutcome outcome) {
  return outcome != FetchOutcome::kDisallowed && outcome != FetchOutcome::kReturned;
}

bool AskedForUrl(FetchOutcome outcome) { return SentRequest(outcome) && !IsForRobots(outcome); }

void Complete(const Completion& completion, const Patience& patience, Moment moment, Records records) {
  records.url.set_reason(completion.reason);
  Learn(completion, records.url);
  Count(completion, moment, records);
  switch (completion.outcome) {
    case FetchOutcome::kPageKept:
      return PageKept(completion, moment, records.url);
    case FetchOutcome::kListingRead:
    case FetchOutcome::kGone:
    case FetchOutcome::kRedirected:
      return Answered(completion, disk::v1::URL_RECORD_STATE_DONE, moment, records);
    case FetchOutcome::kDropped:
      return Answered(completion, disk::v1::URL_RECORD_STATE_FAILED, moment, records);
    case FetchOutcome::kNotModified:
      return NotModified(completion, moment, records);
    case FetchOutcome::kRefused:
      return Refused(completion, patience, moment, records);
    case FetchOutcome::kFailed:
      return Failed(completion, patience, moment, records);
    case FetchOutcome::kRobotsRead:
      return RobotsRead(completion, moment, records);
    case FetchOutcome::kRobotsRefused:
      return RobotsRefused(completion, patience, moment, records);
    case FetchOutcome::kDisallowed:
      return Settle(records.url, disk::v1::URL_RECORD_STATE_DISALLOWED, Due(moment.now, completion.revisit_after));
    case FetchOutcome::kReturned:
      if (completion.retry_after > absl::ZeroDuration()) {
        const absl::Time until = moment.now + std::min(completion.retry_after, kLongestPause);
        records.host.set_blocked_until_us(std::max(records.host.blocked_until_us(), ToMicros(until)));
      }
      return Wait(records.url, moment.now);
    case FetchOutcome::kNotKept:
      return Wait(records.url, moment.now + Jittered(patience.first_pause, moment));
  }
}

void Finish(const FinalOutcome& outcome, const Patience& patience, Moment moment, Records records) {
  records.url.set_reason(outcome.reason);
  if (!outcome.article_id.empty()) records.url.set_article_id(outcome.article_id);
  if (outcome.pulse.has_value()) *records.site.mutable_pulse() = *outcome.pulse;
  if (outcome.result == FinalOutcome::Result::kStored) {
    records.site.set_articles_stored(records.site.articles_stored() + 1);
    records.site.set_newest_article_us(std::max(records.site.newest_article_us(), records.url.last_fetch_us()));
  }
  if (outcome.result == FinalOutcome::Result::kRejected) {
    records.site.set_pages_rejected(records.site.pages_rejected() + 1);
  }
  if (outcome.blocked) {
    records.site.set_last_error(outcome.reason);
    ForgetAnswer(records.url);
    Completion refusal;
    refusal.revisit_after = outcome.revisit_after;
    return Refused(refusal, patience, moment, records);
  }
  Forgive(records.host);
  Learn(outcome, records.url);
  if (!IsListing(records.url)) {
    if (records.url.first_fetch_us() == 0) records.url.set_first_fetch_us(records.url.last_fetch_us());
    records.url.set_rank(disk::v1::URL_RANK_RECHECK);
  }
  Settle(records.url, disk::v1::URL_RECORD_STATE_DONE, Due(moment.now, outcome.revisit_after));
}

absl::Duration DelayInForce(absl::Duration delay, const HostRecord& host) {
  const absl::Duration usual = std::max(delay, absl::Microseconds(host.crawl_delay_us()));
  return std::max(usual, std::min(usual * (1 << std::min(host.slowdown(), kMaxSlowdown)), kLongestSlowDelay));
}

void KeepDistance(absl::Time since, absl::Duration delay, absl::Duration took, HostRecord& host) {
  const absl::Duration distance = std::max(DelayInForce(delay, host), took);
  host.set_last_request_us(ToMicros(since));
  host.set_next_request_us(std::max(host.next_request_us(), ToMicros(since + distance)));
}

}  // namespace tintinh::crawler

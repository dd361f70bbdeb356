#include "services/crawler/visit/robots_gate.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/crawler/frontier/transition.h"
#include "services/crawler/robots/lines.h"

namespace tintinh::crawler {
namespace {

using disk::v1::RobotsRecord;

constexpr absl::Duration kValid = absl::Hours(24);            // RFC 9309, 2.4
constexpr absl::Duration kRecheckWhileDown = absl::Hours(1);  // an earlier robots.txt is in force
constexpr uint32_t kMaxRedirects = 5;                         // RFC 9309, 2.3.1.2
constexpr uint32_t kTooManyRequests = 429;

bool IsTooManyRequests(const FetchResult& result) { return result.http_status == kTooManyRequests; }

// RFC 9309, 2.3.1.3 would let a 429 allow everything; it says nothing of the rules, only that we ask too often.
bool IsUnreachable(const FetchResult& result) {
  return !result.status.ok() || result.http_status >= 500 || IsTooManyRequests(result);
}

bool IsRedirect(const FetchResult& result) {
  return result.http_status >= 300 && result.http_status < 400 && !result.redirect_location.empty();
}

std::string Describe(const FetchResult& result) {
  return result.status.ok() ? absl::StrCat("robots.txt answers ", result.http_status)
                            : absl::StrCat("robots.txt cannot be read: ", result.status.message());
}

RobotsRecord InForce(const Location& location, const RobotsRecord* before) {
  RobotsRecord record;
  if (before != nullptr) record = *before;
  record.set_origin(location.origin);
  return record;
}

void Decided(uint32_t http_status, absl::string_view body, absl::Time now, RobotsAnswer& answer) {
  RobotsRecord& record = answer.record;
  const absl::string_view whole_lines = CutToLimit(body);
  record.set_body(whole_lines.data(), whole_lines.size());
  record.set_http_status(http_status);
  record.set_fetched_us(ToMicros(now));
  record.set_check_again_us(ToMicros(now + kValid));
  record.clear_redirect();
  record.clear_redirects();
  answer.completion.robots_valid = kValid;
}

void Unreachable(const FetchResult& result, absl::Time now, RobotsAnswer& answer) {
  answer.record.clear_redirect();
  answer.record.clear_redirects();
  answer.completion.retry_after = result.retry_after.value_or(absl::ZeroDuration());
  answer.completion.reason = Describe(result);
  const bool known = answer.record.fetched_us() != 0;
  if (known) answer.record.set_check_again_us(ToMicros(now + kRecheckWhileDown));
  if (!known || IsTooManyRequests(result)) {
    answer.completion.outcome = FetchOutcome::kRobotsRefused;
    return;
  }
  answer.completion.robots_valid = kRecheckWhileDown;
}

void Redirected(const FetchResult& result, absl::Time now, RobotsAnswer& answer) {
  const uint32_t redirects = answer.record.redirects() + 1;
  if (redirects > kMaxRedirects) return Decided(result.http_status, "", now, answer);
  answer.record.set_redirect(result.redirect_location);
  answer.record.set_redirects(redirects);
  answer.record.set_check_again_us(ToMicros(now));
}

}  // namespace

RobotsAnswer ReadRobotsAnswer(const Location& location, const RobotsRecord* before, absl::string_view agent,
                              const FetchResult& result, absl::Time now) {
  RobotsAnswer answer;
  answer.record = InForce(location, before);
  answer.completion.outcome = FetchOutcome::kRobotsRead;
  answer.completion.http_status = result.http_status;
  answer.completion.took = result.took;
  if (IsUnreachable(result)) {
    Unreachable(result, now, answer);
  } else if (IsRedirect(result)) {
    Redirected(result, now, answer);
  } else if (result.http_status >= 200 && result.http_status < 300) {
    Decided(result.http_status, result.body, now, answer);
  } else {
    Decided(result.http_status, "", now, answer);
  }
  const RobotsTxt robots = RobotsTxt::Parse(answer.record.body());
  answer.completion.robots_origin = location.origin;
  const bool in_force = answer.record.redirect().empty() && answer.record.http_status() != 0;
  if (in_force) answer.completion.crawl_delay = robots.CrawlDelay(agent).value_or(absl::ZeroDuration());
  answer.sitemaps = robots.sitemaps();
  return answer;
}

absl::StatusOr<RobotsDecision> RobotsGate::Decide(const Location& location, absl::Time now) const {
  ASSIGN_OR_RETURN(const std::optional<RobotsRecord> record, frontier_.FindRobots(location.origin));
  RobotsDecision decision;
  if (!record.has_value() || FromMicros(record->check_again_us()) <= now) {
    decision.kind = RobotsDecision::Kind::kReadFirst;
    decision.robots_url = record.has_value() && !record->redirect().empty()
                              ? record->redirect()
                              : absl::StrCat(location.origin, "/robots.txt");
    return decision;
  }
  RobotsTxt::Verdict verdict =
      Parse(*record)->Check(agent_, absl::string_view(location.url).substr(location.origin.size()));
  if (!verdict.allowed) decision.kind = RobotsDecision::Kind::kDisallowed;
  decision.rule = std::move(verdict.rule);
  return decision;
}

std::shared_ptr<const RobotsTxt> RobotsGate::Parse(const RobotsRecord& record) const {
  MutexLock lock(mu_);
  Parsed& parsed = parsed_[record.origin()];
  if (parsed.robots == nullptr || parsed.fetched_us != record.fetched_us()) {
    parsed = {record.fetched_us(), std::make_shared<const RobotsTxt>(RobotsTxt::Parse(record.body()))};
  }
  return parsed.robots;
}

}  // namespace tintinh::crawler

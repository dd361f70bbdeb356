#include "services/crawler/overview.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "common/url/url.h"
#include "services/crawler/frontier/transition.h"
#include "services/crawler/links/trap.h"
#include "services/crawler/visit/pulse.h"

namespace tintinh::crawler {
namespace {

using disk::v1::UrlRecord;

// Where nothing comes between.
absl::Time EarliestFetch(const UrlRecord& record, const HostView& host, absl::Time now) {
  absl::Time earliest = std::max({FromMicros(record.next_fetch_us()), FromMicros(host.record.next_request_us()),
                                  FromMicros(host.record.blocked_until_us()), host.server_free});
  if (record.rank() == disk::v1::URL_RANK_BACKLOG) earliest = std::max(earliest, host.backlog);
  return host.hours == nullptr ? earliest : host.hours(std::max(earliest, now));
}

void SetTime(absl::Time time, google::protobuf::Timestamp& timestamp) {
  const int64_t seconds = absl::ToUnixSeconds(time);
  timestamp.set_seconds(seconds);
  timestamp.set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
}

void SetDuration(absl::Duration value, google::protobuf::Duration& duration) {
  absl::Duration rest;
  duration.set_seconds(absl::IDivDuration(value, absl::Seconds(1), &rest));
  duration.set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(rest)));
}

std::string Show(absl::Time time) { return absl::FormatTime("%Y-%m-%d %H:%M:%S", time, VietnamTimeZone()); }

v1::UrlState StateOf(const UrlRecord& record) {
  switch (record.state()) {
    case disk::v1::URL_RECORD_STATE_QUEUED:
      return v1::URL_STATE_QUEUED;
    case disk::v1::URL_RECORD_STATE_LEASED:
      return v1::URL_STATE_LEASED;
    case disk::v1::URL_RECORD_STATE_IN_OUTBOX:
      return v1::URL_STATE_IN_OUTBOX;
    case disk::v1::URL_RECORD_STATE_DONE:
      return v1::URL_STATE_DONE;
    case disk::v1::URL_RECORD_STATE_DISALLOWED:
      return v1::URL_STATE_DISALLOWED;
    case disk::v1::URL_RECORD_STATE_FAILED:
      return v1::URL_STATE_FAILED;
    default:
      return v1::URL_STATE_UNSPECIFIED;
  }
}

std::string WithLast(std::string reason, const UrlRecord& record) {
  if (!record.reason().empty()) absl::StrAppend(&reason, "; last time: ", record.reason());
  return reason;
}

std::string WhyDone(const UrlRecord& record) {
  if (!record.reason().empty()) return record.reason();
  if (!record.article_id().empty()) return "its article is stored";
  return "read";
}

// Of all hosts of a site, what an operator wants to see.
void FillPace(const SiteView& view, absl::Time now, v1::SiteStatus& status) {
  absl::Time next = absl::InfiniteFuture();
  absl::Time blocked = absl::InfinitePast();
  absl::Duration delay;
  for (const HostView& host : view.hosts) {
    next = std::min(next, host.next_turn);
    blocked = std::max(blocked, FromMicros(host.record.blocked_until_us()));
    delay = std::max(delay, host.delay);
  }
  SetDuration(delay, *status.mutable_delay());
  if (next != absl::InfiniteFuture()) SetTime(next, *status.mutable_next_request());
  if (blocked > now) SetTime(blocked, *status.mutable_blocked_until());
}

void FillSilence(const disk::v1::SiteRecord& record, v1::SiteStatus& status) {
  if (record.pulse().newest_us() == 0) return;
  const Silence silence = SilenceOf(record);
  SetDuration(silence.quiet_for, *status.mutable_quiet_for());
  SetDuration(silence.usual, *status.mutable_usual_gap());
  status.set_silent(silence.alarming);
}

}  // namespace

absl::StatusOr<v1::SiteStatus> Overview::OfSite(const Site& site) const {
  ASSIGN_OR_RETURN(const SiteView view, state_.frontier->ViewSite(site.id));
  v1::SiteStatus status;
  status.set_site(site.id);
  status.set_name(site.name);
  status.set_province(site.province);
  status.set_paused(view.record.paused());
  status.set_awaits_hand_over(view.rests && !view.record.paused());
  status.set_urls_known(view.record.urls_known());
  status.set_urls_due(view.urls_due);
  status.set_fetches(view.record.fetches());
  status.set_not_modified(view.record.not_modified());
  status.set_failures(view.record.failures());
  status.set_articles_stored(view.record.articles_stored());
  status.set_pages_rejected(view.record.pages_rejected());
  status.set_last_error(view.record.last_error());
  if (view.record.newest_article_us() > 0) {
    SetTime(FromMicros(view.record.newest_article_us()), *status.mutable_newest_article());
  }
  FillPace(view, clock_.Now(), status);
  FillSilence(view.record, status);
  return status;
}

absl::StatusOr<v1::GetCrawlerStatusResponse> Overview::OfAll() const {
  v1::GetCrawlerStatusResponse response;
  // Asked first: whoever reads "idle" may rely on the figures beside it being final.
  response.set_idle(state_.IsIdle());
  response.set_outbox_pages(state_.outbox->size());
  for (const Site& site : sites_.all()) {
    ASSIGN_OR_RETURN(*response.add_sites(), OfSite(site));
    const v1::SiteStatus& status = response.sites(response.sites_size() - 1);
    response.set_urls_known(response.urls_known() + status.urls_known());
    response.set_urls_due(response.urls_due() + status.urls_due());
  }
  return response;
}

absl::StatusOr<v1::ExplainUrlResponse> Overview::Explain(absl::string_view url) const {
  v1::ExplainUrlResponse response;
  const std::optional<Location> location = sites_.Locate(url);
  if (!location.has_value()) {
    const absl::StatusOr<std::string> canonical = url::Normalize(url);
    if (canonical.ok()) response.set_canonical_url(*canonical);
    response.set_state(v1::URL_STATE_FOREIGN);
    response.set_reason(canonical.ok() ? "its host belongs to no site that is configured and enabled"
                                       : std::string(canonical.status().message()));
    return response;
  }
  response.set_canonical_url(location->url);
  ASSIGN_OR_RETURN(const RobotsDecision robots, gate_.Decide(*location, clock_.Now()));
  response.set_robots_rule(robots.rule);
  ASSIGN_OR_RETURN(const std::optional<UrlRecord> record, state_.frontier->Find(location->url));
  if (record.has_value()) {
    RETURN_IF_ERROR(ExplainKnown(*record, response));
    return response;
  }
  response.set_state(v1::URL_STATE_UNKNOWN);
  const std::optional<absl::string_view> trap = TrapOf(location->url);
  response.set_reason(trap.has_value() ? absl::StrCat("such addresses are not followed: ", *trap)
                                       : "no feed, sitemap or section page of the site has named it");
  return response;
}

absl::Status Overview::ExplainKnown(const UrlRecord& record, v1::ExplainUrlResponse& response) const {
  response.set_state(StateOf(record));
  response.set_last_http_status(record.last_http_status());
  response.set_article_id(record.article_id());
  if (record.last_fetch_us() > 0) SetTime(FromMicros(record.last_fetch_us()), *response.mutable_last_fetch());
  const std::optional<HostView> host = state_.frontier->ViewHost(record.host());
  SiteView site;
  if (host.has_value()) {
    ASSIGN_OR_RETURN(site, state_.frontier->ViewSite(host->site));
    // A site that rests goes on when somebody says so.
    if (IsScheduled(record) && !site.rests)
      SetTime(EarliestFetch(record, *host, clock_.Now()), *response.mutable_next_fetch());
  }
  switch (response.state()) {
    case v1::URL_STATE_QUEUED:
      if (host.has_value()) response.set_reason(WhyQueued(record, *host, site));
      break;
    case v1::URL_STATE_LEASED:
      response.set_reason("is being fetched");
      break;
    case v1::URL_STATE_IN_OUTBOX:
      response.set_reason("fetched; waits for the normalizer's outcome");
      break;
    case v1::URL_STATE_DISALLOWED:
      response.set_reason(absl::StrCat("robots.txt: ", record.reason()));
      break;
    default:
      response.set_reason(WhyDone(record));
  }
  return absl::OkStatus();
}

std::string Overview::WhyQueued(const UrlRecord& record, const HostView& host, const SiteView& site) const {
  const absl::Time now = clock_.Now();
  if (site.record.paused()) return "its site is paused";
  if (site.rests) return "other crawlers are asked for its site first";
  const absl::Time blocked = FromMicros(host.record.blocked_until_us());
  if (blocked > now) {
    return WithLast(absl::StrCat("its host is left alone until ", Show(blocked), " after ",
                                 host.record.consecutive_refusals(), " refusals or failures in a row"),
                    record);
  }
  const absl::Time due = FromMicros(record.next_fetch_us());
  if (due > now) return WithLast(absl::StrCat("waits until ", Show(due)), record);
  if (host.opens > now)
    return WithLast(absl::StrCat("its site is asked in its crawl_hours only, next ", Show(host.opens)), record);
  if (record.rank() == disk::v1::URL_RANK_BACKLOG && host.backlog > now) {
    return WithLast(absl::StrCat("its site's backfill_per_day is spent; goes on at ", Show(host.backlog)), record);
  }
  if (host.server_is_busy && host.in_flight == 0) {
    const std::string& address = host.record.server_address();
    return WithLast(absl::StrCat("one of the ", host.hosts_on_server, " hosts of its ",
                                 address.empty() ? "domain" : absl::StrCat("server ", address), " is being asked"),
                    record);
  }
  const absl::Time next = FromMicros(host.record.next_request_us());
  return WithLast(absl::StrCat("waits for its turn, with ", absl::FormatDuration(host.delay), " between requests to ",
                               host.record.host(), next > now ? absl::StrCat(", the next at ", Show(next)) : ""),
                  record);
}

}  // namespace tintinh::crawler

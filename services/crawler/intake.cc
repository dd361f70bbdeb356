#include "services/crawler/intake.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "common/log/log.h"
#include "common/status/status_macros.h"
#include "services/crawler/frontier/transition.h"
#include "services/crawler/schedule/recheck.h"
#include "services/crawler/visit/pulse.h"
#include "services/crawler/visit/revisit.h"
#include "services/crawler/visit/settlement.h"

namespace tintinh::crawler {
namespace {

Exchange ToExchange(const Fetched& fetched, absl::string_view body, absl::Time when) {
  Exchange exchange;
  exchange.url = fetched.lease.record.url();
  exchange.fetched = when;
  exchange.remote_address = fetched.result.remote_address;
  exchange.request_headers = fetched.result.request_headers;
  exchange.response_headers = fetched.result.response_headers;
  exchange.body = body;
  return exchange;
}

// A page that is in the archive and came again, or did not because it is the same.
bool IsRevisit(const Fetched& fetched, const Completion& completion) {
  const disk::v1::UrlRecord& record = fetched.lease.record;
  const bool same =
      completion.outcome == FetchOutcome::kNotModified ||
      (completion.outcome == FetchOutcome::kListingRead && record.kind() == disk::v1::URL_RECORD_KIND_SECTION);
  return fetched.purpose == Fetched::Purpose::kUrl && same && record.archived_us() != 0;
}

Visit NothingKept(const absl::Status& why) {
  Visit visit;
  visit.completion.outcome = FetchOutcome::kNotKept;
  visit.completion.reason = std::string(why.message());
  return visit;
}

// A listing of which it is known now what it names. That of a section comes with its page's outcome.
bool WasRead(const disk::v1::UrlRecord& record, const Completion& completion) {
  return !IsArticle(record) &&
         (completion.outcome == FetchOutcome::kListingRead || completion.outcome == FetchOutcome::kNotModified);
}

std::string KindName(disk::v1::UrlRecordKind kind) {
  constexpr size_t kPrefix = sizeof("URL_RECORD_KIND_") - 1;
  return disk::v1::UrlRecordKind_Name(kind).substr(kPrefix);
}

}  // namespace

absl::string_view NameOf(FetchOutcome outcome) {
  switch (outcome) {
    case FetchOutcome::kPageKept:
      return "page_kept";
    case FetchOutcome::kListingRead:
      return "listing_read";
    case FetchOutcome::kNotModified:
      return "not_modified";
    case FetchOutcome::kGone:
      return "gone";
    case FetchOutcome::kRedirected:
      return "redirected";
    case FetchOutcome::kRefused:
      return "refused";
    case FetchOutcome::kFailed:
      return "failed";
    case FetchOutcome::kDropped:
      return "dropped";
    case FetchOutcome::kRobotsRead:
      return "robots_read";
    case FetchOutcome::kRobotsRefused:
      return "robots_refused";
    case FetchOutcome::kDisallowed:
      return "disallowed";
    case FetchOutcome::kReturned:
      return "returned";
    case FetchOutcome::kNotKept:
      return "not_kept";
  }
  return "unknown";
}

Intake::Taken Intake::Take(Fetched fetched) {
  std::vector<Fetched> one;
  one.push_back(std::move(fetched));
  ASSIGN_OR_RETURN(std::vector<Taken> taken, TakeAll(std::move(one)));
  return std::move(taken.front());
}

absl::StatusOr<std::vector<Intake::Taken>> Intake::TakeAll(std::vector<Fetched> fetched) {
  std::vector<Judged> judged;
  judged.reserve(fetched.size());
  absl::Status trouble;
  for (Fetched& one : fetched) judged.push_back(JudgeOne(one, trouble));
  const absl::Status archived = Archive(fetched, judged);
  trouble.Update(archived);
  for (size_t i = 0; i < judged.size(); ++i) {
    Visit& visit = judged[i].visit;
    if (!archived.ok() && visit.page.has_value()) visit = NothingKept(archived);
    Report(fetched[i], visit);
  }
  trouble.Update(AddDiscovered(fetched, judged));
  // Whatever went wrong, what the hosts asked for comes into force.
  absl::StatusOr<std::vector<Taken>> taken = Complete(fetched, judged);
  if (!trouble.ok()) return trouble;
  return taken;
}

// What a listing named that was new decides when it is read again.
absl::Status Intake::AddDiscovered(const std::vector<Fetched>& fetched, std::vector<Judged>& judged) {
  std::vector<NewUrl> discovered;
  for (Judged& one : judged) {
    std::move(one.visit.discovered.begin(), one.visit.discovered.end(), std::back_inserter(discovered));
  }
  const absl::StatusOr<std::vector<AddResult>> added_all = state_.frontier->Add(discovered);
  if (!added_all.ok()) {
    for (Judged& one : judged) {
      if (!one.visit.discovered.empty()) one.visit = NothingKept(added_all.status());
    }
    return added_all.status();
  }
  const std::vector<AddResult>& results = *added_all;
  auto result = results.begin();
  for (size_t i = 0; i < judged.size(); ++i) {
    const auto end = result + static_cast<std::ptrdiff_t>(judged[i].visit.discovered.size());
    const auto added = static_cast<uint32_t>(std::count(result, end, AddResult::kAdded));
    result = end;
    Completion& completion = judged[i].visit.completion;
    if (fetched[i].purpose != Fetched::Purpose::kUrl || !WasRead(fetched[i].lease.record, completion)) continue;
    Revisit revisit = AfterListing(*fetched[i].location.site, fetched[i].lease.record, added, clock_.Now());
    completion.revisit_after = revisit.after;
    completion.rhythm = std::move(revisit.rhythm);
  }
  return absl::OkStatus();
}

Intake::Judged Intake::JudgeOne(Fetched& fetched, absl::Status& trouble) const {
  if (fetched.purpose == Fetched::Purpose::kRobots) return JudgeRobots(fetched, trouble);
  Judged judged;
  judged.visit = Judge({sites_, *fetched.location.site, clock_.Now()}, fetched.lease.record, fetched.result);
  judged.visit.completion.server_address = fetched.result.remote_address;
  return judged;
}

Intake::Judged Intake::JudgeRobots(const Fetched& fetched, absl::Status& trouble) const {
  const auto before = state_.frontier->FindRobots(fetched.location.origin);
  trouble.Update(before.status());
  const bool known = before.ok() && before->has_value();
  RobotsAnswer answer =
      ReadRobotsAnswer(fetched.location, known ? &**before : nullptr, gate_.agent(), fetched.result, clock_.Now());
  if (!fetched.guest_of.empty()) trouble.Update(state_.frontier->EndVisit(fetched.guest_of, answer.completion));
  Judged judged;
  judged.visit.discovered = RobotsSitemaps(sites_, fetched.location, answer.sitemaps);
  judged.visit.completion = std::move(answer.completion);
  if (!fetched.elsewhere) judged.visit.completion.server_address = fetched.result.remote_address;
  judged.robots = std::move(answer.record);
  return judged;
}

absl::Status Intake::Archive(const std::vector<Fetched>& fetched, std::vector<Judged>& judged) {
  std::vector<Exchange> exchanges;
  std::vector<disk::v1::OutboxRecord*> pages;  // of each exchange; null: a revisit
  for (size_t i = 0; i < judged.size(); ++i) {
    if (judged[i].visit.page.has_value()) {
      pages.push_back(&*judged[i].visit.page);
      pages.back()->set_trace_id(fetched[i].trace_id);
      exchanges.push_back(ToExchange(fetched[i], pages.back()->body(), FromMicros(pages.back()->fetched_us())));
    } else if (IsRevisit(fetched[i], judged[i].visit.completion)) {
      pages.push_back(nullptr);
      exchanges.push_back(ToExchange(fetched[i], fetched[i].result.body, clock_.Now()));
      exchanges.back().same_as = FromMicros(fetched[i].lease.record.archived_us());
    }
  }
  ASSIGN_OR_RETURN(std::vector<std::string> ids, state_.archive->AppendAll(exchanges));
  for (size_t i = 0; i < ids.size(); ++i) {
    if (pages[i] != nullptr) pages[i]->set_warc_record_id(std::move(ids[i]));
  }
  return absl::OkStatus();
}

// The page is announced before its lease ends: see CrawlState::IsIdle.
void Intake::Store(Judged& judged, kv::WriteBatch& batch) {
  if (judged.robots.has_value()) state_.frontier->PutRobots(*judged.robots, batch);
  if (!judged.visit.page.has_value()) return;
  judged.sequence = state_.outbox->Put(*std::move(judged.visit.page), batch);
  state_.outbox->Announce(*judged.sequence);
}

absl::StatusOr<std::vector<Intake::Taken>> Intake::Complete(const std::vector<Fetched>& fetched,
                                                            std::vector<Judged>& judged) {
  std::vector<Ended> ended;
  ended.reserve(judged.size());
  for (size_t i = 0; i < judged.size(); ++i) {
    ended.push_back({fetched[i].lease, judged[i].visit.completion,
                     [this, &one = judged[i]](kv::WriteBatch& batch) { Store(one, batch); }});
  }
  const absl::StatusOr<std::vector<absl::Status>> completed = state_.frontier->CompleteAll(ended);
  std::vector<Taken> taken;
  taken.reserve(judged.size());
  for (size_t i = 0; i < judged.size(); ++i) {
    if (!completed.ok() && judged[i].sequence.has_value()) state_.outbox->Forget(*judged[i].sequence);
    if (!completed.ok()) continue;
    const absl::Status& status = (*completed)[i];
    taken.push_back(status.ok() ? Taken(judged[i].sequence) : Taken(status));
  }
  RETURN_IF_ERROR(completed.status());
  std::set<std::string> sites;
  for (const Fetched& one : fetched) sites.insert(one.location.site->id);
  for (const std::string& site : sites) RETURN_IF_ERROR(ReportSite(site));
  return taken;
}

void Intake::Report(const Fetched& fetched, const Visit& visit) const {
  const absl::string_view outcome = NameOf(visit.completion.outcome);
  const bool robots = fetched.purpose == Fetched::Purpose::kRobots;
  const std::string kind = robots ? "ROBOTS" : KindName(fetched.lease.record.kind());
  LogInfo("fetched", {{"url", fetched.lease.record.url()},
                      {"site", fetched.location.site->id},
                      {"kind", kind},
                      {"outcome", outcome},
                      {"http_status", fetched.result.http_status},
                      {"took_ms", absl::ToInt64Milliseconds(fetched.result.took)},
                      {"discovered", visit.discovered.size()},
                      {"reason", visit.completion.reason},
                      {"trace", fetched.trace_id}});
  metrics_
      .NewCounter("tintinh_crawler_fetches_total", "Requests sent, by what came of them.",
                  {{"outcome", std::string(outcome)}, {"site", fetched.location.site->id}})
      .Increment();
  metrics_
      .NewHistogram("tintinh_crawler_fetch_seconds", "Time from sending a request to the last byte.", LatencyBuckets())
      .Observe(absl::ToDoubleSeconds(fetched.result.took));
  const std::optional<HostView> host = state_.frontier->ViewHost(fetched.location.host);
  if (!host.has_value()) return;
  metrics_
      .NewGauge("tintinh_crawler_delay_seconds", "Between two requests to the host asked last.",
                {{"site", fetched.location.site->id}})
      .Set(absl::ToDoubleSeconds(host->delay));
}

absl::StatusOr<v1::Page> Intake::ReadPage(uint64_t sequence) const {
  ASSIGN_OR_RETURN(disk::v1::OutboxRecord record, state_.outbox->Read(sequence));
  return ToPage(std::move(record), sites_);
}

absl::Status Intake::PlanRevisit(const std::string& url, uint32_t new_links, FinalOutcome& outcome) const {
  ASSIGN_OR_RETURN(const std::optional<disk::v1::UrlRecord> record, state_.frontier->Find(url));
  if (!record.has_value() || (IsArticle(*record) && outcome.result == FinalOutcome::Result::kRejected)) {
    return absl::OkStatus();
  }
  const Site* const site = sites_.Find(record->site());
  if (site == nullptr) {
    // For whoever takes the site over: what a listing named was of no use here.
    outcome.revisit_after = IsArticle(*record) ? DefaultRecheckAges().front() : absl::ZeroDuration();
    return absl::OkStatus();
  }
  Revisit revisit = IsArticle(*record) ? AfterArticle(*site, *record, clock_.Now())
                                       : AfterListing(*site, *record, new_links, clock_.Now());
  outcome.revisit_after = revisit.after;
  outcome.rhythm = std::move(revisit.rhythm);
  outcome.rechecks = revisit.rechecks;
  // What comes from sitemaps may be old.
  const bool news = outcome.result == FinalOutcome::Result::kStored && record->rank() == disk::v1::URL_RANK_FRESH;
  if (!news) return absl::OkStatus();
  ASSIGN_OR_RETURN(const disk::v1::SiteRecord before, state_.frontier->FindSite(site->id));
  outcome.pulse = AfterPublication(before.pulse(), clock_.Now());
  return absl::OkStatus();
}

absl::Status Intake::ReportSite(const std::string& site) const {
  if (sites_.Find(site) == nullptr) return absl::OkStatus();
  ASSIGN_OR_RETURN(const disk::v1::SiteRecord record, state_.frontier->FindSite(site));
  metrics_
      .NewGauge("tintinh_crawler_newest_article_timestamp_seconds", "When the newest article was fetched.",
                {{"site", site}})
      .Set(static_cast<double>(record.newest_article_us()) / 1e6);
  metrics_
      .NewGauge("tintinh_crawler_site_silent", "1: the site is quiet for longer than its past explains.",
                {{"site", site}})
      .Set(SilenceOf(record).alarming ? 1 : 0);
  return absl::OkStatus();
}

absl::Status Intake::SettlePage(uint64_t sequence, const v1::ProcessResponse& response) {
  ASSIGN_OR_RETURN(const disk::v1::OutboxRecord record, state_.outbox->Read(sequence));
  Settlement settlement = Settle(record, response, sites_);
  ASSIGN_OR_RETURN(const std::vector<AddResult> added, state_.frontier->Add(settlement.links));
  const auto new_links = static_cast<uint32_t>(std::count(added.begin(), added.end(), AddResult::kAdded));
  const Yield yield{static_cast<uint32_t>(settlement.links.size()), new_links};
  if (const std::optional<NewUrl> further = FurtherPage(record, response, sites_, yield)) {
    RETURN_IF_ERROR(state_.frontier->Add({*further}).status());
  }
  RETURN_IF_ERROR(PlanRevisit(record.url(), new_links, settlement.outcome));
  kv::WriteBatch batch;
  state_.outbox->Remove(sequence, batch);
  RETURN_IF_ERROR(state_.frontier->Finish(record.url(), settlement.outcome, std::move(batch)));
  state_.outbox->Forget(sequence);
  LogInfo("page settled", {{"url", record.url()},
                           {"site", record.site()},
                           {"outcome", v1::Outcome_Name(response.outcome())},
                           {"article_id", response.article_id()},
                           {"links", settlement.links.size()},
                           {"reason", settlement.outcome.reason},
                           {"trace", record.trace_id()}});
  metrics_
      .NewCounter("tintinh_crawler_pages_settled_total", "Final outcomes of pages.",
                  {{"outcome", v1::Outcome_Name(response.outcome())}, {"site", record.site()}})
      .Increment();
  return ReportSite(record.site());
}

}  // namespace tintinh::crawler

#include "services/crawler/intake.h"

#include <utility>

#include "common/log/log.h"
#include "common/status/status_macros.h"
#include "services/crawler/frontier/transition.h"
#include "services/crawler/visit/settlement.h"

namespace tintinh::crawler {
namespace {

Exchange ToExchange(const Fetched& fetched, const disk::v1::OutboxRecord& page) {
  Exchange exchange;
  exchange.url = page.url();
  exchange.fetched = FromMicros(page.fetched_us());
  exchange.remote_address = fetched.result.remote_address;
  exchange.request_headers = fetched.result.request_headers;
  exchange.response_headers = fetched.result.response_headers;
  exchange.body = page.body();
  return exchange;
}

Visit NothingKept(const absl::Status& why) {
  Visit visit;
  visit.completion.outcome = FetchOutcome::kNotKept;
  visit.completion.reason = std::string(why.message());
  return visit;
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

absl::StatusOr<std::optional<uint64_t>> Intake::Take(Fetched fetched) {
  if (fetched.purpose == Fetched::Purpose::kUrl) return TakeVisit(std::move(fetched));
  RETURN_IF_ERROR(TakeRobots(fetched));
  return std::nullopt;
}

absl::Status Intake::TakeRobots(const Fetched& fetched) {
  ASSIGN_OR_RETURN(const std::optional<disk::v1::RobotsRecord> before,
                   state_.frontier->FindRobots(fetched.location.origin));
  RobotsAnswer answer = ReadRobotsAnswer(fetched.location, before.has_value() ? &*before : nullptr, gate_.agent(),
                                         fetched.result, clock_.Now());
  Visit visit;
  visit.discovered = RobotsSitemaps(sites_, fetched.location, answer.sitemaps);
  RETURN_IF_ERROR(state_.frontier->Add(visit.discovered).status());
  visit.completion = std::move(answer.completion);
  kv::WriteBatch batch;
  state_.frontier->PutRobots(answer.record, batch);
  Report(fetched, visit);
  return state_.frontier->Complete(fetched.lease, visit.completion, std::move(batch));
}

absl::StatusOr<std::optional<uint64_t>> Intake::TakeVisit(Fetched fetched) {
  const Visitor visitor{sites_, *fetched.location.site, clock_.Now()};
  Visit visit = Judge(visitor, fetched.lease.record, fetched.result);
  absl::Status archived;
  if (visit.page.has_value()) {
    archived = Archive(fetched, visit);
    if (!archived.ok()) visit = NothingKept(archived);
  }
  Report(fetched, visit);
  absl::StatusOr<std::optional<uint64_t>> kept = Keep(fetched.lease, std::move(visit));
  return archived.ok() ? std::move(kept) : archived;
}

absl::Status Intake::Archive(const Fetched& fetched, Visit& visit) {
  visit.page->set_trace_id(fetched.trace_id);
  ASSIGN_OR_RETURN(*visit.page->mutable_warc_record_id(), state_.archive->Append(ToExchange(fetched, *visit.page)));
  return absl::OkStatus();
}

absl::StatusOr<std::optional<uint64_t>> Intake::Keep(const Lease& lease, Visit visit) {
  RETURN_IF_ERROR(state_.frontier->Add(visit.discovered).status());
  kv::WriteBatch batch;
  std::optional<uint64_t> sequence;
  if (visit.page.has_value()) {
    sequence = state_.outbox->Put(*std::move(visit.page), batch);
    // Before the lease ends: see CrawlState::IsIdle.
    state_.outbox->Announce(*sequence);
  }
  const absl::Status completed = state_.frontier->Complete(lease, visit.completion, std::move(batch));
  if (completed.ok()) return sequence;
  if (sequence.has_value()) state_.outbox->Forget(*sequence);
  return completed;
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
                  {{"outcome", std::string(outcome)}})
      .Increment();
  metrics_
      .NewHistogram("tintinh_crawler_fetch_seconds", "Time from sending a request to the last byte.", LatencyBuckets())
      .Observe(absl::ToDoubleSeconds(fetched.result.took));
}

absl::StatusOr<v1::Page> Intake::ReadPage(uint64_t sequence) const {
  ASSIGN_OR_RETURN(disk::v1::OutboxRecord record, state_.outbox->Read(sequence));
  return ToPage(std::move(record), sites_);
}

absl::Status Intake::SettlePage(uint64_t sequence, const v1::ProcessResponse& response) {
  ASSIGN_OR_RETURN(const disk::v1::OutboxRecord record, state_.outbox->Read(sequence));
  Settlement settlement = Settle(record, response, sites_);
  RETURN_IF_ERROR(state_.frontier->Add(settlement.links).status());
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
                  {{"outcome", v1::Outcome_Name(response.outcome())}})
      .Increment();
  return absl::OkStatus();
}

}  // namespace tintinh::crawler

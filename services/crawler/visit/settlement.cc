#include "services/crawler/visit/settlement.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"
#include "services/crawler/frontier/transition.h"
#include "services/crawler/links/pager.h"
#include "services/crawler/links/trap.h"

namespace tintinh::crawler {
namespace {

bool IsSection(const disk::v1::OutboxRecord& record) { return record.kind() == disk::v1::URL_RECORD_KIND_SECTION; }

void SetTime(absl::Time time, google::protobuf::Timestamp& timestamp) {
  timestamp.set_seconds(absl::ToUnixSeconds(time));
  timestamp.set_nanos(
      static_cast<int32_t>(absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(absl::ToUnixSeconds(time)))));
}

FinalOutcome::Result ResultOf(const disk::v1::OutboxRecord& record, const v1::ProcessResponse& response) {
  switch (response.outcome()) {
    case v1::OUTCOME_STORED:
    case v1::OUTCOME_NEAR_DUPLICATE:
      return FinalOutcome::Result::kStored;
    case v1::OUTCOME_REJECTED:
      // A section page was never meant to be an article.
      return IsSection(record) && !response.blocked() ? FinalOutcome::Result::kUnchanged
                                                      : FinalOutcome::Result::kRejected;
    default:
      return FinalOutcome::Result::kUnchanged;
  }
}

std::optional<NewUrl> LinkOnSite(absl::string_view link, const Sites& sites, const Site& site) {
  std::optional<Location> location = sites.Locate(link);
  if (!location.has_value() || location->site != &site || TrapOf(location->url).has_value()) return std::nullopt;
  NewUrl url;
  url.url = std::move(location->url);
  url.host = std::move(location->host);
  url.depth = 1;
  return url;
}

// What stands on the pages far behind a section's first is old.
disk::v1::UrlRank RankOfLinks(const disk::v1::OutboxRecord& record, const Site& site) {
  const bool near = IsSection(record) && ReadPageNumber(record.url()).number <= site.section_depth + 1;
  return near ? disk::v1::URL_RANK_FRESH : disk::v1::URL_RANK_BACKLOG;
}

std::vector<NewUrl> Links(const disk::v1::OutboxRecord& record, const v1::ProcessResponse& response, const Sites& sites,
                          const Site& site) {
  std::vector<NewUrl> links;
  if (!IsSection(record) && !site.follow_article_links) return links;
  const disk::v1::UrlRank rank = RankOfLinks(record, site);
  for (const v1::OutLink& link : response.links()) {
    if (link.kind() != v1::LINK_KIND_ARTICLE) continue;
    std::optional<NewUrl> url = LinkOnSite(link.url(), sites, site);
    if (!url.has_value()) continue;
    url->rank = rank;
    links.push_back(*std::move(url));
  }
  return links;
}

}  // namespace

v1::Page ToPage(disk::v1::OutboxRecord record, const Sites& sites) {
  v1::Page page;
  page.set_page_id(absl::StrCat(record.sequence()));
  page.set_url(record.final_url());
  page.set_site(record.site());
  page.set_http_status(record.http_status());
  for (disk::v1::OutboxHeader& header : *record.mutable_headers()) {
    v1::HttpHeader& sent = *page.add_headers();
    sent.set_name(std::move(*header.mutable_name()));
    sent.set_value(std::move(*header.mutable_value()));
  }
  page.set_body(std::move(*record.mutable_body()));
  SetTime(FromMicros(record.fetched_us()), *page.mutable_fetched());
  page.set_trace_id(record.trace_id());
  if (const Site* const site = sites.Find(record.site()); site != nullptr) *page.mutable_hints() = site->hints;
  if (IsSection(record)) page.mutable_hints()->set_article_listing(true);
  return page;
}

Settlement Settle(const disk::v1::OutboxRecord& record, const v1::ProcessResponse& response, const Sites& sites) {
  Settlement settlement;
  settlement.outcome.result = ResultOf(record, response);
  settlement.outcome.article_id = response.article_id();
  settlement.outcome.blocked = response.blocked();
  settlement.outcome.reason = response.reason();
  if (settlement.outcome.reason.empty() && response.outcome() == v1::OUTCOME_REJECTED) {
    settlement.outcome.reason = v1::RejectReason_Name(response.reject_reason());
  }
  const Site* const site = sites.Find(record.site());
  if (site == nullptr) return settlement;
  settlement.links = Links(record, response, sites, *site);
  return settlement;
}

std::optional<NewUrl> FurtherPage(const disk::v1::OutboxRecord& record, const v1::ProcessResponse& response,
                                  const Sites& sites, Yield yield) {
  const Site* const site = sites.Find(record.site());
  if (site == nullptr || !IsSection(record) || yield.links == 0) return std::nullopt;
  const uint32_t number = ReadPageNumber(record.url()).number;
  const bool brings_news = yield.new_links * 2 >= yield.links && number <= site->section_depth;
  if (!brings_news && number > site->backfill_pages) return std::nullopt;
  std::vector<std::string> links;
  for (const v1::OutLink& link : response.links()) {
    std::optional<NewUrl> url = LinkOnSite(link.url(), sites, *site);
    if (url.has_value()) links.push_back(std::move(url->url));
  }
  std::optional<NewUrl> next = LinkOnSite(NextPage(record.url(), links), sites, *site);
  if (!next.has_value()) return std::nullopt;
  next->kind = disk::v1::URL_RECORD_KIND_SECTION;
  next->rank = brings_news ? disk::v1::URL_RANK_LISTING : disk::v1::URL_RANK_BACKLOG;
  next->again = brings_news;
  return next;
}

}  // namespace tintinh::crawler

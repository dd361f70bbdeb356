// Frontier's intake of URLs that were named somewhere.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/crawler/frontier/edit.h"
#include "services/crawler/frontier/frontier.h"

namespace tintinh::crawler {
namespace {

using disk::v1::SiteRecord;
using disk::v1::UrlRecord;

UrlRecord FreshRecord(const NewUrl& url, absl::string_view site, absl::Time now) {
  UrlRecord record;
  record.set_url(url.url);
  record.set_site(site.data(), site.size());
  record.set_host(url.host);
  record.set_kind(url.kind);
  record.set_rank(url.rank);
  record.set_state(disk::v1::URL_RECORD_STATE_QUEUED);
  record.set_next_fetch_us(ToMicros(now));
  record.set_redirects(url.redirects);
  record.set_depth(url.depth);
  return record;
}

// As if it had never been fetched: "unchanged since then" would be no answer to why it is asked again.
void QueueAnew(absl::Time now, UrlRecord& record) {
  ForgetAnswer(record);
  record.set_state(disk::v1::URL_RECORD_STATE_QUEUED);
  record.set_next_fetch_us(ToMicros(now));
  record.set_tries(0);
  record.clear_reason();
}

bool IsFull(const UrlRecord& fresh, const SiteRecord& site, uint64_t max_articles) {
  if (IsArticle(fresh)) return site.articles_known() >= max_articles;
  return fresh.depth() > 0 && site.urls_known() - site.articles_known() >= kMaxListingsPerSite;
}

bool GaveUp(const UrlRecord& record) {
  return record.state() == disk::v1::URL_RECORD_STATE_FAILED || record.state() == disk::v1::URL_RECORD_STATE_DISALLOWED;
}

// What naming a known URL again changes; false: nothing.
bool Renew(const NewUrl& url, absl::Time now, UrlRecord& record) {
  const bool settled = GaveUp(record) || record.state() == disk::v1::URL_RECORD_STATE_DONE;
  if (IsArticle(record) && url.kind != disk::v1::URL_RECORD_KIND_ARTICLE && url.depth == 0 && settled) {
    record.set_kind(url.kind);
    record.set_rank(url.rank);
    record.set_depth(0);
    QueueAnew(now, record);
    return true;
  }
  if (url.rank == disk::v1::URL_RANK_SUBMITTED && GaveUp(record)) {
    if (IsArticle(record)) record.set_rank(url.rank);
    QueueAnew(now, record);
    return true;
  }
  if (url.again && settled && !IsArticle(record)) {
    record.set_rank(url.rank);
    QueueAnew(now, record);
    return true;
  }
  if (!IsArticle(record) || record.state() != disk::v1::URL_RECORD_STATE_QUEUED || url.rank >= record.rank()) {
    return false;
  }
  record.set_rank(url.rank);
  return true;
}

}  // namespace

absl::StatusOr<std::vector<AddResult>> Frontier::Add(absl::Span<const NewUrl> urls) {
  MutexLock lock(mu_);
  std::vector<absl::string_view> names;
  names.reserve(urls.size());
  for (const NewUrl& url : urls) names.push_back(url.url);
  ASSIGN_OR_RETURN(std::vector<std::optional<UrlRecord>> known, store_.Urls(names));
  Edit edit;
  std::vector<AddResult> results;
  results.reserve(urls.size());
  for (size_t i = 0; i < urls.size(); ++i) {
    if (known[i].has_value()) MarkLeased(*known[i]);
    results.push_back(AddOne(urls[i], known[i], edit));
  }
  RETURN_IF_ERROR(Commit(std::move(edit), kv::Durability::kBuffered));
  return results;
}

AddResult Frontier::AddOne(const NewUrl& url, const std::optional<UrlRecord>& known, Edit& edit) {
  const auto host = host_index_.find(url.host);
  if (host == host_index_.end()) return AddResult::kForeign;
  const auto pending = edit.urls.find(url.url);
  if (pending != edit.urls.end()) return AddKnown(url, pending->second, host->second, edit);
  if (known.has_value()) return AddKnown(url, *known, host->second, edit);
  SiteRecord& site = edit.site(hosts_[host->second].site, *this);
  UrlRecord record = FreshRecord(url, site.site(), clock_.Now());
  if (IsFull(record, site, sites_[hosts_[host->second].site].max_articles)) return AddResult::kFull;
  site.set_urls_known(site.urls_known() + 1);
  if (IsArticle(record)) site.set_articles_known(site.articles_known() + 1);
  edit.PutUrl(host->second, nullptr, record, *this);
  edit.urls.emplace(url.url, std::move(record));
  return AddResult::kAdded;
}

AddResult Frontier::AddKnown(const NewUrl& url, const UrlRecord& known, size_t host, Edit& edit) {
  UrlRecord renewed = known;
  if (renewed.host() != url.host || !Renew(url, clock_.Now(), renewed)) return AddResult::kKnown;
  edit.PutUrl(host, &known, renewed, *this);
  edit.urls[url.url] = std::move(renewed);
  return AddResult::kKnown;
}

absl::StatusOr<std::optional<UrlRecord>> Frontier::Known(absl::string_view url) const {
  ASSIGN_OR_RETURN(std::optional<UrlRecord> record, store_.Url(url));
  if (record.has_value()) MarkLeased(*record);
  return record;
}

void Frontier::MarkLeased(UrlRecord& record) const {
  const auto host = host_index_.find(record.host());
  if (host == host_index_.end() || !hosts_[host->second].queue.IsLeased(record.url())) return;
  record.set_state(disk::v1::URL_RECORD_STATE_LEASED);
}

}  // namespace tintinh::crawler

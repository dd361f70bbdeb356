#include "services/crawler/frontier/edit.h"

#include <algorithm>

namespace tintinh::crawler {
namespace {

using disk::v1::HostRecord;
using disk::v1::SiteRecord;
using disk::v1::UrlRecord;

// Articles that wait for their first fetch, or for another try.
uint64_t Waiting(const UrlRecord* url) {
  return url != nullptr && IsArticle(*url) && url->state() == disk::v1::URL_RECORD_STATE_QUEUED ? 1 : 0;
}

}  // namespace

HostRecord& Frontier::Edit::host(size_t index, const Frontier& frontier) ABSL_NO_THREAD_SAFETY_ANALYSIS {
  return hosts.try_emplace(index, frontier.hosts_[index].record).first->second;
}

SiteRecord& Frontier::Edit::site(size_t index, const Frontier& frontier) ABSL_NO_THREAD_SAFETY_ANALYSIS {
  return sites.try_emplace(index, frontier.sites_[index].record).first->second;
}

void Frontier::Edit::PutUrl(size_t host_index, const UrlRecord* before, UrlRecord& after,
                            Frontier& frontier) ABSL_NO_THREAD_SAFETY_ANALYSIS {
  Host& owner = frontier.hosts_[host_index];
  SiteRecord& counts = site(owner.site, frontier);
  const uint64_t waiting = counts.articles_waiting() + Waiting(&after);
  // A site that was renamed in the configuration starts to count anew.
  counts.set_articles_waiting(waiting - std::min(waiting, Waiting(before)));
  queues.insert(host_index);
  frontier.store_.PutUrl(before, after, &owner.queue, batch);
}

}  // namespace tintinh::crawler

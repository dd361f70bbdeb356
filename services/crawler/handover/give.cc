#include "services/crawler/handover/give.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/crawler/frontier/store.h"

namespace tintinh::crawler {
namespace {

constexpr size_t kMessageBytes = size_t{1} << 20;

// Pages of the site that wait for their final outcome.
absl::StatusOr<size_t> CountPages(const Outbox& outbox, const std::string& site) {
  size_t pages = 0;
  for (const uint64_t sequence : outbox.sequences()) {
    const absl::StatusOr<disk::v1::OutboxRecord> record = outbox.Read(sequence);
    if (absl::IsNotFound(record.status())) continue;  // settled meanwhile
    RETURN_IF_ERROR(record.status());
    pages += record->site() == site ? 1 : 0;
  }
  return pages;
}

absl::Status CheckGivable(const std::string& site, const Sites& sites, const Outbox& outbox) {
  if (sites.Find(site) != nullptr) {
    return absl::FailedPreconditionError(absl::StrCat("site \"", site, "\" is this crawler's by its own members"));
  }
  ASSIGN_OR_RETURN(const size_t pages, CountPages(outbox, site));
  if (pages == 0) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("site \"", site, "\" has ", pages, " pages here that wait for their final outcome"));
}

// One answer, in messages that are not too long.
class Writer {
 public:
  Writer(v1::HandOverSiteResponse head, const std::function<bool(const v1::HandOverSiteResponse&)>& write)
      : head_(std::move(head)), message_(head_), write_(write) {}

  absl::Status Add(const SiteCopy& part) {
    for (const disk::v1::UrlRecord& url : part.urls) {
      bytes_ += url.ByteSizeLong();
      url.SerializeToString(message_.add_url_records());
      if (bytes_ >= kMessageBytes) RETURN_IF_ERROR(Send());
    }
    // The last part, which alone names the site.
    if (part.site.site().empty()) return absl::OkStatus();
    for (const disk::v1::HostRecord& host : part.hosts) host.SerializeToString(message_.add_host_records());
    part.site.SerializeToString(message_.mutable_site_record());
    return Complete();
  }

  absl::Status Complete() {
    message_.set_complete(true);
    return Send();
  }

 private:
  absl::Status Send() {
    if (!write_(std::exchange(message_, head_))) return absl::CancelledError("whoever takes over has gone");
    bytes_ = 0;
    return absl::OkStatus();
  }

  const v1::HandOverSiteResponse head_;
  v1::HandOverSiteResponse message_;
  size_t bytes_ = 0;
  const std::function<bool(const v1::HandOverSiteResponse&)>& write_;
};

}  // namespace

absl::Status Give(const v1::HandOverSiteRequest& request, const Sites& sites, const Frontier& frontier,
                  const Outbox& outbox, const std::function<bool(const v1::HandOverSiteResponse&)>& write) {
  RETURN_IF_ERROR(CheckGivable(request.site(), sites, outbox));
  ASSIGN_OR_RETURN(const disk::v1::SiteRecord record, frontier.StoredSite(request.site()));
  v1::HandOverSiteResponse head;
  head.set_term(record.term());
  head.set_has_copy(record.urls_known() > 0);
  head.set_format(std::string(FrontierStore::kFormat));
  Writer writer(std::move(head), write);
  if (request.term_only() || record.urls_known() == 0) return writer.Complete();
  return frontier.Export(request.site(), [&writer](const SiteCopy& part) { return writer.Add(part); });
}

}  // namespace tintinh::crawler

#include "services/crawler/handover/take_over.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/log/log.h"
#include "common/rpc/channel.h"
#include "common/status/grpc_status.h"
#include "common/status/status_macros.h"
#include "services/crawler/frontier/store.h"
#include "services/crawler/frontier/transition.h"

namespace tintinh::crawler {
namespace {

// A site of ten million URLs takes minutes.
constexpr absl::Duration kCopyTimeout = absl::Hours(1);

template <typename Record>
absl::Status ParseRecords(const google::protobuf::RepeatedPtrField<std::string>& texts, std::vector<Record>& records) {
  for (const std::string& text : texts) {
    if (records.emplace_back().ParseFromString(text)) continue;
    return absl::DataLossError("a record that was handed over cannot be read");
  }
  return absl::OkStatus();
}

absl::StatusOr<SiteCopy> Parse(const v1::HandOverSiteResponse& response) {
  SiteCopy part;
  RETURN_IF_ERROR(ParseRecords(response.url_records(), part.urls));
  RETURN_IF_ERROR(ParseRecords(response.host_records(), part.hosts));
  if (!part.site.ParseFromString(response.site_record())) {
    return absl::DataLossError("a site record that was handed over cannot be read");
  }
  return part;
}

}  // namespace

TakeOver::TakeOver(TakeOverOptions options, Frontier& frontier, const Clock& clock,
                   std::function<void(const std::string&)> held)
    : options_(std::move(options)), frontier_(frontier), clock_(clock), held_(std::move(held)) {}

std::vector<std::string> TakeOver::LookOnce(const std::vector<std::string>& sites) {
  std::vector<std::string> left;
  silent_.clear();
  for (const std::string& site : sites) {
    const absl::Status status = Take(site);
    if (status.ok()) {
      held_(site);
      continue;
    }
    left.push_back(site);
    std::string& reason = reasons_[site];
    if (reason == status.message()) continue;
    reason = std::string(status.message());
    LogInfo("a site is not taken over yet", {{"site", site}, {"reason", reason}});
  }
  return left;
}

absl::Status TakeOver::Take(const std::string& site) {
  ASSIGN_OR_RETURN(const Offer best, BestOffer(site));
  // Greater than that of any copy which could not be asked for, too.
  const uint64_t term = std::max(best.term + 1, static_cast<uint64_t>(ToMicros(clock_.Now())));
  if (best.from != nullptr) return Copy(*best.from, site, term);
  RETURN_IF_ERROR(frontier_.Hold(site, term, nullptr));
  LogInfo("a site is taken over with what is known of it here", {{"site", site}, {"term", term}});
  return absl::OkStatus();
}

absl::StatusOr<TakeOver::Offer> TakeOver::BestOffer(const std::string& site) {
  ASSIGN_OR_RETURN(const disk::v1::SiteRecord own, frontier_.StoredSite(site));
  Offer best{.has_copy = own.urls_known() > 0, .term = own.term()};
  absl::Status missing;
  // All are asked, so that the patience with each runs from the first look.
  for (const Member& member : options_.others) {
    const absl::StatusOr<Offer> offer = Ask(member, site);
    if (!offer.ok()) {
      if (!IsLost(member, offer.status())) missing.Update(offer.status());
      continue;
    }
    unreachable_since_.erase(member.name);
    if (offer->has_copy && (!best.has_copy || offer->term > best.term)) best = *offer;
  }
  RETURN_IF_ERROR(missing);
  return best;
}

absl::StatusOr<TakeOver::Offer> TakeOver::Ask(const Member& member, const std::string& site) {
  // One wait for each look is enough, however many sites there are.
  const auto silent = silent_.find(member.name);
  if (silent != silent_.end()) return silent->second;
  Offer offer{.from = &member};
  RETURN_IF_ERROR(Call(member, site, true, options_.call_timeout, [&offer](const v1::HandOverSiteResponse& response) {
    offer.has_copy = response.has_copy();
    offer.term = response.term();
    return absl::OkStatus();
  }));
  return offer;
}

// Whoever answers, whatever the answer, is there, and may be visiting the site.
bool TakeOver::IsLost(const Member& member, const absl::Status& status) {
  if (status.code() != absl::StatusCode::kUnavailable && status.code() != absl::StatusCode::kDeadlineExceeded) {
    unreachable_since_.erase(member.name);
    return false;
  }
  silent_.emplace(member.name, status);
  const absl::Time since = unreachable_since_.try_emplace(member.name, clock_.Now()).first->second;
  if (clock_.Now() - since < options_.patience) return false;
  LogWarning("a member is out of reach: what it knows of its sites is given up",
             {{"member", member.name}, {"since", absl::FormatTime(since)}});
  return true;
}

absl::Status TakeOver::Copy(const Member& member, const std::string& site, uint64_t term) {
  uint64_t urls = 0;
  bool complete = false;
  const auto take = [&](const v1::HandOverSiteResponse& response) -> absl::Status {
    ASSIGN_OR_RETURN(SiteCopy part, Parse(response));
    urls += part.urls.size();
    RETURN_IF_ERROR(frontier_.Import(site, std::move(part.urls)));
    complete = response.complete();
    return complete ? frontier_.Hold(site, term, &part) : absl::OkStatus();
  };
  RETURN_IF_ERROR(Call(member, site, false, kCopyTimeout, take));
  if (!complete) return absl::DataLossError(absl::StrCat(member.name, " ended before the site's last record"));
  LogInfo("a site is taken over", {{"site", site}, {"from", member.name}, {"urls", urls}, {"term", term}});
  return absl::OkStatus();
}

absl::Status TakeOver::Call(const Member& member, const std::string& site, bool term_only, absl::Duration timeout,
                            const std::function<absl::Status(const v1::HandOverSiteResponse&)>& take) {
  grpc::ClientContext context;
  PrepareContext(context, timeout);
  RETURN_IF_ERROR(Begin(context));
  v1::HandOverSiteRequest request;
  request.set_site(site);
  request.set_term_only(term_only);
  const auto reader = member.stub->HandOverSite(&context, request);
  v1::HandOverSiteResponse response;
  absl::Status taken;
  while (taken.ok() && reader->Read(&response)) {
    const bool readable = response.format() == FrontierStore::kFormat;
    taken = readable ? take(response)
                     : absl::FailedPreconditionError(absl::StrCat("its records are of format \"", response.format(),
                                                                  "\", this program reads ", FrontierStore::kFormat));
  }
  if (!taken.ok()) context.TryCancel();
  const absl::Status status = FromGrpcStatus(reader->Finish());
  End();
  if (!taken.ok()) return taken;
  return status.ok() ? status : absl::Status(status.code(), absl::StrCat(member.name, ": ", status.message()));
}

absl::Status TakeOver::Begin(grpc::ClientContext& context) {
  MutexLock lock(mu_);
  if (stopped_) return absl::CancelledError("the crawler drains");
  under_way_ = &context;
  return absl::OkStatus();
}

void TakeOver::End() {
  MutexLock lock(mu_);
  under_way_ = nullptr;
}

void TakeOver::Stop() {
  MutexLock lock(mu_);
  stopped_ = true;
  if (under_way_ != nullptr) under_way_->TryCancel();
}

}  // namespace tintinh::crawler

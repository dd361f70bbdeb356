#include "services/crawler/crawler.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/random/distributions.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/log/log.h"
#include "common/status/status_macros.h"
#include "services/crawler/discover/feed.h"
#include "services/crawler/discover/sitemap.h"
#include "services/crawler/handover/give.h"
#include "services/crawler/robots/robots.h"
#include "services/crawler/visit/revisit.h"
#include "services/crawler/visit/visit.h"

namespace tintinh::crawler {
namespace {

// How long fetching rests when the disk takes nothing.
constexpr absl::Duration kDiskTrouble = absl::Seconds(30);
// Answers that share one write.
constexpr size_t kMostArrivals = 64;
// Nothing is due for long: look again all the same, for clocks are set.
constexpr absl::Duration kLongestWait = absl::Minutes(1);

std::string MakeTraceId(absl::BitGenRef random) {
  return absl::StrFormat("%016x%016x", absl::Uniform<uint64_t>(random), absl::Uniform<uint64_t>(random));
}

size_t MaxBodyBytes(disk::v1::UrlRecordKind kind) {
  if (kind == disk::v1::URL_RECORD_KIND_SITEMAP) return kMaxSitemapBytes;
  if (kind == disk::v1::URL_RECORD_KIND_FEED) return kMaxFeedBytes;
  return 0;
}

FetchRequest RequestFor(const Site& site, const disk::v1::UrlRecord& record) {
  FetchRequest request;
  request.url = record.url();
  request.verify_certificate = site.verify_certificate;
  if (site.cookies) request.cookie_jar = site.id;
  request.etag = record.etag();
  request.last_modified = record.last_modified();
  request.max_body_bytes = MaxBodyBytes(record.kind());
  return request;
}

// Whether a robots.txt is asked for at another host than the one it is for.
void NoteElsewhere(const Sites& sites, const std::string& url, Fetched& request) {
  const std::optional<Location> there = sites.Locate(url);
  request.elsewhere = !there.has_value() || there->host != request.location.host;
  if (request.elsewhere && there.has_value()) request.guest_of = there->host;
}

// It may be a redirect's target, on another site.
FetchRequest RequestForRobots(const Sites& sites, const Site& site, const std::string& url) {
  FetchRequest request;
  request.url = url;
  request.max_body_bytes = kMaxRobotsBytes + 1;
  request.cut_body = true;
  const std::optional<Location> location = sites.Locate(url);
  request.verify_certificate = site.verify_certificate || !location.has_value() || location->site != &site;
  return request;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Crawler>> Crawler::Open(CrawlerOptions options, Sites sites, const CrawlerPeers& peers) {
  ASSIGN_OR_RETURN(CrawlState state, CrawlState::Open(options, sites, peers.clock));
  return std::unique_ptr<Crawler>(new Crawler(std::move(options), std::move(sites), std::move(state), peers));
}

Crawler::Crawler(CrawlerOptions options, Sites sites, CrawlState state, const CrawlerPeers& peers)
    : options_(std::move(options)),
      sites_(std::move(sites)),
      clock_(peers.clock),
      state_(std::move(state)),
      gate_(*state_.frontier, ProductToken(options_.fetch.user_agent)),
      overview_(sites_, state_, gate_, clock_),
      intake_(sites_, state_, gate_, peers.metrics, clock_),
      outbox_pages_(peers.metrics.NewGauge("tintinh_crawler_outbox_pages", "Pages that wait for their outcome.")),
      deliverer_(
          peers.normalizer, clock_, options_.delivery, [this](uint64_t sequence) { return intake_.ReadPage(sequence); },
          [this](uint64_t sequence, const v1::ProcessResponse& response) {
            RETURN_IF_ERROR(intake_.SettlePage(sequence, response));
            Wake();
            return absl::OkStatus();
          }),
      arrivals_(options_.fetch.max_concurrent) {
  if (!options_.sites_are_held) return;
  const TakeOverOptions take_over{.others = peers.others, .patience = options_.handover_patience};
  take_over_ = std::make_unique<TakeOver>(take_over, *state_.frontier, clock_, [this](const std::string& site) {
    const absl::Status added = AddListings(*sites_.Find(site));
    if (!added.ok()) LogError("listings cannot be queued", {{"site", site}, {"error", added.message()}});
    Wake();
  });
}

Crawler::~Crawler() { Drain(); }

absl::Status Crawler::Start() {
  for (const Site& site : sites_.all()) {
    ASSIGN_OR_RETURN(const disk::v1::SiteRecord record, state_.frontier->FindSite(site.id));
    if (take_over_ == nullptr || record.held()) RETURN_IF_ERROR(AddListings(site));
    if (!site.verify_certificate) LogWarning("certificates of this site are not verified", {{"site", site.id}});
  }
  for (const uint64_t sequence : state_.outbox->sequences()) deliverer_.Offer(sequence);
  fetcher_ = std::make_unique<Fetcher>(options_.fetch, clock_);
  {
    MutexLock lock(mu_);
    started_ = true;
  }
  deliverer_.Start();
  taking_ = std::thread([this] { TakeArrivals(); });
  scheduling_ = std::thread([this] { Schedule(); });
  if (take_over_ != nullptr) taking_over_ = std::thread([this] { TakeOverSites(); });
  return absl::OkStatus();
}

absl::Status Crawler::AddListings(const Site& site) {
  return state_.frontier->Add(ConfiguredListings(sites_, site)).status();
}

void Crawler::TakeOverSites() {
  std::vector<std::string> left;
  for (const Site& site : sites_.all()) {
    const absl::StatusOr<disk::v1::SiteRecord> record = state_.frontier->FindSite(site.id);
    if (record.ok() && !record->held()) left.push_back(site.id);
  }
  do {
    left = take_over_->LookOnce(left);
  } while (!left.empty() && Wait(options_.handover_interval));
}

absl::Status Crawler::HandOver(const v1::HandOverSiteRequest& request,
                               const std::function<bool(const v1::HandOverSiteResponse&)>& write) const {
  return Give(request, sites_, *state_.frontier, *state_.outbox, write);
}

void Crawler::Drain() {
  {
    MutexLock lock(mu_);
    if (std::exchange(draining_, true)) return;
    changed_.NotifyAll();
  }
  if (take_over_ != nullptr) take_over_->Stop();
  if (taking_over_.joinable()) taking_over_.join();
  if (scheduling_.joinable()) scheduling_.join();
  AwaitFetches();
  // Whatever is still under way comes back cancelled.
  fetcher_.reset();
  arrivals_.Close();
  if (taking_.joinable()) taking_.join();
  deliverer_.Stop();
  const absl::Status closed = state_.archive->Close();
  if (!closed.ok()) LogError("the archive could not be closed", {{"error", closed.message()}});
}

void Crawler::AwaitFetches() {
  MutexLock lock(mu_);
  const absl::Time patience_ends = clock_.Now() + options_.drain_patience;
  while (fetching_ > 0 && clock_.Now() < patience_ends) changed_.WaitUntil(mu_, patience_ends);
}

void Crawler::Schedule() {
  while (true) {
    const absl::Time next = Step();
    MutexLock lock(mu_);
    while (!draining_ && !poked_ && clock_.Now() < next) changed_.WaitUntil(mu_, next);
    if (draining_) return;
    poked_ = false;
  }
}

size_t Crawler::Room() const {
  const size_t pages = state_.outbox->size();
  MutexLock lock(mu_);
  if (disk_trouble_until_ > clock_.Now()) return 0;
  const size_t fetches = options_.fetch.max_concurrent - std::min<size_t>(fetching_, options_.fetch.max_concurrent);
  const size_t held = std::min(pages + fetching_, options_.max_outbox_pages);
  return std::min(fetches, options_.max_outbox_pages - held);
}

// Starts the fetches there is room for and returns when to come back if nothing happens.
absl::Time Crawler::Step() {
  outbox_pages_.Set(static_cast<double>(state_.outbox->size()));
  const size_t room = Room();
  if (room == 0) return clock_.Now() + absl::Seconds(1);
  absl::StatusOr<Turn> turn = state_.frontier->Next(room);
  absl::Status status = turn.status();
  // A lease that came to no request has given its turn back already.
  const bool granted = status.ok() && !turn->leases.empty();
  if (granted) status = DispatchAll(std::move(turn->leases));
  if (status.ok()) return granted ? clock_.Now() : std::min(turn->wait_until, clock_.Now() + kLongestWait);
  LogError("nothing can be leased", {{"error", status.message()}});
  return clock_.Now() + absl::Seconds(1);
}

absl::Status Crawler::DispatchAll(std::vector<Lease> leases) {
  for (Lease& lease : leases) RETURN_IF_ERROR(Dispatch(std::move(lease)));
  return absl::OkStatus();
}

absl::Status Crawler::Dispatch(Lease lease) {
  std::optional<Location> location = sites_.Locate(lease.record.url());
  Completion unsent;
  if (!location.has_value()) {
    unsent.outcome = FetchOutcome::kDisallowed;
    unsent.reason = "its host belongs to no configured site any more";
    return state_.frontier->Complete(lease, unsent);
  }
  ASSIGN_OR_RETURN(RobotsDecision decision, gate_.Decide(*location, clock_.Now()));
  if (decision.kind == RobotsDecision::Kind::kDisallowed) {
    unsent.outcome = FetchOutcome::kDisallowed;
    unsent.reason = std::move(decision.rule);
    const absl::Duration revisit = RevisitAfter(*location->site, lease.record);
    unsent.revisit_after = std::max(revisit, absl::Hours(24));
    return state_.frontier->Complete(lease, unsent);
  }
  Fetched request{.lease = std::move(lease),
                  .location = *std::move(location),
                  .purpose = Fetched::Purpose::kUrl,
                  .trace_id = MakeTraceId(random_),
                  .result = {}};
  if (decision.kind == RobotsDecision::Kind::kAllowed) {
    FetchRequest what = RequestFor(*request.location.site, request.lease.record);
    Request(std::move(request), std::move(what));
  } else {
    request.purpose = Fetched::Purpose::kRobots;
    NoteElsewhere(sites_, decision.robots_url, request);
    ASSIGN_OR_RETURN(unsent.retry_after, WaitFor(request));
    if (unsent.retry_after > absl::ZeroDuration()) {
      unsent.reason = absl::StrCat("its robots.txt is at ", request.guest_of, ", which may not be asked yet");
      return state_.frontier->Complete(request.lease, unsent);
    }
    FetchRequest what = RequestForRobots(sites_, *request.location.site, decision.robots_url);
    Request(std::move(request), std::move(what));
  }
  return absl::OkStatus();
}

absl::StatusOr<absl::Duration> Crawler::WaitFor(const Fetched& request) {
  if (request.guest_of.empty()) return absl::ZeroDuration();
  return state_.frontier->BeginVisit(request.guest_of, request.location.host);
}

void Crawler::Request(Fetched request, FetchRequest what) {
  {
    MutexLock lock(mu_);
    ++fetching_;
  }
  fetcher_->Fetch(std::move(what), [this, request = std::move(request)](FetchResult result) mutable {
    request.result = std::move(result);
    arrivals_.Push(std::move(request));
  });
}

void Crawler::TakeArrivals() {
  while (true) {
    std::vector<Fetched> arrived = arrivals_.PopSome(kMostArrivals);
    if (arrived.empty()) return;
    const size_t count = arrived.size();
    const absl::StatusOr<std::vector<Intake::Taken>> taken = intake_.TakeAll(std::move(arrived));
    if (!taken.ok()) LogError("answers could not be kept", {{"error", taken.status().message()}});
    if (taken.ok()) Offer(*taken);
    MutexLock lock(mu_);
    fetching_ -= count;
    if (!taken.ok()) disk_trouble_until_ = clock_.Now() + kDiskTrouble;
    poked_ = true;
    changed_.NotifyAll();
  }
}

void Crawler::Offer(const std::vector<Intake::Taken>& taken) {
  for (const Intake::Taken& one : taken) {
    if (one.ok() && one->has_value()) deliverer_.Offer(**one);
    if (!one.ok()) LogError("an answer came too late", {{"error", one.status().message()}});
  }
}

void Crawler::Wake() {
  MutexLock lock(mu_);
  poked_ = true;
  changed_.NotifyAll();
}

bool Crawler::Wait(absl::Duration pause) const {
  MutexLock lock(mu_);
  const absl::Time until = clock_.Now() + pause;
  while (!draining_ && clock_.Now() < until) changed_.WaitUntil(mu_, until);
  return !draining_;
}

// What is changed before the records of another crawler are here would be lost with them.
absl::Status Crawler::CheckHeld(absl::string_view site) const {
  if (take_over_ == nullptr) return absl::OkStatus();
  ASSIGN_OR_RETURN(const disk::v1::SiteRecord record, state_.frontier->FindSite(site));
  if (record.held()) return absl::OkStatus();
  return absl::UnavailableError(absl::StrCat("site \"", site, "\" is being taken over"));
}

absl::Status Crawler::SetPaused(absl::string_view site, bool paused) {
  RETURN_IF_ERROR(CheckHeld(site));
  RETURN_IF_ERROR(state_.frontier->SetPaused(site, paused));
  Wake();
  return absl::OkStatus();
}

absl::StatusOr<v1::CrawlNowResponse> Crawler::CrawlNow(absl::string_view site) {
  v1::CrawlNowResponse response;
  for (const Site& known : sites_.all()) {
    if (!site.empty() && known.id != site) continue;
    ASSIGN_OR_RETURN(const uint32_t made_due, state_.frontier->MakeListingsDue(known.id));
    response.set_urls_made_due(response.urls_made_due() + made_due);
  }
  if (!site.empty() && sites_.Find(site) == nullptr) {
    return absl::NotFoundError(absl::StrCat("no site \"", site, "\" is configured"));
  }
  Wake();
  return response;
}

absl::StatusOr<v1::SubmitUrlResponse> Crawler::Submit(absl::string_view url) {
  std::optional<Location> location = sites_.Locate(url);
  if (!location.has_value()) {
    return absl::InvalidArgumentError(absl::StrCat("url \"", url.substr(0, 256), "\" belongs to no configured site"));
  }
  RETURN_IF_ERROR(CheckHeld(location->site->id));
  NewUrl submitted;
  submitted.url = location->url;
  submitted.host = std::move(location->host);
  submitted.rank = disk::v1::URL_RANK_SUBMITTED;
  submitted.depth = 1;
  ASSIGN_OR_RETURN(const std::vector<AddResult> results, state_.frontier->Add({submitted}));
  if (results.front() == AddResult::kFull) {
    return absl::ResourceExhaustedError(absl::StrCat("site \"", location->site->id, "\" has max_article_urls (",
                                                     location->site->max_article_urls, ")"));
  }
  Wake();
  v1::SubmitUrlResponse response;
  response.set_canonical_url(std::move(location->url));
  response.set_known(results.front() == AddResult::kKnown);
  return response;
}

}  // namespace tintinh::crawler

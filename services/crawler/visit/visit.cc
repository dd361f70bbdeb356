#include "services/crawler/visit/visit.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/digest/digest.h"
#include "common/url/url.h"
#include "services/crawler/discover/feed.h"
#include "services/crawler/discover/sitemap.h"
#include "services/crawler/frontier/transition.h"
#include "services/crawler/links/trap.h"
#include "services/crawler/visit/revisit.h"

namespace tintinh::crawler {
namespace {

using disk::v1::UrlRecord;

constexpr uint32_t kMaxRedirects = 5;
constexpr uint32_t kMaxSitemapDepth = 4;
constexpr int kMaxHeaders = 100;
// A listing that is gone or has moved is looked at again after a day at the earliest.
constexpr absl::Duration kAfterMove = absl::Hours(24);
// What a sitemap calls newer than this goes before the backlog.
constexpr absl::Duration kFresh = absl::Hours(48);

bool IsListing(const UrlRecord& record) { return record.kind() != disk::v1::URL_RECORD_KIND_ARTICLE; }

disk::v1::UrlRank RankOf(disk::v1::UrlRecordKind kind) {
  return kind == disk::v1::URL_RECORD_KIND_SITEMAP ? disk::v1::URL_RANK_SITEMAP : disk::v1::URL_RANK_LISTING;
}

std::optional<NewUrl> OnSite(const Visitor& visitor, absl::string_view url) {
  std::optional<Location> location = visitor.sites.Locate(url);
  if (!location.has_value() || location->site != &visitor.site) return std::nullopt;
  NewUrl found;
  found.url = std::move(location->url);
  found.host = std::move(location->host);
  found.depth = 1;
  return found;
}

void Discover(const Visitor& visitor, absl::string_view url, disk::v1::UrlRank rank, Visit& visit) {
  std::optional<NewUrl> article = OnSite(visitor, url);
  if (article.has_value() && TrapOf(article->url).has_value()) return;
  if (!article.has_value()) return;
  article->rank = rank;
  visit.discovered.push_back(*std::move(article));
}

void Fail(FetchOutcome outcome, std::string reason, Visit& visit) {
  visit.completion.outcome = outcome;
  visit.completion.reason = std::move(reason);
}

// A validator that no request may carry is as good as none.
std::string Validator(absl::string_view value) {
  constexpr size_t kMaxBytes = 1024;
  const bool sendable = value.size() <= kMaxBytes && std::none_of(value.begin(), value.end(), [](char c) {
                          return absl::ascii_iscntrl(static_cast<unsigned char>(c));
                        });
  return std::string(sendable ? value : "");
}

void ReadFeed(const Visitor& visitor, const UrlRecord& record, const FetchResult& result, Visit& visit) {
  const absl::StatusOr<Feed> feed = ParseFeed(result.body, record.url());
  if (!feed.ok()) return Fail(FetchOutcome::kFailed, absl::StrCat("feed: ", feed.status().message()), visit);
  visit.completion.outcome = FetchOutcome::kListingRead;
  for (const FeedItem& item : feed->items) Discover(visitor, item.url, disk::v1::URL_RANK_FRESH, visit);
}

std::optional<absl::Time> TimeOf(const SitemapUrl& entry) {
  return entry.published.has_value() ? entry.published : entry.last_modified;
}

bool IsTooOld(const Visitor& visitor, const SitemapUrl& entry) {
  return TimeOf(entry).value_or(absl::InfiniteFuture()) < visitor.site.since;
}

disk::v1::UrlRank RankOf(const Visitor& visitor, const SitemapUrl& entry) {
  const std::optional<absl::Time> time = TimeOf(entry);
  return time.has_value() && *time > visitor.now - kFresh ? disk::v1::URL_RANK_FRESH : disk::v1::URL_RANK_BACKLOG;
}

void ReadSitemap(const Visitor& visitor, const UrlRecord& record, const FetchResult& result, Visit& visit) {
  const absl::StatusOr<Sitemap> sitemap = ParseSitemap(result.body, record.url());
  if (!sitemap.ok()) return Fail(FetchOutcome::kFailed, absl::StrCat("sitemap: ", sitemap.status().message()), visit);
  visit.completion.outcome = FetchOutcome::kListingRead;
  for (const SitemapUrl& entry : sitemap->urls) {
    if (!IsTooOld(visitor, entry)) Discover(visitor, entry.url, RankOf(visitor, entry), visit);
  }
  if (record.depth() >= kMaxSitemapDepth) return;
  for (const SitemapUrl& child : sitemap->children) {
    std::optional<NewUrl> found = OnSite(visitor, child.url);
    if (!found.has_value() || IsTooOld(visitor, child)) continue;
    found->kind = disk::v1::URL_RECORD_KIND_SITEMAP;
    found->rank = disk::v1::URL_RANK_SITEMAP;
    found->depth = record.depth() + 1;
    visit.discovered.push_back(*std::move(found));
  }
}

// Images and archives are no pages, whatever their address.
bool MayBePage(absl::string_view content_type) {
  const std::string type = absl::AsciiStrToLower(content_type.substr(0, content_type.find(';')));
  const absl::string_view stripped = absl::StripAsciiWhitespace(type);
  return stripped.empty() || stripped == "text/html" || stripped == "application/xhtml+xml" ||
         stripped == "text/plain" || stripped == "application/xml" || stripped == "text/xml";
}

void KeepPage(const UrlRecord& record, absl::Time now, FetchResult& result, Visit& visit) {
  const absl::string_view content_type = result.Header("content-type");
  if (!MayBePage(content_type)) {
    return Fail(FetchOutcome::kDropped, absl::StrCat("content type ", content_type, " is no page"), visit);
  }
  visit.completion.outcome = FetchOutcome::kPageKept;
  disk::v1::OutboxRecord& page = visit.page.emplace();
  page.set_url(record.url());
  page.set_final_url(record.url());
  page.set_site(record.site());
  page.set_kind(record.kind());
  page.set_depth(record.depth());
  page.set_http_status(result.http_status);
  page.set_fetched_us(ToMicros(now));
  visit.completion.archived = now;
  for (const auto& [name, value] : result.headers) {
    if (page.headers_size() == kMaxHeaders) break;
    disk::v1::OutboxHeader& header = *page.add_headers();
    header.set_name(absl::AsciiStrToLower(name));
    header.set_value(value);
  }
  page.set_body(std::move(result.body));
}

void ReadContent(const Visitor& visitor, const UrlRecord& record, FetchResult& result, Visit& visit) {
  visit.completion.body_digest = Sha256Hex128(result.body);
  visit.completion.etag = Validator(result.Header("etag"));
  visit.completion.last_modified = Validator(result.Header("last-modified"));
  if (visit.completion.body_digest == record.body_digest()) {
    visit.completion.outcome = IsListing(record) ? FetchOutcome::kListingRead : FetchOutcome::kNotModified;
    visit.completion.reason = "as it was";
    return;
  }
  switch (record.kind()) {
    case disk::v1::URL_RECORD_KIND_FEED:
      ReadFeed(visitor, record, result, visit);
      break;
    case disk::v1::URL_RECORD_KIND_SITEMAP:
      ReadSitemap(visitor, record, result, visit);
      break;
    default:
      KeepPage(record, visitor.now, result, visit);
  }
  // What could not be read must not pass for known when it comes again.
  if (visit.completion.outcome == FetchOutcome::kFailed) visit.completion.body_digest.clear();
}

void FollowRedirect(const Visitor& visitor, const UrlRecord& record, const FetchResult& result, Visit& visit) {
  visit.completion.outcome = FetchOutcome::kRedirected;
  visit.completion.revisit_after = std::max(visit.completion.revisit_after, kAfterMove);
  std::optional<NewUrl> target = OnSite(visitor, result.redirect_location);
  const std::string to = absl::StrCat("redirects to ", result.redirect_location);
  if (!target.has_value()) return Fail(FetchOutcome::kRedirected, absl::StrCat(to, ", of another site"), visit);
  if (const auto trap = TrapOf(target->url)) {
    return Fail(FetchOutcome::kDropped, absl::StrCat(to, ", which is not followed: ", *trap), visit);
  }
  if (target->url == record.url()) return Fail(FetchOutcome::kFailed, "redirects to itself", visit);
  if (record.redirects() >= kMaxRedirects) {
    return Fail(FetchOutcome::kDropped, absl::StrCat(to, ", more than ", kMaxRedirects, " redirects in a row"), visit);
  }
  visit.completion.reason = to;
  target->kind = record.kind();
  target->rank = record.rank();
  target->redirects = record.redirects() + 1;
  target->depth = record.depth() + 1;
  visit.discovered.push_back(*std::move(target));
}

// Asking again could help, unless the URL itself or the size of what it stands for is the trouble.
FetchOutcome OutcomeOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kResourceExhausted:
      return FetchOutcome::kDropped;
    case absl::StatusCode::kCancelled:
      return FetchOutcome::kNotKept;
    default:
      return FetchOutcome::kFailed;
  }
}

void JudgeStatus(const Visitor& visitor, const UrlRecord& record, FetchResult& result, Visit& visit) {
  const std::string status = absl::StrCat("HTTP status ", result.http_status);
  switch (result.http_status) {
    case 200:
    case 203:
      return ReadContent(visitor, record, result, visit);
    case 304:
      // Of what? Nothing of it is here.
      if (record.etag().empty() && record.last_modified().empty()) {
        return Fail(FetchOutcome::kFailed, "not modified, though nothing earlier was named", visit);
      }
      visit.completion.etag = Validator(result.Header("etag"));
      visit.completion.last_modified = Validator(result.Header("last-modified"));
      return Fail(FetchOutcome::kNotModified, "not modified", visit);
    case 404:
    case 410:
      visit.completion.revisit_after = std::max(visit.completion.revisit_after, kAfterMove);
      return Fail(FetchOutcome::kGone, status, visit);
    case 429:
    case 503:
      visit.completion.retry_after = result.retry_after.value_or(absl::ZeroDuration());
      return Fail(FetchOutcome::kRefused, status, visit);
    default:
      if (!result.redirect_location.empty()) return FollowRedirect(visitor, record, result, visit);
      return Fail(FetchOutcome::kFailed, status, visit);
  }
}

void AddListings(const Sites& sites, const std::vector<std::string>& urls, disk::v1::UrlRecordKind kind,
                 std::vector<NewUrl>& listings) {
  for (const std::string& url : urls) {
    std::optional<Location> location = sites.Locate(url);
    if (!location.has_value()) continue;
    NewUrl& listing = listings.emplace_back();
    listing.url = std::move(location->url);
    listing.host = std::move(location->host);
    listing.kind = kind;
    listing.rank = RankOf(kind);
  }
}

}  // namespace

Visit Judge(const Visitor& visitor, const UrlRecord& record, FetchResult& result) {
  Visit visit;
  visit.completion.http_status = result.http_status;
  visit.completion.took = result.took;
  visit.completion.revisit_after = RevisitAfter(visitor.site, record);
  // A refusal is one whatever became of its body.
  if (!result.status.ok() && !AsksForLess(result.http_status)) {
    Fail(OutcomeOf(result.status), std::string(result.status.message()), visit);
  } else {
    JudgeStatus(visitor, record, result, visit);
  }
  if (!IsListing(record) && visit.completion.outcome == FetchOutcome::kNotModified) {
    const Revisit revisit = AfterArticle(visitor.site, record, visitor.now);
    visit.completion.revisit_after = revisit.after;
    visit.completion.rechecks = revisit.rechecks;
  }
  return visit;
}

std::vector<NewUrl> ConfiguredListings(const Sites& sites, const Site& site) {
  std::vector<NewUrl> listings;
  AddListings(sites, site.feeds, disk::v1::URL_RECORD_KIND_FEED, listings);
  AddListings(sites, site.sitemaps, disk::v1::URL_RECORD_KIND_SITEMAP, listings);
  AddListings(sites, site.section_pages, disk::v1::URL_RECORD_KIND_SECTION, listings);
  return listings;
}

std::vector<NewUrl> RobotsSitemaps(const Sites& sites, const Location& location,
                                   const std::vector<std::string>& sitemaps) {
  std::vector<NewUrl> found;
  for (const std::string& sitemap : sitemaps) {
    if (sitemap.empty()) continue;
    const absl::StatusOr<std::string> url = url::Resolve(absl::StrCat(location.origin, "/robots.txt"), sitemap);
    if (!url.ok()) continue;
    std::optional<NewUrl> on_site = OnSite({sites, *location.site, absl::Time()}, *url);
    if (!on_site.has_value()) continue;
    on_site->kind = disk::v1::URL_RECORD_KIND_SITEMAP;
    on_site->rank = disk::v1::URL_RANK_SITEMAP;
    found.push_back(*std::move(on_site));
  }
  return found;
}

}  // namespace tintinh::crawler

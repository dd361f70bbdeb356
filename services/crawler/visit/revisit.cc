#include "services/crawler/visit/revisit.h"

#include <algorithm>
#include <string>
#include <vector>

#include "services/crawler/frontier/transition.h"
#include "services/crawler/links/pager.h"
#include "services/crawler/schedule/plan.h"
#include "services/crawler/schedule/recheck.h"
#include "services/crawler/schedule/rhythm.h"

namespace tintinh::crawler {
namespace {

using disk::v1::RhythmRecord;
using disk::v1::UrlRecord;

constexpr uint32_t kMaxDoublings = 5;

bool IsListing(const UrlRecord& record) { return record.kind() != disk::v1::URL_RECORD_KIND_ARTICLE; }

bool Names(const std::vector<std::string>& urls, const std::string& url) {
  return std::find(urls.begin(), urls.end(), url) != urls.end();
}

bool IsConfigured(const Site& site, const UrlRecord& record) {
  return Names(site.feeds, record.url()) || Names(site.sitemaps, record.url()) ||
         Names(site.section_pages, record.url());
}

// Read when the page before it tells a reason to.
bool IsFurtherPage(const UrlRecord& record) {
  return record.kind() == disk::v1::URL_RECORD_KIND_SECTION && ReadPageNumber(record.url()).number > 1;
}

absl::Duration Interval(const Site& site, const UrlRecord& record) {
  switch (record.kind()) {
    case disk::v1::URL_RECORD_KIND_FEED:
      return site.feed_interval;
    case disk::v1::URL_RECORD_KIND_SITEMAP:
      return site.sitemap_interval;
    case disk::v1::URL_RECORD_KIND_SECTION:
      return site.section_interval;
    default:
      return absl::InfiniteDuration();
  }
}

Rhythm FromRecord(const RhythmRecord& record) {
  Rhythm rhythm;
  rhythm.gap_s = record.gap_s();
  rhythm.observed_s = record.observed_s();
  const int hours = std::min<int>(record.hour_items_size(), static_cast<int>(rhythm.hour_items.size()));
  std::copy_n(record.hour_items().begin(), hours, rhythm.hour_items.begin());
  const int days = std::min<int>(record.day_items_size(), static_cast<int>(rhythm.day_items.size()));
  std::copy_n(record.day_items().begin(), days, rhythm.day_items.begin());
  rhythm.missed = record.missed();
  rhythm.burst = record.burst();
  rhythm.unchanged_in_a_row = record.unchanged_in_a_row();
  return rhythm;
}

RhythmRecord ToRecord(const Rhythm& rhythm, absl::Time now) {
  RhythmRecord record;
  record.set_observed_us(ToMicros(now));
  record.set_gap_s(rhythm.gap_s);
  record.set_observed_s(rhythm.observed_s);
  for (const double items : rhythm.hour_items) record.add_hour_items(static_cast<float>(items));
  for (const double items : rhythm.day_items) record.add_day_items(static_cast<float>(items));
  record.set_missed(rhythm.missed);
  record.set_burst(rhythm.burst);
  record.set_unchanged_in_a_row(rhythm.unchanged_in_a_row);
  return record;
}

VisitPlan PlanOf(const Site& site, const UrlRecord& record) {
  VisitPlan plan;
  plan.shortest = Interval(site, record);
  plan.crawl_hours = site.crawl_hours;
  plan.quiet_hours = site.quiet_hours;
  plan.longest = site.longest_interval;
  plan.cron = record.kind() == disk::v1::URL_RECORD_KIND_FEED ? site.feed_cron : site.section_cron;
  return plan;
}

}  // namespace

absl::Duration RevisitAfter(const Site& site, const UrlRecord& record) {
  if (!IsListing(record)) return absl::InfiniteDuration();
  if (record.depth() == 0 && !IsConfigured(site, record)) return absl::InfiniteDuration();
  if (record.depth() > 0 && IsFurtherPage(record)) return absl::InfiniteDuration();
  const absl::Duration interval = Interval(site, record);
  if (record.kind() != disk::v1::URL_RECORD_KIND_SITEMAP || record.depth() < 2) return interval;
  return interval * (1 << std::min(record.unchanged_in_a_row(), kMaxDoublings));
}

Revisit AfterListing(const Site& site, const UrlRecord& record, uint32_t new_items, absl::Time now) {
  Revisit revisit;
  revisit.after = RevisitAfter(site, record);
  const bool learns =
      record.kind() == disk::v1::URL_RECORD_KIND_FEED || record.kind() == disk::v1::URL_RECORD_KIND_SECTION;
  if (!learns || revisit.after == absl::InfiniteDuration()) return revisit;
  const RhythmRecord& before = record.rhythm();
  const absl::Duration since_last =
      before.observed_us() == 0 ? absl::InfiniteDuration() : now - FromMicros(before.observed_us());
  const Rhythm rhythm = Observe(FromRecord(before), new_items > 0, new_items, now, since_last);
  revisit.after = NextVisit(PlanOf(site, record), rhythm, now);
  revisit.rhythm = ToRecord(rhythm, now);
  return revisit;
}

Revisit AfterArticle(const Site& site, const UrlRecord& record, absl::Time now) {
  Revisit revisit;
  if (record.first_fetch_us() == 0) {
    revisit.after = NextRecheck(absl::ZeroDuration(), 0, site.recheck);
    return revisit;
  }
  const absl::Duration age = now - FromMicros(record.first_fetch_us());
  revisit.rechecks = ChecksDoneAt(age, record.rechecks(), site.recheck);
  revisit.after = NextRecheck(age, *revisit.rechecks, site.recheck);
  return revisit;
}

}  // namespace tintinh::crawler

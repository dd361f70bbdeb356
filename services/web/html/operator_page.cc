#include "services/web/html/operator_page.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/substitute.h"
#include "common/time/clock.h"
#include "common/time/proto_duration.h"
#include "services/web/html/boxes.h"
#include "services/web/html/links.h"
#include "services/web/html/page_frame.h"
#include "services/web/html/phrases.h"
#include "services/web/html/text.h"

namespace tintinh::web {
namespace {

absl::Time TimeOf(const google::protobuf::Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos());
}

uint64_t CountOf(const v1::FacetsResponse& counts, const std::string& site) {
  for (const v1::FacetValue& value : FacetOf(counts, v1::FACET_FIELD_SITE).values()) {
    if (value.value() == site) return value.count();
  }
  return 0;
}

// Why the site is not being fetched from now, or that it is.
std::string StateText(const v1::SiteStatus& site, absl::Time now, const Phrases& phrases) {
  if (site.paused()) return std::string(phrases.paused);
  if (site.awaits_hand_over()) return std::string(phrases.handed_over);
  if (site.has_blocked_until() && TimeOf(site.blocked_until()) > now) {
    return absl::Substitute(phrases.blocked, FormatAge(TimeOf(site.blocked_until()) - now, phrases));
  }
  if (site.silent()) {
    return absl::Substitute(phrases.quiet, FormatAge(ToDuration(site.quiet_for()), phrases),
                            FormatAge(ToDuration(site.usual_gap()), phrases));
  }
  if (!site.has_next_request()) return std::string(phrases.no_queue);
  const absl::Duration wait = TimeOf(site.next_request()) - now;
  return wait <= absl::ZeroDuration() ? std::string(phrases.waiting)
                                      : absl::Substitute(phrases.next_in, FormatAge(wait, phrases));
}

bool NeedsAttention(const v1::SiteStatus& site, absl::Time now) {
  return site.paused() || site.silent() || (site.has_blocked_until() && TimeOf(site.blocked_until()) > now);
}

std::string Cell(const std::string& html, absl::string_view name = "") {
  return absl::StrCat("<td", name.empty() ? "" : absl::StrCat(" class=\"", name, "\""), ">", html, "</td>");
}

std::string Number(uint64_t value, const Phrases& phrases) { return Cell(FormatCount(value, phrases), "number"); }

std::string SiteCell(const Params& params, const v1::SiteStatus& site) {
  const std::string name = Escape(site.name().empty() ? site.site() : site.name());
  return absl::StrCat("<th scope=\"row\">", Link(SearchFor(params, "site", site.site()), name),
                      Element("small", "", Escape(site.province())), "</th>");
}

std::string SiteRow(const Params& params, const v1::SiteStatus& site, const OperatorSnapshot& snapshot) {
  const Phrases& phrases = PhrasesOf(params);
  const std::string newest =
      site.has_newest_article() ? FormatAge(snapshot.now - TimeOf(site.newest_article()), phrases) : "–";
  const std::string cells =
      absl::StrCat(SiteCell(params, site), Number(CountOf(snapshot.last_hour, site.site()), phrases),
                   Number(CountOf(snapshot.last_day, site.site()), phrases), Number(site.articles_stored(), phrases),
                   Cell(Escape(newest), "number"), Number(site.urls_due(), phrases), Number(site.fetches(), phrases),
                   Number(site.failures(), phrases), Cell(Escape(StateText(site, snapshot.now, phrases)), "state-text"),
                   Cell(Escape(site.last_error()), "error-text"));
  return absl::StrCat("<tr", NeedsAttention(site, snapshot.now) ? " class=\"attention\"" : "", ">", cells, "</tr>");
}

// A column's heading; those of figures stand over them.
struct Head {
  absl::string_view name;
  bool number = true;
};

std::string Table(absl::string_view caption, const std::vector<Head>& heads, const std::string& rows) {
  std::string head;
  for (const Head& column : heads) {
    absl::StrAppend(&head, "<th scope=\"col\"", column.number ? " class=\"number\"" : "", ">", Escape(column.name),
                    "</th>");
  }
  return absl::StrCat("<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"", Escape(caption),
                      "\"><table><caption>", Escape(caption), "</caption><thead><tr>", head, "</tr></thead><tbody>",
                      rows, "</tbody></table></div>");
}

std::string Sites(const Params& params, const OperatorSnapshot& snapshot) {
  const Phrases& phrases = PhrasesOf(params);
  if (!snapshot.crawler.ok()) return "";
  std::vector<const v1::SiteStatus*> sites;
  for (const v1::SiteStatus& site : snapshot.crawler->sites()) sites.push_back(&site);
  // What needs an eye comes first.
  absl::c_stable_sort(sites, [&snapshot](const v1::SiteStatus* a, const v1::SiteStatus* b) {
    return NeedsAttention(*a, snapshot.now) > NeedsAttention(*b, snapshot.now);
  });
  std::string rows;
  for (const v1::SiteStatus* site : sites) rows += SiteRow(params, *site, snapshot);
  return Table(phrases.sites,
               {{phrases.site, false},
                {phrases.last_hour},
                {phrases.last_day},
                {phrases.stored},
                {phrases.newest_age},
                {phrases.due},
                {phrases.requests},
                {phrases.failures},
                {phrases.state, false},
                {phrases.last_error, false}},
               rows);
}

std::string ShardRow(const v1::ShardStatus& shard, const Phrases& phrases) {
  const uint64_t lag = shard.log_last_position() - std::min(shard.log_last_position(), shard.applied_position());
  const std::string cells = absl::StrCat(
      "<th scope=\"row\">", shard.shard(), "</th>", Number(shard.articles(), phrases),
      Number(shard.applied_position(), phrases), Number(shard.log_last_position(), phrases), Number(lag, phrases),
      Number(shard.segments(), phrases), Cell(Escape(FormatBytes(shard.memory_segment_bytes(), phrases)), "number"),
      Cell(Escape(FormatBytes(shard.disk_bytes(), phrases)), "number"), Cell(Escape(shard.digest()), "digest"));
  return Element("tr", "", cells);
}

std::string Shards(const OperatorSnapshot& snapshot, const Phrases& phrases) {
  if (!snapshot.index.ok()) return "";
  std::string rows;
  for (const v1::ShardStatus& shard : snapshot.index->shards()) rows += ShardRow(shard, phrases);
  return Table(phrases.shards,
               {{phrases.shard, false},
                {phrases.articles},
                {phrases.applied},
                {phrases.logged},
                {phrases.lag},
                {phrases.segments},
                {phrases.memory},
                {phrases.disk},
                {phrases.digest, false}},
               rows);
}

std::string Figure(absl::string_view name, uint64_t value, const Phrases& phrases) {
  return absl::StrCat("<div><dt>", Escape(name), "</dt><dd>", FormatCount(value, phrases), "</dd></div>");
}

std::string Figures(const OperatorSnapshot& snapshot, const Phrases& phrases) {
  std::string html;
  if (snapshot.index.ok()) {
    uint64_t articles = 0;
    for (const v1::ShardStatus& shard : snapshot.index->shards()) articles += shard.articles();
    html += Figure(phrases.articles, articles, phrases);
  }
  if (snapshot.crawler.ok()) {
    html += Figure(phrases.outbox, snapshot.crawler->outbox_pages(), phrases);
    html += Figure(phrases.due, snapshot.crawler->urls_due(), phrases);
    html += Figure(phrases.known, snapshot.crawler->urls_known(), phrases);
  }
  return Element("dl", "figures", html);
}

std::string Silence(const absl::Status& status, absl::string_view words) {
  return status.ok() ? "" : Element("p", "notice", Escape(words));
}

}  // namespace

std::string OperatorPage(const Params& params, const OperatorSnapshot& snapshot) {
  const Phrases& phrases = PhrasesOf(params);
  const std::string clock = absl::FormatTime("%H:%M:%S", snapshot.now, VietnamTimeZone());
  std::string html = Element("h1", "", Escape(phrases.operations));
  absl::StrAppend(&html, "<p class=\"summary\" id=\"fresh\" data-live=\"", Escape(phrases.live), "\">",
                  Escape(absl::Substitute(phrases.still, clock)), "</p>");
  html += Silence(snapshot.crawler.status(), phrases.silent_crawler);
  html += Silence(snapshot.index.status(), phrases.silent_indexer);
  if (snapshot.crawler.ok()) {
    html += Element("p", "", Escape(snapshot.crawler->idle() ? phrases.idle : phrases.busy));
  }
  absl::StrAppend(&html, Figures(snapshot, phrases), Sites(params, snapshot), Shards(snapshot, phrases));
  return Frame(params, {"operator", absl::StrCat(phrases.operations, " – Tin Tỉnh"), html,
                        OperatorLink(InOtherLanguage(params))});
}

}  // namespace tintinh::web

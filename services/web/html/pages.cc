#include "services/web/html/pages.h"

#include <cstdint>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/substitute.h"
#include "absl/time/time.h"
#include "services/web/html/facets.h"
#include "services/web/html/histogram.h"
#include "services/web/html/hits.h"
#include "services/web/html/links.h"
#include "services/web/html/page_frame.h"
#include "services/web/html/phrases.h"
#include "services/web/html/place_list.h"
#include "services/web/html/text.h"

namespace tintinh::web {
namespace {

constexpr absl::string_view kExamples[] = {"nông thôn mới", "chuyen doi so", "\"vụ mùa\" -bão", "12-NQ/TU"};

std::string Examples(const Params& params) {
  std::string items;
  for (const absl::string_view query : kExamples) {
    items += Element("li", "", Link(SearchFor(params, "q", query), Escape(query), "lang=\"vi\""));
  }
  return items;
}

std::string Summary(const Params& params, const v1::SearchResponse& response) {
  const Phrases& phrases = PhrasesOf(params);
  const absl::Duration took = absl::Seconds(response.took().seconds()) + absl::Nanoseconds(response.took().nanos());
  const std::string total = absl::Substitute(response.total_is_exact() ? phrases.exactly : phrases.at_least,
                                             FormatCount(response.total(), phrases));
  return absl::StrCat("<h1 class=\"summary\" id=\"summary\" tabindex=\"-1\">", Escape(total), " <small>",
                      Escape(FormatSeconds(took, phrases)), "</small></h1>");
}

// Ours for the kinds we have words for in this language; the query service speaks Vietnamese.
std::string NoticeHtml(const v1::Notice& notice, const Phrases& phrases) {
  const absl::string_view own[] = {
      "", phrases.widened, phrases.repaired, phrases.partial_notice, phrases.shortened, phrases.epochs};
  const auto kind = static_cast<size_t>(notice.kind());
  const absl::string_view words = kind < std::size(own) ? own[kind] : "";
  if (words.empty()) return absl::StrCat("<p class=\"notice\" lang=\"vi\">", Escape(notice.text()), "</p>");
  return Element("p", "notice", absl::StrCat(Escape(words), " <q lang=\"vi\">", Escape(notice.text()), "</q>"));
}

bool HasNotice(const v1::SearchResponse& response, v1::NoticeKind kind) {
  return absl::c_any_of(response.notices(), [kind](const v1::Notice& notice) { return notice.kind() == kind; });
}

std::string Notices(const Params& params, const v1::SearchResponse& response) {
  const Phrases& phrases = PhrasesOf(params);
  std::string html;
  for (const v1::Notice& notice : response.notices()) html += NoticeHtml(notice, phrases);
  if (response.shards_answered() < response.shards_asked() && !HasNotice(response, v1::NOTICE_KIND_PARTIAL)) {
    html += Element("p", "notice",
                    Escape(absl::Substitute(phrases.partial, response.shards_answered(), response.shards_asked())));
  }
  return html;
}

std::string NothingFound(const Params& params) {
  const Phrases& phrases = PhrasesOf(params);
  std::string html = Element("p", "", Element("strong", "", Escape(phrases.nothing)));
  html += Element("p", "", Escape(phrases.nothing_hint));
  html += Element("p", "", Escape(phrases.marks_hint));
  const std::string bare = SearchFor(params, "q", Param(params, "q"));
  if (!Param(params, "q").empty() && bare != SearchLink(params)) {
    html += Element("p", "", Link(bare, Escape(phrases.unfiltered), "class=\"button\""));
  }
  return Element("div", "state", html);
}

std::string SortField(const Params& params) {
  const Phrases& phrases = PhrasesOf(params);
  const absl::string_view selected = Param(params, "sort");
  const std::pair<absl::string_view, absl::string_view> choices[] = {
      {"", phrases.relevance}, {"newest", phrases.newest}, {"oldest", phrases.oldest}};
  std::string options;
  for (const auto& [value, label] : choices) {
    const bool chosen = value == (selected == "relevance" ? "" : selected);
    absl::StrAppend(&options, "<option value=\"", value, "\"", chosen ? " selected" : "", ">", Escape(label),
                    "</option>");
  }
  return absl::StrCat("<label class=\"sort\"><span>", Escape(phrases.sort),
                      "</span><select form=\"search\" name=\"sort\" autocomplete=\"off\">", options,
                      "</select></label>");
}

std::string NextLink(const Params& params, const v1::SearchResponse& response) {
  if (response.next_page_token().empty()) return "";
  const std::string link = Link(SearchLink(params, response.next_page_token()), Escape(PhrasesOf(params).next_page),
                                "class=\"button next\" rel=\"next\"");
  return Element("p", "pages", link);
}

std::string Toolbar(const Params& params, const v1::SearchResponse& response) {
  const Phrases& phrases = PhrasesOf(params);
  return Element("div", "toolbar",
                 absl::StrCat(Summary(params, response),
                              Link("#filters", Escape(phrases.filters), "class=\"to-filters\""), SortField(params)));
}

// The query service widens searches that find little, but not their counts.
std::string Filters(const Params& params, const v1::SearchResponse& response, const v1::FacetsResponse& counts,
                    const Labels& site_names) {
  const Phrases& phrases = PhrasesOf(params);
  const std::string strict =
      HasNotice(response, v1::NOTICE_KIND_WIDENED) ? Element("p", "notice", Escape(phrases.counts_strict)) : "";
  return absl::StrCat("<aside id=\"filters\" aria-label=\"", Escape(phrases.filters), "\">", strict,
                      FacetsHtml(params, counts, site_names),
                      Link("#summary", Escape(phrases.show_results), "class=\"button done\""), "</aside>");
}

std::string PageTitle(const Params& params) {
  const absl::string_view query = Param(params, "q");
  return query.empty() ? "Tin Tỉnh" : absl::StrCat(query, " – Tin Tỉnh");
}

std::string Hints(const Phrases& phrases) {
  const std::pair<absl::string_view, absl::string_view> hints[] = {
      {"\"cụm từ\"", phrases.hint_phrase}, {"+từ", phrases.hint_must}, {"-từ", phrases.hint_not}};
  std::string html;
  for (const auto& [typed, meaning] : hints) {
    absl::StrAppend(&html, "<span><kbd>", Escape(typed), "</kbd> ", Escape(meaning), "</span> ");
  }
  return Element("p", "hints", html);
}

std::string Section(absl::string_view name, absl::string_view heading, const std::string& html) {
  if (html.empty()) return "";
  return Element("section", name, absl::StrCat(Element("h2", "", Escape(heading)), html));
}

std::string ReaderMessage(const absl::Status& status, const Phrases& phrases) {
  switch (status.code()) {
    case absl::StatusCode::kInvalidArgument:
      return std::string(phrases.unreadable);
    case absl::StatusCode::kNotFound:
      return std::string(phrases.absent);
    case absl::StatusCode::kResourceExhausted:
      return std::string(phrases.overloaded);
    case absl::StatusCode::kDeadlineExceeded:
      return std::string(phrases.too_long);
    default:
      return std::string(phrases.unavailable);
  }
}

// The same again where that may help, and the front page.
std::string WaysOut(const Params& params, const absl::Status& status) {
  const Phrases& phrases = PhrasesOf(params);
  const bool may_help =
      status.code() != absl::StatusCode::kInvalidArgument && status.code() != absl::StatusCode::kNotFound;
  std::string links;
  if (may_help && IsSearch(params)) {
    links += Link(SearchLink(params, Param(params, "page_token")), Escape(phrases.again), "class=\"button\"") + " ";
  }
  links += Link(HomeLink(params), Escape(phrases.home), "class=\"button\"");
  return Element("p", "", links);
}

}  // namespace

std::string HomePage(const Params& params, const v1::SearchResponse& latest, const v1::FacetsResponse& counts) {
  const Phrases& phrases = PhrasesOf(params);
  std::string html = Element("p", "welcome", Escape(phrases.welcome)) + Hints(phrases);
  html += Element("nav", "examples",
                  absl::StrCat(Element("h2", "", Escape(phrases.try_these)), Element("ul", "", Examples(params))));
  const std::string places = counts.facets().empty() ? "" : PlaceLinks(params, counts);
  html += Element("div", "front",
                  absl::StrCat(Section("latest", phrases.latest_news, HeadlinesHtml(params, latest.hits())),
                               Section("by-place", phrases.by_place, places)));
  return Frame(params, {"home", "Tin Tỉnh", html, HomeLink(InOtherLanguage(params))});
}

std::string ResultsPage(const Params& params, const v1::SearchResponse& response, const v1::FacetsResponse& counts,
                        const Labels& site_names) {
  const std::string hits = response.hits().empty() ? NothingFound(params) : HitListHtml(params, response.hits());
  const std::string found = absl::StrCat(Toolbar(params, response), ChipsHtml(params, site_names),
                                         Notices(params, response), hits, NextLink(params, response));
  const std::string html =
      absl::StrCat(TimeBandHtml(params, FacetOf(counts, v1::FACET_FIELD_MONTH)), "<div class=\"columns\">",
                   Element("section", "found", found), Filters(params, response, counts, site_names), "</div>");
  return Frame(params, {"results", PageTitle(params), html, SearchLink(InOtherLanguage(params))});
}

std::string ErrorPage(const Params& params, const absl::Status& status) {
  std::string html = Element("h1", "", Escape(ReaderMessage(status, PhrasesOf(params))));
  if (status.code() == absl::StatusCode::kInvalidArgument) {
    html += absl::StrCat("<p class=\"detail\" lang=\"en\">", Escape(status.message()), "</p>");
  }
  html += WaysOut(params, status);
  return Frame(params, {"error", "Tin Tỉnh", absl::StrCat("<div class=\"state error\" role=\"alert\">", html, "</div>"),
                        SearchLink(InOtherLanguage(params))});
}

}  // namespace tintinh::web

#include "services/web/html/facets.h"

#include <cstddef>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/substitute.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "services/web/html/links.h"
#include "services/web/html/phrases.h"
#include "services/web/html/place_list.h"
#include "services/web/html/text.h"

namespace tintinh::web {
namespace {

constexpr size_t kShownSites = 6;
constexpr size_t kShownSections = 8;

std::string Group(absl::string_view legend, const std::string& html) {
  if (html.empty()) return "";
  return Element("fieldset", "facet", absl::StrCat(Element("legend", "", Escape(legend)), html));
}

std::string PartialCounts(const v1::FacetsResponse& counts, const Phrases& phrases) {
  if (counts.shards_answered() >= counts.shards_asked()) return "";
  return Element("p", "notice",
                 Escape(absl::Substitute(phrases.counts_partial, counts.shards_answered(), counts.shards_asked())));
}

struct Chip {
  std::string label;
  std::string without;  // the search without it
};

std::string ChipHtml(const Chip& chip, const Phrases& phrases) {
  const std::string name = Escape(absl::Substitute(phrases.remove, chip.label));
  return Element("li", "",
                 Link(chip.without, absl::StrCat(Escape(chip.label), "<span aria-hidden=\"true\">×</span>"),
                      absl::StrCat("class=\"chip\" aria-label=\"", name, "\"")));
}

// `format` has $0 for the value.
void AddChips(const Params& params, const std::string& name, absl::string_view format, const Labels& labels,
              std::vector<Chip>& chips) {
  const auto [begin, end] = params.equal_range(name);
  for (auto it = begin; it != end; ++it) {
    if (it->second.empty()) continue;
    chips.push_back({absl::Substitute(format, LabelOf(labels, it->second)), SearchWithout(params, name, it->second)});
  }
}

// 2024-02-12 as the language writes it; what is no day stays as it is.
std::string DayOf(absl::string_view iso, const Phrases& phrases) {
  absl::CivilDay day;
  if (!absl::ParseCivilTime(std::string(iso), &day)) return std::string(iso);
  const absl::Time time = absl::FromCivil(day, absl::UTCTimeZone());
  return std::string(absl::StripAsciiWhitespace(absl::FormatTime(phrases.day_format, time, absl::UTCTimeZone())));
}

void AddDateChip(const Params& params, const std::string& name, absl::string_view format, std::vector<Chip>& chips) {
  const absl::string_view value = Param(params, name);
  if (value.empty()) return;
  chips.push_back({absl::Substitute(format, DayOf(value, PhrasesOf(params))), SearchWithout(params, name)});
}

std::vector<Chip> ChipsOf(const Params& params, const Labels& site_names) {
  const Phrases& phrases = PhrasesOf(params);
  std::vector<Chip> chips;
  AddChips(params, "site", "$0", site_names, chips);
  for (const char* name : {"province", "section", "author"}) AddChips(params, name, "$0", {}, chips);
  AddChips(params, "district", phrases.district, {}, chips);
  AddChips(params, "document", phrases.document, {}, chips);
  AddChips(params, "language", phrases.language, {}, chips);
  AddDateChip(params, "from", phrases.since, chips);
  AddDateChip(params, "to", phrases.until, chips);
  return chips;
}

}  // namespace

std::string FacetsHtml(const Params& params, const v1::FacetsResponse& counts, const Labels& site_names) {
  const Phrases& phrases = PhrasesOf(params);
  const std::string places = counts.facets().empty() ? BoxList(params, BoxesOf(params, "province", v1::Facet()), 0)
                                                     : PlaceBoxes(params, counts);
  const auto sites = BoxesOf(params, "site", FacetOf(counts, v1::FACET_FIELD_SITE), site_names);
  const auto sections = BoxesOf(params, "section", FacetOf(counts, v1::FACET_FIELD_SECTION));
  return absl::StrCat(PartialCounts(counts, phrases), Group(phrases.places, places),
                      Group(phrases.sites, BoxList(params, sites, kShownSites)),
                      Group(phrases.sections, BoxList(params, sections, kShownSections)),
                      "<button class=\"apply\" form=\"search\">", Escape(phrases.apply), "</button>");
}

std::string ChipsHtml(const Params& params, const Labels& site_names) {
  const Phrases& phrases = PhrasesOf(params);
  std::string items;
  const std::vector<Chip> chips = ChipsOf(params, site_names);
  for (const Chip& chip : chips) items += ChipHtml(chip, phrases);
  if (chips.size() > 1) {
    Params bare{{"q", std::string(Param(params, "q"))}, {"lang", std::string(Param(params, "lang"))}};
    items += Element("li", "", Link(SearchLink(bare), Escape(phrases.remove_all), "class=\"all\""));
  }
  return Element("ul", "chips", items);
}

}  // namespace tintinh::web

#include "services/web/html/place_list.h"

#include <algorithm>
#include <cstddef>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/places/places.h"
#include "services/web/html/boxes.h"
#include "services/web/html/links.h"
#include "services/web/html/phrases.h"
#include "services/web/html/text.h"

namespace tintinh::web {
namespace {

constexpr size_t kShownPlaces = 6;

// Since 1 July 2025, the cities first, then in the order of the alphabet.
constexpr absl::string_view kProvinces[] = {
    "Hà Nội",   "Hồ Chí Minh", "Cần Thơ",     "Đà Nẵng",   "Hải Phòng",   "Huế",        "An Giang",
    "Bắc Ninh", "Cà Mau",      "Cao Bằng",    "Đắk Lắk",   "Điện Biên",   "Đồng Nai",   "Đồng Tháp",
    "Gia Lai",  "Hà Tĩnh",     "Hưng Yên",    "Khánh Hòa", "Lai Châu",    "Lạng Sơn",   "Lào Cai",
    "Lâm Đồng", "Nghệ An",     "Ninh Bình",   "Phú Thọ",   "Quảng Ngãi",  "Quảng Ninh", "Quảng Trị",
    "Sơn La",   "Tây Ninh",    "Thái Nguyên", "Thanh Hóa", "Tuyên Quang", "Vĩnh Long"};

using Tally = absl::flat_hash_map<absl::string_view, uint64_t>;

Tally TallyOf(const v1::Facet& facet) {
  Tally tally;
  for (const v1::FacetValue& value : facet.values()) tally[value.value()] += value.count();
  return tally;
}

uint64_t In(const Tally& tally, absl::string_view name) {
  const auto it = tally.find(name);
  return it == tally.end() ? 0 : it->second;
}

std::string LinkedPlace(const Params& params, const PlaceCount& place) {
  const std::string name = Escape(place.name);
  if (place.articles == 0) return Element("span", "none", name);
  return absl::StrCat(Link(SearchFor(params, "province", place.name), name), " ",
                      Element("span", "count", FormatCount(place.articles, PhrasesOf(params))));
}

std::string LinkedRow(const Params& params, const PlaceRow& row) {
  std::string earlier;
  for (const PlaceCount& place : row.earlier) earlier += Element("li", "", LinkedPlace(params, place));
  return Element("li", "", absl::StrCat(LinkedPlace(params, row.today), Element("ul", "earlier", earlier)));
}

Box BoxOfPlace(const Params& params, const PlaceCount& place) {
  return {"province", place.name, place.name, place.articles, HasParam(params, "province", place.name)};
}

// An earlier province that neither counts nor is ticked stays away.
std::string BoxedRow(const Params& params, const PlaceRow& row) {
  std::string earlier;
  for (const PlaceCount& place : row.earlier) {
    const Box box = BoxOfPlace(params, place);
    if (box.articles > 0 || box.ticked) earlier += Element("li", "", BoxHtml(params, box));
  }
  return Element("li", "",
                 absl::StrCat(BoxHtml(params, BoxOfPlace(params, row.today)), Element("ul", "boxes earlier", earlier)));
}

bool IsTicked(const Params& params, const PlaceRow& row) {
  return HasParam(params, "province", row.today.name) ||
         absl::c_any_of(row.earlier,
                        [&params](const PlaceCount& place) { return HasParam(params, "province", place.name); });
}

// The least count that is among the first kShownPlaces; at least one.
uint64_t ShownFrom(const std::vector<PlaceRow>& rows) {
  std::vector<uint64_t> counts;
  for (const PlaceRow& row : rows) counts.push_back(row.today.articles);
  std::sort(counts.begin(), counts.end(), std::greater<>());
  return std::max<uint64_t>(counts[kShownPlaces - 1], 1);
}

}  // namespace

std::vector<PlaceRow> PlaceRows(const v1::FacetsResponse& counts) {
  const Tally today = TallyOf(FacetOf(counts, v1::FACET_FIELD_PROVINCE_TODAY));
  const Tally published = TallyOf(FacetOf(counts, v1::FACET_FIELD_PROVINCE));
  std::vector<PlaceRow> rows;
  for (const absl::string_view name : kProvinces) {
    PlaceRow& row = rows.emplace_back();
    row.today = {std::string(name), In(today, name)};
    for (const std::string& earlier : places::ProvinceNamesMergedInto(name)) {
      if (earlier != name) row.earlier.push_back({earlier, In(published, earlier)});
    }
  }
  return rows;
}

std::string PlaceLinks(const Params& params, const v1::FacetsResponse& counts) {
  std::string items;
  for (const PlaceRow& row : PlaceRows(counts)) items += LinkedRow(params, row);
  return Element("ul", "places", items);
}

std::string PlaceBoxes(const Params& params, const v1::FacetsResponse& counts) {
  std::vector<PlaceRow> rows = PlaceRows(counts);
  const uint64_t shown_from = ShownFrom(rows);
  std::string shown, rest;
  std::vector<PlaceRow> first;
  for (PlaceRow& row : rows) {
    if (row.today.articles >= shown_from || IsTicked(params, row)) {
      first.push_back(std::move(row));
    } else {
      rest += BoxedRow(params, row);
    }
  }
  absl::c_stable_sort(first, [](const PlaceRow& a, const PlaceRow& b) { return a.today.articles > b.today.articles; });
  for (const PlaceRow& row : first) shown += BoxedRow(params, row);
  return absl::StrCat(Element("ul", "boxes", shown),
                      Unfolding("more-province", Escape(PhrasesOf(params).all_places), Element("ul", "boxes", rest)));
}

}  // namespace tintinh::web

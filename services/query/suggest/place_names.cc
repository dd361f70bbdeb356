#include "services/query/suggest/place_names.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "common/places/gazetteer.h"
#include "common/text/words.h"
#include "services/query/suggest/title_words.h"

namespace tintinh::query {
namespace {

using places::DistrictRow;
using places::Gazetteer;
using places::ProvinceRow;
using places::Unit;

enum class Rank { kProvinceToday, kFormerProvince, kDistrict };

struct Entry {
  std::string folded;  // words with a blank behind each
  Rank rank;
  PlaceName place;
};

std::string FoldedWords(absl::string_view name) {
  std::string folded;
  const text::WordList list = text::ScanWords(name);
  for (const text::Word& word : list.words) absl::StrAppend(&folded, list.Folded(word), " ");
  return folded;
}

absl::string_view NameOf(Unit unit) {
  switch (unit) {
    case Unit::kCity:
      return "thành phố";
    case Unit::kUrbanDistrict:
      return "quận";
    case Unit::kTown:
      return "thị xã";
    default:
      return "huyện";
  }
}

Entry EntryOf(const ProvinceRow& row) {
  if (row.current) return {FoldedWords(row.name), Rank::kProvinceToday, {row.name, "tỉnh, thành phố hiện nay"}};
  return {FoldedWords(row.name),
          Rank::kFormerProvince,
          {row.name, absl::StrCat("tỉnh trước 1/7/2025, nay thuộc ", row.today)}};
}

Entry EntryOf(const DistrictRow& row) {
  const std::string& province = Gazetteer::Get().provinces()[row.province].name;
  return {FoldedWords(row.name),
          Rank::kDistrict,
          {row.name, absl::StrCat(NameOf(row.unit), " trước 1/7/2025, ", province)}};
}

// By folded words.
const std::vector<Entry>& Entries() {
  static const auto& entries = *[] {
    auto* made = new std::vector<Entry>;
    for (const ProvinceRow& row : Gazetteer::Get().provinces()) made->push_back(EntryOf(row));
    for (const DistrictRow& row : Gazetteer::Get().districts()) made->push_back(EntryOf(row));
    std::stable_sort(made->begin(), made->end(), [](const Entry& a, const Entry& b) { return a.folded < b.folded; });
    return made;
  }();
  return entries;
}

// How many of the first words say what kind of place follows; never all.
size_t UnitWords(absl::Span<const TypedWord> words) {
  constexpr std::array<std::array<absl::string_view, 2>, 8> kUnits = {{{"tinh", ""},
                                                                       {"thanh", "pho"},
                                                                       {"tp", ""},
                                                                       {"quan", ""},
                                                                       {"huien", ""},
                                                                       {"huyen", ""},
                                                                       {"thi", "xa"},
                                                                       {"tx", ""}}};
  for (const auto& [first, second] : kUnits) {
    const size_t size = second.empty() ? 1 : 2;
    if (words.size() > size && words[0].folded == first && (size == 1 || words[1].folded == second)) return size;
  }
  return 0;
}

bool BeginsSo(const std::string& name, const TypedText& typed) {
  const text::WordList list = text::ScanWords(name);
  const auto places = FindInOrder(list, typed, 0);
  return places.has_value() && places->front().word == 0;
}

void AddPlaces(const TypedText& typed, std::vector<const Entry*>& found) {
  if (typed.words.empty()) return;
  std::string folded;
  for (const TypedWord& word : typed.words) absl::StrAppend(&folded, word.folded, word.complete ? " " : "");
  // The key of the unfinished word may be spelled with i where that of the whole has y: its first letter is sure.
  if (typed.unfinished()) folded.resize(folded.size() - typed.words.back().folded.size() + 1);
  const std::vector<Entry>& entries = Entries();
  auto at = std::lower_bound(entries.begin(), entries.end(), folded,
                             [](const Entry& entry, const std::string& wanted) { return entry.folded < wanted; });
  for (; at != entries.end() && absl::StartsWith(at->folded, folded); ++at) {
    if (BeginsSo(at->place.name, typed)) found.push_back(&*at);
  }
}

}  // namespace

std::vector<PlaceName> PlacesThatBegin(const TypedText& typed, size_t most) {
  std::vector<const Entry*> found;
  AddPlaces(typed, found);
  TypedText without_unit;
  const size_t unit = UnitWords(typed.words);
  if (unit > 0) without_unit.words.assign(typed.words.begin() + static_cast<std::ptrdiff_t>(unit), typed.words.end());
  AddPlaces(without_unit, found);
  std::stable_sort(found.begin(), found.end(), [](const Entry* a, const Entry* b) { return a->rank < b->rank; });
  std::vector<PlaceName> places;
  for (size_t i = 0; i < std::min(most, found.size()); ++i) places.push_back(found[i]->place);
  return places;
}

}  // namespace tintinh::query

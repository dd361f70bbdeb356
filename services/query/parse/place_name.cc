#include "services/query/parse/place_name.h"

#include <algorithm>
#include <optional>

#include "absl/strings/match.h"
#include "common/places/gazetteer.h"
#include "common/places/name_key.h"
#include "common/places/places.h"

namespace tintinh::query {
namespace {

constexpr size_t kMaxNameWords = 6;  // thành phố Phan Rang - Tháp Chàm
constexpr size_t kMaxNameBytes = 128;

std::vector<std::string> ProvinceNames(absl::string_view name) {
  const std::optional<places::Province> province = places::FindProvince(name);
  return province.has_value() ? std::vector<std::string>{province->name} : std::vector<std::string>();
}

// Those spelled with these marks or, where none is, those that are equal without marks.
std::vector<std::string> DistrictsNamed(const places::NameKey& key, absl::string_view folded) {
  const places::Gazetteer& gazetteer = places::Gazetteer::Get();
  std::vector<std::string> spelled;
  std::vector<std::string> folding;
  for (const uint32_t index : gazetteer.DistrictsNamed(folded)) {
    const places::DistrictRow& row = gazetteer.districts()[index];
    std::vector<std::string>& names = absl::EndsWith(key.exact, row.key.exact) ? spelled : folding;
    if (std::find(names.begin(), names.end(), row.name) == names.end()) names.push_back(row.name);
  }
  return spelled.empty() ? folding : spelled;
}

std::vector<std::string> DistrictNames(absl::string_view name) {
  if (name.empty() || name.size() > kMaxNameBytes) return {};
  const places::NameKey key = places::MakeNameKey(name);
  std::vector<std::string> names = DistrictsNamed(key, key.folded);
  for (const absl::string_view unit : {"huien", "quan", "thixa", "thanhpho", "tp"}) {
    if (!names.empty()) break;
    if (absl::StartsWith(key.folded, unit))
      names = DistrictsNamed(key, absl::string_view(key.folded).substr(unit.size()));
  }
  return names;
}

// Words that mean something to the query.
bool IsSyntax(absl::string_view word) {
  const bool is_signed = word.size() > 1 && (word[0] == '+' || word[0] == '-');
  return is_signed || word == "OR" || word.find_first_of("(:\"*") != absl::string_view::npos;
}

}  // namespace

std::vector<std::string> OfficialNames(Scope scope, absl::string_view name) {
  if (scope == Scope::kProvince) return ProvinceNames(name);
  return scope == Scope::kDistrict ? DistrictNames(name) : std::vector<std::string>();
}

size_t NameSize(Scope scope, absl::string_view text) {
  std::vector<size_t> ends;
  for (size_t from = 0; ends.size() < kMaxNameWords && from < text.size();) {
    const size_t end = std::min<size_t>(text.find_first_of(" )", from), text.size());
    if (IsSyntax(text.substr(from, end - from))) break;
    ends.push_back(end);
    if (end < text.size() && text[end] == ')') break;
    from = end + 1;
  }
  for (; !ends.empty(); ends.pop_back()) {
    if (!OfficialNames(scope, text.substr(0, ends.back())).empty()) return ends.back();
  }
  return 0;
}

}  // namespace tintinh::query

#include "common/places/places.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "common/places/gazetteer.h"
#include "common/places/name_key.h"

namespace tintinh::places {
namespace {

constexpr size_t kMaxNameBytes = 128;
constexpr size_t kMinNameInHost = 5;  // shorter keys ("Huế") hide in other words

// Folded keys of names in daily use.
constexpr std::pair<absl::string_view, absl::string_view> kAliases[] = {
    {"hcm", "hochiminh"},          {"hochiminhciti", "hochiminh"},
    {"saigon", "hochiminh"},       {"hn", "hanoi"},
    {"baccan", "backan"},          {"daknong", "daknong"},
    {"thuathien", "thuathienhue"}, {"vungtau", "bariavungtau"},
    {"baria", "bariavungtau"},     {"brvt", "bariavungtau"},
    {"tth", "thuathienhue"},
};

Province ToProvince(const ProvinceRow& row) { return {row.name, row.today, row.current}; }

std::optional<Province> FindByKey(absl::string_view folded) {
  for (const auto& [alias, key] : kAliases) {
    folded = folded == alias ? key : folded;
  }
  const Gazetteer& gazetteer = Gazetteer::Get();
  const Gazetteer::Indices& found = gazetteer.ProvincesNamed(folded);
  if (found.empty()) {
    return std::nullopt;
  }
  return ToProvince(gazetteer.provinces()[found.front()]);
}

}  // namespace

std::optional<Province> FindProvince(absl::string_view name) {
  if (name.empty() || name.size() > kMaxNameBytes) {
    return std::nullopt;
  }
  const std::string folded = MakeNameKey(name).folded;
  if (auto found = FindByKey(folded)) {
    return found;
  }
  for (const absl::string_view unit : {"thanhpho", "thudo", "tinh", "tp"}) {
    absl::string_view rest = folded;
    if (absl::ConsumePrefix(&rest, unit)) {
      return FindByKey(rest);
    }
  }
  return std::nullopt;
}

std::vector<std::string> ProvinceNamesMergedInto(absl::string_view name_today) {
  const std::optional<Province> province = FindProvince(name_today);
  std::vector<std::string> names;
  if (!province.has_value() || !province->current) {
    return names;
  }
  for (const ProvinceRow& row : Gazetteer::Get().provinces()) {
    if (row.today == province->name) {
      names.push_back(row.name);
    }
  }
  return names;
}

std::optional<Province> FindProvinceInSource(absl::string_view host_or_name) {
  if (host_or_name.size() > 2 * kMaxNameBytes) {
    return std::nullopt;
  }
  const std::string folded = MakeNameKey(host_or_name).folded;
  const ProvinceRow* best = nullptr;
  for (const ProvinceRow& row : Gazetteer::Get().provinces()) {
    if (row.key.folded.size() >= kMinNameInHost && absl::StrContains(folded, row.key.folded) &&
        (best == nullptr || row.key.folded.size() > best->key.folded.size())) {
      best = &row;
    }
  }
  return best == nullptr ? std::nullopt : std::make_optional(ToProvince(*best));
}

}  // namespace tintinh::places

#include "common/places/gazetteer.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "common/places/data/tables.h"

namespace tintinh::places {
namespace {

Unit UnitNamed(absl::string_view word) {
  constexpr std::pair<absl::string_view, Unit> kUnits[] = {
      {"tỉnh", Unit::kProvince},       {"thành phố", Unit::kCity},    {"quận", Unit::kUrbanDistrict},
      {"huyện", Unit::kRuralDistrict}, {"thị xã", Unit::kTown},       {"phường", Unit::kWard},
      {"xã", Unit::kRuralCommune},     {"thị trấn", Unit::kTownship}, {"đặc khu", Unit::kSpecialZone}};
  for (const auto& [name, unit] : kUnits) {
    if (name == word) {
      return unit;
    }
  }
  return Unit::kNone;
}

// The fields of every row of a table.
std::vector<std::vector<absl::string_view>> Rows(absl::string_view table) {
  std::vector<std::vector<absl::string_view>> rows;
  for (const absl::string_view line : absl::StrSplit(table, '\n', absl::SkipEmpty())) {
    if (!absl::StartsWith(line, "#")) {
      rows.push_back(absl::StrSplit(line, '\t'));
    }
  }
  return rows;
}

// Calls add(name) for each commune of "xã=A;B|phường=C".
template <typename Add>
void ForEachCommune(absl::string_view communes, Add add) {
  for (const absl::string_view group : absl::StrSplit(communes, '|', absl::SkipEmpty())) {
    const absl::string_view names = group.substr(group.find('=') + 1);
    for (const absl::string_view name : absl::StrSplit(names, ';', absl::SkipEmpty())) {
      add(name);
    }
  }
}

void AddOnce(Gazetteer::Indices& indices, size_t value) {
  if (indices.empty() || indices.back() != value) {
    indices.push_back(static_cast<uint32_t>(value));
  }
}

size_t IndexOfProvince(const std::vector<ProvinceRow>& provinces, absl::string_view name) {
  const auto found =
      std::find_if(provinces.begin(), provinces.end(), [name](const ProvinceRow& row) { return row.name == name; });
  return static_cast<size_t>(found - provinces.begin());
}

}  // namespace

const Gazetteer& Gazetteer::Get() {
  static const Gazetteer gazetteer;
  return gazetteer;
}

Gazetteer::Gazetteer() {
  ReadProvinces();
  std::vector<std::string> successors;
  for (const absl::string_view table : DistrictsTables()) {
    ReadDistricts(table, successors);
  }
  LinkSuccessors(successors);
  ReadCommunesToday();
}

void Gazetteer::AddProvince(absl::string_view name, absl::string_view today, bool current) {
  ProvinceRow row;
  row.name = std::string(name);
  row.today = std::string(today);
  row.key = MakeNameKey(name);
  row.current = current;
  province_index_[row.key.folded].push_back(static_cast<uint32_t>(provinces_.size()));
  provinces_.push_back(std::move(row));
}

void Gazetteer::ReadProvinces() {
  for (const auto& fields : Rows(ProvincesTable())) {
    const std::vector<absl::string_view> merged = absl::StrSplit(fields.at(2), ';');
    if (std::find(merged.begin(), merged.end(), fields.at(0)) == merged.end()) {
      AddProvince(fields.at(0), fields.at(0), true);
    }
    for (const absl::string_view name : merged) {
      AddProvince(name, fields.at(0), name == fields.at(0));
    }
  }
}

void Gazetteer::ReadDistricts(absl::string_view table, std::vector<std::string>& successors) {
  for (const auto& fields : Rows(table)) {
    DistrictRow row;
    row.province = IndexOfProvince(provinces_, fields.at(0));
    row.unit = UnitNamed(fields.at(1));
    row.name = std::string(fields.at(2));
    row.key = MakeNameKey(fields.at(2));
    const size_t index = districts_.size();
    row.successor = index;
    AddOnce(district_index_[row.key.folded], index);
    ForEachCommune(fields.at(3),
                   [&](absl::string_view name) { AddOnce(commune_index_[MakeNameKey(name).folded], index); });
    districts_.push_back(std::move(row));
    successors.emplace_back(fields.at(4));
  }
}

void Gazetteer::LinkSuccessors(const std::vector<std::string>& successors) {
  for (size_t i = 0; i < districts_.size(); ++i) {
    for (size_t j = 0; j < districts_.size() && !successors[i].empty(); ++j) {
      if (j != i && districts_[j].province == districts_[i].province && districts_[j].name == successors[i] &&
          successors[j].empty()) {
        districts_[i].successor = j;
        break;
      }
    }
  }
}

void Gazetteer::ReadCommunesToday() {
  for (const auto& fields : Rows(CommunesTodayTable())) {
    const size_t province = IndexOfProvince(provinces_, fields.at(0));
    ForEachCommune(fields.at(1),
                   [&](absl::string_view name) { AddOnce(commune_today_index_[MakeNameKey(name).folded], province); });
  }
}

const Gazetteer::Indices& Gazetteer::Find(const Index& index, absl::string_view folded) {
  static const Indices none;
  const auto found = index.find(folded);
  return found == index.end() ? none : found->second;
}

}  // namespace tintinh::places

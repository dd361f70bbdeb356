// The tables of places, indexed by name.
#ifndef TINTINH_COMMON_PLACES_GAZETTEER_H_
#define TINTINH_COMMON_PLACES_GAZETTEER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "common/places/name_key.h"

namespace tintinh::places {

// The word in front of a place name that says what it is.
enum class Unit : uint8_t {
  kNone,
  kProvince,       // tỉnh
  kCity,           // thành phố: of a province's rank or a district's
  kUrbanDistrict,  // quận
  kRuralDistrict,  // huyện
  kTown,           // thị xã
  kWard,           // phường
  kRuralCommune,   // xã
  kTownship,       // thị trấn
  kSpecialZone,    // đặc khu
};

struct ProvinceRow {
  std::string name;
  std::string today;  // which of the 34 holds it
  NameKey key;
  bool current = false;  // one of the 34 itself
};

struct DistrictRow {
  std::string name;
  NameKey key;
  Unit unit = Unit::kNone;
  size_t province = 0;
  size_t successor = 0;  // the district its communes went to before 2025; itself when none
};

// Immutable once built; thread-safe.
class Gazetteer {
 public:
  using Indices = std::vector<uint32_t>;
  using Index = absl::flat_hash_map<std::string, Indices>;

  // The one compiled in; built at first use.
  static const Gazetteer& Get();

  const std::vector<ProvinceRow>& provinces() const { return provinces_; }
  const std::vector<DistrictRow>& districts() const { return districts_; }

  // All by folded key; empty when there is none.
  const Indices& ProvincesNamed(absl::string_view folded) const { return Find(province_index_, folded); }
  const Indices& DistrictsNamed(absl::string_view folded) const { return Find(district_index_, folded); }
  // Districts that had a commune of this name.
  const Indices& DistrictsWithCommune(absl::string_view folded) const { return Find(commune_index_, folded); }
  // Provinces (rows that are current) that have a commune of this name today.
  const Indices& ProvincesWithCommune(absl::string_view folded) const { return Find(commune_today_index_, folded); }

 private:
  Gazetteer();
  void ReadProvinces();
  void ReadDistricts(absl::string_view table, std::vector<std::string>& successors);
  void LinkSuccessors(const std::vector<std::string>& successors);
  void ReadCommunesToday();
  void AddProvince(absl::string_view name, absl::string_view today, bool current);
  static const Indices& Find(const Index& index, absl::string_view folded);

  std::vector<ProvinceRow> provinces_;
  std::vector<DistrictRow> districts_;
  Index province_index_;
  Index district_index_;
  Index commune_index_;
  Index commune_today_index_;
};

}  // namespace tintinh::places

#endif  // TINTINH_COMMON_PLACES_GAZETTEER_H_

// Provinces of both epochs: before 1 July 2025 (63) and since (34).
#ifndef TINTINH_COMMON_PLACES_PLACES_H_
#define TINTINH_COMMON_PLACES_PLACES_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace tintinh::places {

// Official names without the unit word, tone marks in the traditional place ("Thanh Hóa").
struct Province {
  std::string name;
  std::string name_today;  // which of the 34 holds it
  bool current = false;    // `name` is one of the 34
};

// Any spelling: with or without marks, any case, with "tỉnh", "thành phố" or "TP" in front, joined ("Kontum"), the
// usual other names (TP HCM, Sài Gòn, Đắc Lắc, Bắc Cạn). "Huế" is today's city, "Thừa Thiên Huế" the province before.
// At most 128 bytes are looked at: longer names are unknown.
std::optional<Province> FindProvince(absl::string_view name);

// The earlier provinces that one of the 34 was made of, itself first when it kept its name: "Phú Thọ" → {"Phú Thọ",
// "Vĩnh Phúc", "Hòa Bình"}. Empty for a name that is not one of the 34; spelled as FindProvince takes it.
std::vector<std::string> ProvinceNamesMergedInto(absl::string_view name_today);

// The province whose name a paper's host or name holds: "baothanhhoa.vn", "Báo Kon Tum", "(Baovinhphuc.com.vn)".
std::optional<Province> FindProvinceInSource(absl::string_view host_or_name);

}  // namespace tintinh::places

#endif  // TINTINH_COMMON_PLACES_PLACES_H_

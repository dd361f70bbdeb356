// The gazetteer's tables as they stand in the .tsv files of this folder. Lines that begin with '#' are remarks.
#ifndef TINTINH_COMMON_PLACES_DATA_TABLES_H_
#define TINTINH_COMMON_PLACES_DATA_TABLES_H_

#include <array>

#include "absl/strings/string_view.h"

namespace tintinh::places {

absl::string_view ProvincesTable();  // name, unit, earlier provinces (';' between them)
// Province, unit, name, communes ("xã=A;B|phường=C"), successor. Four, for compilers need not take longer literals.
std::array<absl::string_view, 4> DistrictsTables();
absl::string_view CommunesTodayTable();  // province, communes

}  // namespace tintinh::places

#endif  // TINTINH_COMMON_PLACES_DATA_TABLES_H_

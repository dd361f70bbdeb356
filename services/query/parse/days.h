// Days as a reader writes them.
#ifndef TINTINH_SERVICES_QUERY_PARSE_DAYS_H_
#define TINTINH_SERVICES_QUERY_PARSE_DAYS_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace tintinh::query {

struct Days {
  absl::CivilDay first;
  absl::CivilDay behind;  // the day after the last
};

// A year, month or day: 2021, 9/2021, 20/09/2021, 2021-09, 2021-09-20; '/', '-' and '.' are equal. Years have four
// digits. Nothing for everything else, days that no month has among them.
std::optional<Days> ReadDays(absl::string_view text);

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_PARSE_DAYS_H_

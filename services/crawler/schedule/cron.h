// Times of visits as crontab writes them: "*/15 6-22 * * mon-sat", in Viet Nam's time.
#ifndef TINTINH_SERVICES_CRAWLER_SCHEDULE_CRON_H_
#define TINTINH_SERVICES_CRAWLER_SCHEDULE_CRON_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace tintinh::crawler {

// Five fields: minute, hour, day of month, month, day of week. Each is a list of '*', numbers, names (jan to dec, sun
// to sat) and ranges, "*" and ranges with a step if need be ("*/15", "8-18/2"). Sunday is 0 or 7.
// When neither day field begins with '*', a day matches that suits either of them (POSIX); else it must suit both.
// Immutable, so thread-safe.
class Cron {
 public:
  // INVALID_ARGUMENT names the field and the value, also for an expression that no day of any year suits ("0 0 31 2
  // *").
  static absl::StatusOr<Cron> Parse(absl::string_view text);

  // The first minute that suits and begins later than `after`; InfiniteFuture from the year 9999 on. Goes by months,
  // then days, then hours: microseconds, also when the next is the 29th of February.
  absl::Time Next(absl::Time after) const;

 private:
  Cron() = default;

  bool Comes() const;
  bool DaySuits(absl::CivilDay day) const;

  uint64_t minutes_ = 0;  // bit i: i is listed
  uint64_t hours_ = 0;
  uint64_t days_ = 0;
  uint64_t months_ = 0;
  uint64_t weekdays_ = 0;  // bit 0: Sunday
  bool either_day_ = false;
};

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_SCHEDULE_CRON_H_

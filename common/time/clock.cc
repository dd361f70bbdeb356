#include "common/time/clock.h"

#include <time.h>

namespace tintinh {
namespace {

absl::Duration Read(clockid_t clock) {
  timespec now{};
  ::clock_gettime(clock, &now);
  return absl::DurationFromTimespec(now);
}

absl::Duration SinceBoot() { return Read(CLOCK_BOOTTIME); }

// absl::Now() reckons from its last reading and is late to see that the clock was set.
absl::Time CalendarNow() { return absl::UnixEpoch() + Read(CLOCK_REALTIME); }

}  // namespace

absl::Time SteadyNow() {
  static const absl::Time boot = CalendarNow() - SinceBoot();
  return boot + SinceBoot();
}

absl::Duration CalendarOffset() { return CalendarNow() - SteadyNow(); }

absl::Time SystemClock::Now() const { return SteadyNow(); }

absl::TimeZone VietnamTimeZone() { return absl::FixedTimeZone(7 * 60 * 60); }

}  // namespace tintinh

// Where time comes from. Code takes a Clock, so that tests never sleep; only main.cc makes a SystemClock.
#ifndef TINTINH_COMMON_TIME_CLOCK_H_
#define TINTINH_COMMON_TIME_CLOCK_H_

#include "absl/time/time.h"

namespace tintinh {

// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time Now() const = 0;
};

// The time of day at which this process first asked, and what has passed since, suspension included: it goes on evenly
// when the calendar clock is set, so that no delay is cut short and no wait becomes an hour. A process takes up a set
// clock when it is started again; one that is slewed is followed (POSIX clock_settime, Linux clock_gettime(2)).
absl::Time SteadyNow();

// How far the calendar clock is ahead of SteadyNow(): by how much it was set since.
absl::Duration CalendarOffset();

// SteadyNow().
class SystemClock final : public Clock {
 public:
  absl::Time Now() const override;
};

// Asia/Ho_Chi_Minh: UTC+7 without daylight saving since 1975, so no time-zone database is needed.
absl::TimeZone VietnamTimeZone();

}  // namespace tintinh

#endif  // TINTINH_COMMON_TIME_CLOCK_H_

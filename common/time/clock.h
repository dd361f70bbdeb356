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

class SystemClock final : public Clock {
 public:
  absl::Time Now() const override;
};

// Asia/Ho_Chi_Minh: UTC+7 without daylight saving since 1975, so no time-zone database is needed.
absl::TimeZone VietnamTimeZone();

}  // namespace tintinh

#endif  // TINTINH_COMMON_TIME_CLOCK_H_

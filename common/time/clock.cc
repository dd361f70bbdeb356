#include "common/time/clock.h"

#include "absl/time/clock.h"

namespace tintinh {

absl::Time SystemClock::Now() const { return absl::Now(); }

absl::TimeZone VietnamTimeZone() { return absl::FixedTimeZone(7 * 60 * 60); }

}  // namespace tintinh

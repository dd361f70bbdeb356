// When an article that is kept already is looked at again, because papers correct what they printed.
#ifndef TINTINH_SERVICES_CRAWLER_SCHEDULE_RECHECK_H_
#define TINTINH_SERVICES_CRAWLER_SCHEDULE_RECHECK_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "absl/types/span.h"

namespace tintinh::crawler {

// An hour, a day and a week after the first fetch: corrections come early or late, hardly in between.
absl::Span<const absl::Duration> DefaultRecheckAges();

// How long from now to the check after `checks_done`, for an article first fetched `age` ago; zero when it is overdue,
// infinite after the last. A negative age (the clock went back) counts as zero.
absl::Duration NextRecheck(absl::Duration age, uint32_t checks_done,
                           absl::Span<const absl::Duration> ages = DefaultRecheckAges());

// What `checks_done` is after a check at this age: one more, and those missed meanwhile count as done, so that a
// crawler that was away for a week asks once and not three times.
uint32_t ChecksDoneAt(absl::Duration age, uint32_t checks_done,
                      absl::Span<const absl::Duration> ages = DefaultRecheckAges());

// INVALID_ARGUMENT names the age that is not from 1 min to 365 days, or not above the one before it.
absl::Status CheckRecheckAges(absl::Span<const absl::Duration> ages);

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_SCHEDULE_RECHECK_H_

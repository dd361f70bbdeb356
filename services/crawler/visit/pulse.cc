#include "services/crawler/visit/pulse.h"

#include <algorithm>

#include "services/crawler/frontier/transition.h"

namespace tintinh::crawler {
namespace {

using disk::v1::PulseRecord;

absl::Time TimeOf(int64_t micros) { return micros == 0 ? absl::InfinitePast() : FromMicros(micros); }
int64_t MicrosOf(absl::Time time) { return time == absl::InfinitePast() ? 0 : ToMicros(time); }

Pulse FromRecord(const PulseRecord& record) {
  Pulse pulse;
  pulse.since = TimeOf(record.since_us());
  pulse.newest = TimeOf(record.newest_us());
  pulse.weeks = record.weeks();
  const int hours = std::min<int>(record.week_items_size(), static_cast<int>(pulse.week_items.size()));
  std::copy_n(record.week_items().begin(), hours, pulse.week_items.begin());
  return pulse;
}

PulseRecord ToRecord(const Pulse& pulse) {
  PulseRecord record;
  record.set_since_us(MicrosOf(pulse.since));
  record.set_newest_us(MicrosOf(pulse.newest));
  record.set_weeks(pulse.weeks);
  for (const double items : pulse.week_items) record.add_week_items(static_cast<float>(items));
  return record;
}

}  // namespace

PulseRecord AfterPublication(const PulseRecord& before, absl::Time now) {
  return ToRecord(ObservePublished(FromRecord(before), now, now));
}

Silence SilenceOf(const disk::v1::SiteRecord& site) {
  if (site.last_answer_us() == 0 || site.pulse().since_us() == 0) return {};
  return JudgeSilence(FromRecord(site.pulse()), FromMicros(site.last_answer_us()));
}

}  // namespace tintinh::crawler

// What a site's record remembers of when it publishes.
#ifndef TINTINH_SERVICES_CRAWLER_VISIT_PULSE_H_
#define TINTINH_SERVICES_CRAWLER_VISIT_PULSE_H_

#include "absl/time/time.h"
#include "services/crawler/schedule/silence.h"
#include "tintinh/disk/v1/crawler.pb.h"

namespace tintinh::crawler {

// `before` after one more article, seen at `now`.
disk::v1::PulseRecord AfterPublication(const disk::v1::PulseRecord& before, absl::Time now);

// As of the site's last answer: a crawler that was away itself hears nothing from anybody.
Silence SilenceOf(const disk::v1::SiteRecord& site);

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_VISIT_PULSE_H_

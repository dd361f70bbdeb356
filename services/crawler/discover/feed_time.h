// Points in time as feeds and sitemaps write them.
#ifndef TINTINH_SERVICES_CRAWLER_DISCOVER_FEED_TIME_H_
#define TINTINH_SERVICES_CRAWLER_DISCOVER_FEED_TIME_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace tintinh::crawler {

// Reads RFC 822 and 2822 dates, asctime, ISO 8601 (W3C's profile, also with a space for the 'T' and in basic form) and
// the numeric forms of Vietnamese sites ("08/09/2018 (GMT+7)", "15:30 08-09-2018", "8/9/2018 3:30:00 PM", which
// ASP.NET writes month first). All of `text` must be the date. Without a zone a time of day is Vietnam's (UTC+7) and a
// day is its midnight UTC, the same day in both. No value for anything else, and outside the years 1970 to 2199.
std::optional<absl::Time> ParseFeedTime(absl::string_view text);

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_DISCOVER_FEED_TIME_H_

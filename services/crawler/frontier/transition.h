// How a completion changes the records of a URL, its host and its site: rules only, no storage.
#ifndef TINTINH_SERVICES_CRAWLER_FRONTIER_TRANSITION_H_
#define TINTINH_SERVICES_CRAWLER_FRONTIER_TRANSITION_H_

#include <cstdint>
#include <limits>

#include "absl/time/time.h"
#include "services/crawler/frontier/completion.h"
#include "tintinh/disk/v1/crawler.pb.h"

namespace tintinh::crawler {

// Pace and patience. Every pause that follows a failure grows by up to a tenth, by `jitter`, so that hosts which failed
// together do not come back together.
struct Patience {
  uint32_t max_tries = 3;
  absl::Duration first_pause = absl::Minutes(1);  // doubles with every failure in a row
  absl::Duration longest_pause = absl::Hours(24);
  uint32_t failures_that_block = 3;  // errors in a row from one host before all its URLs wait
};

// first_pause·2^(failures-1), at most longest_pause. REQUIRES: failures > 0.
absl::Duration BackOff(uint32_t failures, const Patience& patience);

// Times on disk: microseconds since the epoch, saturating.
inline constexpr int64_t kNever = std::numeric_limits<int64_t>::max();
int64_t ToMicros(absl::Time time);
absl::Time FromMicros(int64_t micros);

// The three records that one completion changes together.
struct Records {
  disk::v1::UrlRecord& url;
  disk::v1::HostRecord& host;
  disk::v1::SiteRecord& site;
};

bool IsArticle(const disk::v1::UrlRecord& url);

// Forgets what an answer was known by, so that the next request asks for the whole of it.
void ForgetAnswer(disk::v1::UrlRecord& url);

struct Moment {
  absl::Time now;
  double jitter = 0;  // 0 to 1
};

// The state after `completion` of a leased URL. Errors count as tries only while the host answers others: an outage of
// the whole host, however long, uses up at most one try of each of the first failures_that_block URLs.
void Complete(const Completion& completion, const Patience& patience, Moment moment, Records records);

// 429 and 503: the host wants fewer requests.
bool AsksForLess(uint32_t http_status);

// False when the URL was given back before anything went over the network.
bool SentRequest(FetchOutcome outcome);
// True when a request for the URL itself went out, not for its robots.txt.
bool AskedForUrl(FetchOutcome outcome);

// The state after the final outcome of a page in the outbox. A page that was a refusal is forgotten: a later 304 or
// equal body must not pass it off as the article.
void Finish(const FinalOutcome& outcome, const Patience& patience, Moment moment, Records records);

// The longer of `delay` and the robots.txt delay, doubled for every refusal that is not forgiven yet, up to a minute.
// Ten answers forgive one.
absl::Duration DelayInForce(absl::Duration delay, const disk::v1::HostRecord& host);

// The earliest next request: the delay in force or the time the last answer took, whichever is longer, after `since`;
// never earlier than the record says already.
void KeepDistance(absl::Time since, absl::Duration delay, absl::Duration took, disk::v1::HostRecord& host);

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_FRONTIER_TRANSITION_H_

// What a leased URL came to, as the frontier needs to know it.
#ifndef TINTINH_SERVICES_CRAWLER_FRONTIER_COMPLETION_H_
#define TINTINH_SERVICES_CRAWLER_FRONTIER_COMPLETION_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/time/time.h"
#include "tintinh/disk/v1/crawler.pb.h"

namespace tintinh::crawler {

enum class FetchOutcome {
  kPageKept,       // a page went to the outbox: its final outcome follows by Frontier::Finish
  kListingRead,    // a feed or sitemap was read
  kNotModified,    // 304, or the body of a listing did not change
  kGone,           // 404, 410
  kRedirected,     // the target is a URL of its own
  kRefused,        // 429, 503: the host wants fewer requests
  kFailed,         // any other error: tried again
  kDropped,        // an answer that will not get better, such as a page of the wrong type
  kRobotsRead,     // the request went to robots.txt instead; the URL waits on
  kRobotsRefused,  // the same, without an answer that decides: the host is left alone for a while
  kDisallowed,     // by robots.txt; no request was sent
  kReturned,       // no request was sent; the URL waits on
  kNotKept,        // a request was sent, and what came of it was lost here: the URL waits on, and it is no failure
};

struct Completion {
  FetchOutcome outcome = FetchOutcome::kReturned;
  uint32_t http_status = 0;                                 // 0: no answer
  absl::Duration took;                                      // from sending the request to the last byte
  std::string server_address;                               // that answered; empty: none did
  std::string reason;                                       // one phrase for operators
  std::string etag;                                         // of the answer, for the next conditional request
  std::string last_modified;                                // likewise
  std::string body_digest;                                  // of a page or listing
  std::optional<absl::Time> archived;                       // of a page kept: its date in the archive
  absl::Duration retry_after;                               // as the answer said, or for kReturned: the host rests
  absl::Duration revisit_after = absl::InfiniteDuration();  // infinite: never again
  std::optional<disk::v1::RhythmRecord> rhythm;             // of a listing, where this visit taught something
  std::optional<uint32_t> rechecks;                         // of an article, where this was one
  // robots.txt was read: whose, what it says about the pace (zero: nothing; none: it did not come), and how long that
  // holds.
  std::string robots_origin;
  std::optional<absl::Duration> crawl_delay;
  absl::Duration robots_valid;
};

// What the normalizer made of a page.
struct FinalOutcome {
  enum class Result { kStored, kUnchanged, kRejected };
  Result result = Result::kUnchanged;
  std::string article_id;
  std::string reason;
  bool blocked = false;  // the page is a refusal: the host is left alone for a while
  absl::Duration revisit_after = absl::InfiniteDuration();
  std::optional<disk::v1::RhythmRecord> rhythm;
  std::optional<uint32_t> rechecks;
  std::optional<disk::v1::PulseRecord> pulse;  // of the site, where the article was news
};

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_FRONTIER_COMPLETION_H_

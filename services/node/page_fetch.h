// One page from the web, by hand: for dry runs of the normalizer.
#ifndef TINTINH_SERVICES_NODE_PAGE_FETCH_H_
#define TINTINH_SERVICES_NODE_PAGE_FETCH_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/time/clock.h"
#include "services/crawler/fetch/exchange.h"
#include "services/crawler/fetch/fetcher.h"
#include "services/crawler/fetch/transfer.h"
#include "tintinh/v1/page.pb.h"

namespace tintinh::node {

// A GET by the crawler's fetcher, with its limits and its guard against addresses that are not public; follows five
// redirects at most. Neither robots.txt nor delays are looked at: the caller is a person, asking once. The page has the
// last URL, whatever the HTTP status. An error is the fetcher's and names the URL (exchange.h), or FAILED_PRECONDITION
// for one redirect too many.
absl::StatusOr<v1::Page> FetchPage(const std::string& url, const crawler::FetcherOptions& options, const Clock& clock);

// One request, waited for; what went wrong is in the result.
crawler::FetchResult FetchOnce(crawler::Fetcher& fetcher, crawler::FetchRequest request);

// What the command line uses: a User-Agent that names the program, the defaults otherwise.
crawler::FetcherOptions ByHandOptions(const std::string& version);

}  // namespace tintinh::node

#endif  // TINTINH_SERVICES_NODE_PAGE_FETCH_H_

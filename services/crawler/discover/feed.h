// Feeds: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, well-formed or not.
#ifndef TINTINH_SERVICES_CRAWLER_DISCOVER_FEED_H_
#define TINTINH_SERVICES_CRAWLER_DISCOVER_FEED_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace tintinh::crawler {

inline constexpr size_t kMaxFeedBytes = 10 * 1024 * 1024;
inline constexpr size_t kMaxFeedItems = 5000;
inline constexpr size_t kMaxTitleBytes = 1024;

struct FeedItem {
  std::string url;                      // absolute, http or https, not normalised; no two items have the same
  std::string title;                    // plain text, empty when the item has none
  std::optional<absl::Time> published;  // when it was published, else when it was changed
};

struct Feed {
  std::vector<FeedItem> items;                  // those with a URL, in the feed's order, at most kMaxFeedItems
  std::optional<absl::Duration> update_period;  // <ttl> or sy:updatePeriod, from a minute to a year
};

// Reads as much of the feed as can be read, in any encoding charset.h knows. InvalidArgument when the bytes are more
// than kMaxFeedBytes or the root element is no feed's; a feed without items is a feed. Pure, thread-safe.
absl::StatusOr<Feed> ParseFeed(absl::string_view xml, absl::string_view base_url);

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_DISCOVER_FEED_H_

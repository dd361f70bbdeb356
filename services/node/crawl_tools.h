// The crawler's rules one question at a time, as JSON: for operators who ask why, and for conformance suites.
#ifndef TINTINH_SERVICES_NODE_CRAWL_TOOLS_H_
#define TINTINH_SERVICES_NODE_CRAWL_TOOLS_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace tintinh::node {

// One JSON object asks, one answers, without line ends; {"error": …} names what the question lacks. Pure, thread-safe.

// {"robots" or "robots_b64", "agent" or "agents", "url"} → {"allowed", "rule"}
std::string AskRobots(absl::string_view question);
// {"url"} → {"normalized"}, null where the URL is refused
std::string AskUrlNormalize(absl::string_view question);
// {"base", "input"} → {"resolved"}, null where the reference leads to no http or https URL
std::string AskUrlResolve(absl::string_view question);
// {"now": Unix seconds, "header"} → {"delay_s"}, null where the header says nothing
std::string AskRetryAfter(absl::string_view question);
// {"address"} or {"url"} → {"blocked"}: by what is written; the name of a host is judged when it is connected to
std::string AskBlocked(absl::string_view question);

// {"urls": [{"loc", "lastmod", "lastmod_ms", "published", "title"}], "sitemaps": […], "truncated"} of a sitemap's
// bytes.
absl::StatusOr<std::string> SitemapAsJson(absl::string_view bytes, absl::string_view base_url);
// {"entries": [{"link", "title", "published", "published_ms"}], "update_period_s"} of a feed's bytes.
absl::StatusOr<std::string> FeedAsJson(absl::string_view bytes, absl::string_view base_url);

}  // namespace tintinh::node

#endif  // TINTINH_SERVICES_NODE_CRAWL_TOOLS_H_

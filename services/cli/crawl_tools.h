// The crawler's rules as functions of text, which the command line is given rather than links.
#ifndef TINTINH_SERVICES_CLI_CRAWL_TOOLS_H_
#define TINTINH_SERVICES_CLI_CRAWL_TOOLS_H_

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace tintinh::cli {

// One JSON object asks, one answers.
using Tool = std::function<std::string(absl::string_view question)>;
// The bytes of a file as one line of JSON.
using FileReader = std::function<absl::StatusOr<std::string>(absl::string_view bytes, absl::string_view base_url)>;

struct CrawlTools {
  Tool robots_check, url_normalize, url_resolve, retry_after, net_blocked;
  FileReader sitemap, feed;
};

}  // namespace tintinh::cli

#endif  // TINTINH_SERVICES_CLI_CRAWL_TOOLS_H_

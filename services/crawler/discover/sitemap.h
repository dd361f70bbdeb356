// Sitemaps (sitemaps.org protocol 0.9) with the news extension, plain or gzip, XML or text.
#ifndef TINTINH_SERVICES_CRAWLER_DISCOVER_SITEMAP_H_
#define TINTINH_SERVICES_CRAWLER_DISCOVER_SITEMAP_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace tintinh::crawler {

// What the protocol allows, before and after expansion.
inline constexpr size_t kMaxSitemapBytes = 50 * 1024 * 1024;
inline constexpr size_t kMaxSitemapUrls = 50'000;

struct SitemapUrl {
  std::string url;                          // absolute, http or https, not normalised
  std::optional<absl::Time> last_modified;  // <lastmod>
  std::optional<absl::Time> published;      // <news:publication_date>
  std::string title;                        // <news:title>, plain text
};

struct Sitemap {
  std::vector<SitemapUrl> urls;      // pages
  std::vector<SitemapUrl> children;  // further sitemaps, of an index
  bool truncated = false;            // there were more than kMaxSitemapUrls; the rest was not read
};

// Reads as much as can be read; no URL occurs twice. A feed is taken for the sitemap it can serve as, and so is text
// with one URL a line. URLs of other sites are kept: whether to trust them is the caller's to judge. InvalidArgument
// for bytes that are neither or more than kMaxSitemapBytes, ResourceExhausted for gzip that expands past it. Pure,
// thread-safe.
absl::StatusOr<Sitemap> ParseSitemap(absl::string_view bytes, absl::string_view base_url);

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_DISCOVER_SITEMAP_H_

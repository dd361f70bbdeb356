#include "services/node/page_fetch.h"

#include <future>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

namespace tintinh::node {
namespace {

constexpr int kMaxRedirects = 5;
constexpr int kMaxHeaders = 100;  // of a tintinh.v1.Page

v1::Page PageOf(const std::string& url, crawler::FetchResult result, absl::Time now) {
  v1::Page page;
  page.set_url(url);
  page.set_http_status(result.http_status);
  for (auto& [name, value] : result.headers) {
    if (page.headers_size() == kMaxHeaders) break;
    v1::HttpHeader& header = *page.add_headers();
    header.set_name(absl::AsciiStrToLower(name));
    header.set_value(std::move(value));
  }
  page.set_body(std::move(result.body));
  page.mutable_fetched()->set_seconds(absl::ToUnixSeconds(now));
  return page;
}

}  // namespace

crawler::FetchResult FetchOnce(crawler::Fetcher& fetcher, crawler::FetchRequest request) {
  std::promise<crawler::FetchResult> arrived;
  fetcher.Fetch(std::move(request), [&arrived](crawler::FetchResult result) { arrived.set_value(std::move(result)); });
  return arrived.get_future().get();
}

absl::StatusOr<v1::Page> FetchPage(const std::string& url, const crawler::FetcherOptions& options, const Clock& clock) {
  crawler::Fetcher fetcher(options, clock);
  std::string at = url;
  for (int redirects = 0; redirects <= kMaxRedirects; ++redirects) {
    crawler::FetchRequest request;
    request.url = at;
    crawler::FetchResult result = FetchOnce(fetcher, std::move(request));
    if (!result.status.ok()) return result.status;
    if (result.redirect_location.empty()) return PageOf(at, std::move(result), clock.Now());
    at = std::move(result.redirect_location);
  }
  return absl::FailedPreconditionError(absl::StrCat(url, ": more than ", kMaxRedirects, " redirects"));
}

crawler::FetcherOptions ByHandOptions(const std::string& version) {
  crawler::FetcherOptions options;
  options.user_agent = absl::StrCat("tintinh/", version, " (by hand)");
  return options;
}

}  // namespace tintinh::node

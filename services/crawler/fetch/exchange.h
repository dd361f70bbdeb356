// What is asked of a server and what came back.
#ifndef TINTINH_SERVICES_CRAWLER_FETCH_EXCHANGE_H_
#define TINTINH_SERVICES_CRAWLER_FETCH_EXCHANGE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace tintinh::crawler {

// A GET; conditional where a validator of an earlier response is set.
struct FetchRequest {
  std::string url;
  std::string etag;           // sent as If-None-Match
  std::string last_modified;  // sent as If-Modified-Since
  size_t max_body_bytes = 0;  // 0: as FetcherOptions says
  bool cut_body = false;      // a longer body ends there, and is no error
  bool verify_certificate = true;
  std::string cookie_jar = {};  // whose cookies are sent and kept, until the process ends; empty: none
};

struct FetchResult {
  // OK: a whole response arrived, whatever its HTTP status. Otherwise, by what the caller can do:
  //   InvalidArgument    the URL or a validator cannot be sent
  //   PermissionDenied   the address is not allowed (address_guard.h)
  //   DeadlineExceeded   slower than the limit; Unavailable: no connection, or it broke: both may be tried again
  //   ResourceExhausted  body, header or queue larger than its limit, which the message names
  //   FailedPrecondition the server's certificate does not prove who it is
  //   DataLoss           the body is not in the encoding it claims
  //   Cancelled          the fetcher went away
  absl::Status status;
  uint32_t http_status = 0;                                  // 0: no response
  std::vector<std::pair<std::string, std::string>> headers;  // in order, names as sent
  std::string body;               // decoded (gzip, br, zstd, deflate); empty unless status is OK
  std::string redirect_location;  // absolute, of a 301, 302, 303, 307 or 308 that leads to http or https
  std::optional<absl::Duration> retry_after;
  absl::Duration took;
  // As on the wire, ending in an empty line. Content-Encoding, Transfer-Encoding and Content-Length in
  // `response_headers` describe the body before it was decoded.
  std::string request_headers, response_headers;
  std::string remote_address;  // "203.0.113.9"

  // The first header of this name, without regard to case; empty when absent.
  absl::string_view Header(absl::string_view name) const;
};

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_FETCH_EXCHANGE_H_

// The HTTP response that a WARC record holds, as its reader should see it.
#ifndef TINTINH_COMMON_WARC_HTTP_MESSAGE_H_
#define TINTINH_COMMON_WARC_HTTP_MESSAGE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace tintinh::warc {

struct HttpResponse {
  // The first header of this name, without regard to case; empty when absent.
  absl::string_view Header(absl::string_view name) const;

  uint32_t status = 0;
  std::vector<std::pair<std::string, std::string>> headers;  // in order
  std::string body;                                          // transfer and content encodings taken off
};

// The status that the block's first line states; nothing where it is no HTTP response's.
std::optional<uint32_t> HttpStatusOf(absl::string_view block);

// The block of a response record (RFC 9112). Archives do not always keep their word: a body that is not chunked though
// its header says so, or not packed, is taken as it stands; one that ends early is taken as far as it goes.
// INVALID_ARGUMENT: no HTTP response. RESOURCE_EXHAUSTED: the body unpacks to more than `max_body_bytes`. UNIMPLEMENTED
// names a content encoding that is none of gzip, deflate and zstd. DATA_LOSS: a packed body is damaged.
absl::StatusOr<HttpResponse> ParseHttpResponse(absl::string_view block, size_t max_body_bytes);

}  // namespace tintinh::warc

#endif  // TINTINH_COMMON_WARC_HTTP_MESSAGE_H_

// Collects the head of a response line by line.
#ifndef TINTINH_SERVICES_CRAWLER_FETCH_RESPONSE_HEAD_H_
#define TINTINH_SERVICES_CRAWLER_FETCH_RESPONSE_HEAD_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace tintinh::crawler {

// Not thread-safe. A status line starts anew, so interim responses (1xx) leave nothing behind but their size.
class ResponseHead {
 public:
  explicit ResponseHead(size_t max_bytes) : max_bytes_(max_bytes) {}

  // `line` with its line end. False, and nothing is kept, once more than `max_bytes` came in all.
  bool Add(absl::string_view line);

  const std::string& raw() const { return raw_; }
  const std::vector<std::pair<std::string, std::string>>& headers() const { return headers_; }

 private:
  size_t max_bytes_;
  size_t bytes_ = 0;
  std::string raw_;
  std::vector<std::pair<std::string, std::string>> headers_;
};

// The first value of `name`, without regard to case; empty when absent.
absl::string_view FindHeader(const std::vector<std::pair<std::string, std::string>>& headers, absl::string_view name);

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_FETCH_RESPONSE_HEAD_H_

// A path pattern of robots.txt (RFC 9309 §2.2.2 and §2.2.3).
#ifndef TINTINH_SERVICES_CRAWLER_ROBOTS_PATTERN_H_
#define TINTINH_SERVICES_CRAWLER_ROBOTS_PATTERN_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace tintinh::crawler {

// A path and query as patterns compare it: escapes of unreserved characters decoded, other escapes in upper case, what
// may not stand in a URL escaped. "%2A" and "%24" become the plain characters, which mean nothing special in a path.
std::string PatternSubject(absl::string_view path_and_query);

// '*' stands for any octets, '$' at the end for the end; "%2A" and "%24" are the characters themselves.
class PathPattern {
 public:
  explicit PathPattern(absl::string_view written);

  // `subject` is a result of PatternSubject. Linear in the sizes of the two.
  bool Matches(absl::string_view subject) const;

  // Octets of the pattern after normalisation; the longest match wins (§2.2.2).
  size_t length() const { return length_; }

 private:
  std::vector<std::string> pieces_;  // what stands between the stars, never empty
  bool ends_ = false;
  size_t length_ = 0;
};

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_ROBOTS_PATTERN_H_

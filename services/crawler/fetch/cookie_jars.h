// Cookies of sites that need them, each site's apart.
#ifndef TINTINH_SERVICES_CRAWLER_FETCH_COOKIE_JARS_H_
#define TINTINH_SERVICES_CRAWLER_FETCH_COOKIE_JARS_H_

#include <curl/curl.h>

#include <cstddef>
#include <memory>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

namespace tintinh::crawler {

// A jar that has been given more is emptied: a server may invent names for ever.
inline constexpr size_t kMaxCookiesSet = 200;

// Used by one thread. Handles that share a jar must be cleaned up before this.
class CookieJars {
 public:
  // From now on the transfer sends and keeps cookies of the jar; an empty name: none.
  void Join(absl::string_view jar, CURL* handle);
  // After its end: it had so many Set-Cookie headers.
  void Count(absl::string_view jar, size_t cookies, CURL* handle);

 private:
  struct Jar {
    std::unique_ptr<CURLSH, decltype(&curl_share_cleanup)> share{nullptr, &curl_share_cleanup};
    size_t set = 0;
  };
  absl::flat_hash_map<std::string, Jar> jars_;
};

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_FETCH_COOKIE_JARS_H_

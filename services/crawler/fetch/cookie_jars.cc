#include "services/crawler/fetch/cookie_jars.h"

namespace tintinh::crawler {

void CookieJars::Join(absl::string_view jar, CURL* handle) {
  if (jar.empty()) return;
  Jar& joined = jars_[jar];
  if (joined.share == nullptr) {
    joined.share.reset(curl_share_init());
    curl_share_setopt(joined.share.get(), CURLSHOPT_SHARE, CURL_LOCK_DATA_COOKIE);
  }
  curl_easy_setopt(handle, CURLOPT_SHARE, joined.share.get());
  // No file: it switches cookies on.
  curl_easy_setopt(handle, CURLOPT_COOKIEFILE, "");
}

void CookieJars::Count(absl::string_view jar, size_t cookies, CURL* handle) {
  const auto found = jars_.find(jar);
  if (found == jars_.end()) return;
  found->second.set += cookies;
  if (found->second.set <= kMaxCookiesSet) return;
  curl_easy_setopt(handle, CURLOPT_COOKIELIST, "ALL");
  found->second.set = 0;
}

}  // namespace tintinh::crawler

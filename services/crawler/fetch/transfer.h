// One request on libcurl, from its options to its result.
#ifndef TINTINH_SERVICES_CRAWLER_FETCH_TRANSFER_H_
#define TINTINH_SERVICES_CRAWLER_FETCH_TRANSFER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "curl/curl.h"
#include "services/crawler/fetch/address_guard.h"
#include "services/crawler/fetch/exchange.h"
#include "services/crawler/fetch/response_head.h"

namespace tintinh::crawler {

struct FetcherOptions {
  std::string user_agent;
  AddressGuard guard;
  uint32_t max_concurrent = 16;
  uint32_t max_queued = 1024;                  // requests waiting for their turn
  absl::Duration timeout = absl::Seconds(30);  // from the start of the transfer to its last byte
  absl::Duration connect_timeout = absl::Seconds(10);
  size_t max_body_bytes = 5 * 1024 * 1024;  // as sent and as decoded
  size_t max_header_bytes = 64 * 1024;      // of all responses, interim ones included
  std::string certificate_authorities;      // a PEM file; empty: the system's
};

// Used by one thread. `options` must outlive it; so must whatever multi handle its `handle()` is added to, until
// removed.
class Transfer {
 public:
  Transfer(FetchRequest request, const FetcherOptions& options);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;
  ~Transfer() = default;

  // InvalidArgument when the request cannot be sent. Call once, first.
  absl::Status Prepare();

  CURL* handle() const { return easy_.get(); }
  const std::string& cookie_jar() const { return request_.cookie_jar; }

  // What came of it. `code` is libcurl's verdict, `now` what dates in the response are compared to. Call once, last.
  FetchResult Finish(CURLcode code, absl::Time now);

 private:
  static size_t OnBody(char* data, size_t size, size_t count, void* self);
  static size_t OnHeader(char* data, size_t size, size_t count, void* self);
  static int OnDebug(CURL* handle, curl_infotype type, char* data, size_t size, void* self);
  static curl_socket_t OnOpenSocket(void* self, curlsocktype purpose, curl_sockaddr* address);

  size_t max_body_bytes() const;
  absl::Status AddRequestHeaders();
  void SetLimits();
  void SetCallbacks();
  absl::Status StatusOf(CURLcode code) const;
  void FillResponse(FetchResult* result, absl::Time now) const;

  const FetchRequest request_;
  const FetcherOptions& options_;
  std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> easy_;
  std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers_;
  ResponseHead head_;
  std::string request_headers_;
  std::string body_;
  std::string refused_address_;
  bool head_too_large_ = false;
  bool body_too_large_ = false;
};

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_FETCH_TRANSFER_H_

#include "services/crawler/fetch/transfer.h"

#include <sys/socket.h>

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "common/url/url.h"
#include "services/crawler/fetch/retry_after.h"

namespace tintinh::crawler {
namespace {

constexpr size_t kMaxValidatorBytes = 1024;

Transfer& TransferOf(void* self) { return *static_cast<Transfer*>(self); }

absl::Status CheckValidator(absl::string_view name, absl::string_view value) {
  const bool control = std::any_of(value.begin(), value.end(),
                                   [](char c) { return absl::ascii_iscntrl(static_cast<unsigned char>(c)); });
  if (!control && value.size() <= kMaxValidatorBytes) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(name, ": ", value.size(), " bytes, limit ", kMaxValidatorBytes, ", no control characters"));
}

bool IsRedirect(long status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

}  // namespace

Transfer::Transfer(FetchRequest request, const FetcherOptions& options)
    : request_(std::move(request)),
      options_(options),
      easy_(curl_easy_init(), &curl_easy_cleanup),
      headers_(nullptr, &curl_slist_free_all),
      head_(options.max_header_bytes) {}

absl::Status Transfer::Prepare() {
  if (easy_ == nullptr) return absl::ResourceExhaustedError("no memory for a transfer");
  RETURN_IF_ERROR(url::Parse(request_.url).status());
  RETURN_IF_ERROR(AddRequestHeaders());
  CURL* easy = handle();
  curl_easy_setopt(easy, CURLOPT_URL, request_.url.c_str());
  curl_easy_setopt(easy, CURLOPT_PRIVATE, this);
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_PROXY, "");
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
  curl_easy_setopt(easy, CURLOPT_USERAGENT, options_.user_agent.c_str());
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers_.get());
  if (!request_.verify_certificate) {
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 0L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 0L);
  }
  if (!options_.certificate_authorities.empty()) {
    curl_easy_setopt(easy, CURLOPT_CAINFO, options_.certificate_authorities.c_str());
  }
  SetLimits();
  SetCallbacks();
  return absl::OkStatus();
}

size_t Transfer::max_body_bytes() const {
  return request_.max_body_bytes > 0 ? request_.max_body_bytes : options_.max_body_bytes;
}

absl::Status Transfer::AddRequestHeaders() {
  RETURN_IF_ERROR(CheckValidator("etag", request_.etag));
  RETURN_IF_ERROR(CheckValidator("last_modified", request_.last_modified));
  std::vector<std::string> lines = {
      "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
      "Accept-Language: vi,en;q=0.5",
  };
  if (!request_.etag.empty()) lines.push_back(absl::StrCat("If-None-Match: ", request_.etag));
  if (!request_.last_modified.empty()) lines.push_back(absl::StrCat("If-Modified-Since: ", request_.last_modified));
  for (const std::string& line : lines) {
    curl_slist* longer = curl_slist_append(headers_.get(), line.c_str());
    if (longer == nullptr) return absl::ResourceExhaustedError("no memory for a transfer");
    // Appending returns the list's own head again, which must not be freed here.
    static_cast<void>(headers_.release());
    headers_.reset(longer);
  }
  return absl::OkStatus();
}

void Transfer::SetLimits() {
  CURL* easy = handle();
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(absl::ToInt64Milliseconds(options_.timeout)));
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
                   static_cast<long>(absl::ToInt64Milliseconds(options_.connect_timeout)));
  if (!request_.cut_body) {
    curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(max_body_bytes()));
  }
}

void Transfer::SetCallbacks() {
  CURL* easy = handle();
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Transfer::OnBody);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &Transfer::OnHeader);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
  // The debug callback is the only way to the request as it was sent.
  curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);
  curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, &Transfer::OnDebug);
  curl_easy_setopt(easy, CURLOPT_DEBUGDATA, this);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &Transfer::OnOpenSocket);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
}

size_t Transfer::OnBody(char* data, size_t size, size_t count, void* self) {
  Transfer& transfer = TransferOf(self);
  const size_t bytes = size * count;
  const size_t room = transfer.max_body_bytes() - transfer.body_.size();
  if (bytes > room) {
    transfer.body_too_large_ = true;
    if (transfer.request_.cut_body) transfer.body_.append(data, room);
    return 0;
  }
  transfer.body_.append(data, bytes);
  return bytes;
}

size_t Transfer::OnHeader(char* data, size_t size, size_t count, void* self) {
  Transfer& transfer = TransferOf(self);
  if (transfer.head_.Add(absl::string_view(data, size * count))) return size * count;
  transfer.head_too_large_ = true;
  return 0;
}

int Transfer::OnDebug(CURL*, curl_infotype type, char* data, size_t size, void* self) {
  if (type == CURLINFO_HEADER_OUT) TransferOf(self).request_headers_.append(data, size);
  return 0;
}

curl_socket_t Transfer::OnOpenSocket(void* self, curlsocktype, curl_sockaddr* address) {
  Transfer& transfer = TransferOf(self);
  const auto ip = AddressOf(address->addr);
  if (!ip || !transfer.options_.guard.Allows(*ip)) {
    transfer.refused_address_ = ip ? ToString(*ip) : "of another family than IP";
    return CURL_SOCKET_BAD;
  }
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

absl::Status Transfer::StatusOf(CURLcode code) const {
  const std::string what = absl::StrCat("fetch ", request_.url, ": ");
  if (code == CURLE_OK || (body_too_large_ && request_.cut_body)) return absl::OkStatus();
  if (body_too_large_ || code == CURLE_FILESIZE_EXCEEDED) {
    return absl::ResourceExhaustedError(absl::StrCat(what, "body of more than ", max_body_bytes(), " bytes"));
  }
  if (head_too_large_) {
    return absl::ResourceExhaustedError(
        absl::StrCat(what, "header of more than ", options_.max_header_bytes, " bytes"));
  }
  if (!refused_address_.empty() && code == CURLE_COULDNT_CONNECT) {
    return absl::PermissionDeniedError(absl::StrCat(what, "address ", refused_address_, " is not public"));
  }
  const std::string message = absl::StrCat(what, curl_easy_strerror(code));
  switch (code) {
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
      return absl::InvalidArgumentError(message);
    case CURLE_OPERATION_TIMEDOUT:
      return absl::DeadlineExceededError(message);
    case CURLE_PEER_FAILED_VERIFICATION:
      return absl::FailedPreconditionError(message);
    case CURLE_BAD_CONTENT_ENCODING:
      return absl::DataLossError(message);
    case CURLE_OUT_OF_MEMORY:
      return absl::ResourceExhaustedError(message);
    default:
      return absl::UnavailableError(message);
  }
}

void Transfer::FillResponse(FetchResult* result, absl::Time now) const {
  long http_status = 0;
  curl_easy_getinfo(handle(), CURLINFO_RESPONSE_CODE, &http_status);
  result->http_status = static_cast<uint32_t>(http_status);
  curl_off_t microseconds = 0;
  curl_easy_getinfo(handle(), CURLINFO_TOTAL_TIME_T, &microseconds);
  result->took = absl::Microseconds(microseconds);
  char* address = nullptr;
  curl_easy_getinfo(handle(), CURLINFO_PRIMARY_IP, &address);
  if (address != nullptr) result->remote_address = address;
  result->retry_after = ParseRetryAfter(result->Header("Retry-After"), now);
  const absl::string_view location = result->Header("Location");
  if (!IsRedirect(http_status) || location.empty()) return;
  const auto resolved = url::Resolve(request_.url, location);
  if (resolved.ok()) result->redirect_location = *resolved;
}

FetchResult Transfer::Finish(CURLcode code, absl::Time now) {
  FetchResult result;
  result.status = StatusOf(code);
  result.headers = head_.headers();
  result.response_headers = head_.raw();
  result.request_headers = std::move(request_headers_);
  if (result.status.ok()) result.body = std::move(body_);
  FillResponse(&result, now);
  return result;
}

}  // namespace tintinh::crawler

#include "common/url/host.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "common/url/percent.h"
#include "curl/curl.h"
#include "unicode/uidna.h"

namespace tintinh::url {
namespace {

// RFC 1035 §2.3.4.
constexpr size_t kMaxHostBytes = 253;
constexpr size_t kMaxLabelBytes = 63;

bool IsAscii(absl::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return absl::ascii_isascii(static_cast<unsigned char>(c)); });
}

bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }

absl::Status BadHost(absl::string_view host, absl::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat("host \"", absl::CHexEscape(host), "\": ", why));
}

absl::StatusOr<std::string> ToAsciiName(absl::string_view utf8) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UIDNA, decltype(&uidna_close)> idna(
      uidna_openUTS46(UIDNA_CHECK_BIDI | UIDNA_NONTRANSITIONAL_TO_ASCII, &error), &uidna_close);
  if (U_FAILURE(error)) return absl::InternalError("the IDNA tables cannot be opened");
  std::array<char, kMaxHostBytes + 1> out{};
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  const int32_t size = uidna_nameToASCII_UTF8(idna.get(), utf8.data(), static_cast<int32_t>(utf8.size()), out.data(),
                                              static_cast<int32_t>(out.size()), &info, &error);
  if (U_FAILURE(error) || info.errors != 0) return BadHost(utf8, "not an international domain name");
  return std::string(out.data(), static_cast<size_t>(size));
}

absl::Status CheckLabels(absl::string_view host) {
  if (host.size() > kMaxHostBytes) return BadHost(host, absl::StrCat("more than ", kMaxHostBytes, " bytes"));
  size_t begin = 0;
  while (begin <= host.size()) {
    const size_t end = std::min(host.find('.', begin), host.size());
    if (end == begin) return BadHost(host, "an empty label");
    if (end - begin > kMaxLabelBytes)
      return BadHost(host, absl::StrCat("a label of more than ", kMaxLabelBytes, " bytes"));
    begin = end + 1;
  }
  return absl::OkStatus();
}

bool EndsInNumber(absl::string_view host) {
  const size_t dot = host.rfind('.');
  const absl::string_view last = dot == absl::string_view::npos ? host : host.substr(dot + 1);
  if (std::all_of(last.begin(), last.end(), IsDigit)) return true;
  return absl::StartsWith(last, "0x") && std::all_of(last.begin() + 2, last.end(), [](char c) {
           return absl::ascii_isxdigit(static_cast<unsigned char>(c));
         });
}

bool IsIpv4(absl::string_view host) {
  in_addr address{};
  return inet_pton(AF_INET, std::string(host).c_str(), &address) == 1;
}

absl::StatusOr<std::string> ThroughCurl(absl::string_view host) {
  const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> handle(curl_url(), &curl_url_cleanup);
  if (handle == nullptr) return absl::ResourceExhaustedError("no memory for a URL");
  const std::string url = absl::StrCat("http://", host, "/");
  char* part = nullptr;
  if (curl_url_set(handle.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK ||
      curl_url_get(handle.get(), CURLUPART_HOST, &part, 0) != CURLUE_OK) {
    return BadHost(host, "neither a name nor an address");
  }
  std::string out(part);
  curl_free(part);
  return absl::AsciiStrToLower(out);
}

}  // namespace

absl::StatusOr<std::string> CanonicalHost(absl::string_view host) {
  if (absl::StartsWith(host, "[")) {
    if (absl::StrContains(host, '%')) return BadHost(host, "zone identifiers mean nothing to other machines");
    return ThroughCurl(host);
  }
  std::string name = absl::AsciiStrToLower(DecodeEscapes(host));
  if (absl::StrContains(name, '[')) return BadHost(host, "an escaped bracket");
  if (!IsAscii(name) || absl::StrContains(name, "xn--")) {
    ASSIGN_OR_RETURN(name, ToAsciiName(name));
  }
  if (absl::EndsWith(name, ".")) name.pop_back();
  RETURN_IF_ERROR(CheckLabels(name));
  ASSIGN_OR_RETURN(std::string canonical, ThroughCurl(name));
  if (EndsInNumber(canonical) && !IsIpv4(canonical)) return BadHost(host, "a number that is no IPv4 address");
  // A name that libcurl reads as more than a host ("a@b") would come back shorter.
  if (canonical != name && !IsIpv4(canonical)) return BadHost(host, "neither a name nor an address");
  return canonical;
}

bool IsAddress(absl::string_view canonical_host) {
  return absl::StartsWith(canonical_host, "[") || IsIpv4(canonical_host);
}

}  // namespace tintinh::url

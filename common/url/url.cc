#include "common/url/url.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/status/status_macros.h"
#include "common/url/host.h"
#include "common/url/percent.h"
#include "common/url/reference.h"
#include "libpsl.h"

namespace tintinh::url {
namespace {

// Parameters that say where a click came from or who is clicking, never which page is meant.
constexpr std::array<absl::string_view, 23> kTrackers = {
    "_ga",    "_gl",    "dclid",  "fbclid", "fb_action_ids", "gbraid",     "gclid",     "gclsrc",
    "gidzl",  "igshid", "mc_cid", "mc_eid", "mibextid",      "msclkid",    "srsltid",   "ttclid",
    "twclid", "wbraid", "yclid",  "zarsrc", "zclid",         "jsessionid", "phpsessid",
};
constexpr std::array<absl::string_view, 3> kTrackerPrefixes = {"utm_", "aspsessionid", "hsa_"};

absl::Status CheckSize(absl::string_view url) {
  if (url.size() <= kMaxUrlBytes) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("url: ", url.size(), " bytes, limit ", kMaxUrlBytes));
}

bool IsControl(char c) { return absl::ascii_iscntrl(static_cast<unsigned char>(c)); }

absl::StatusOr<absl::string_view> Clean(absl::string_view url) {
  url = absl::StripAsciiWhitespace(url);
  RETURN_IF_ERROR(CheckSize(url));
  const auto control = std::find_if(url.begin(), url.end(), IsControl);
  if (control == url.end()) return url;
  return absl::InvalidArgumentError(
      absl::StrCat("url: control character at byte ", control - url.begin(), ", none may stand in a URL"));
}

uint16_t DefaultPort(absl::string_view scheme) { return scheme == "https" ? 443 : 80; }

absl::StatusOr<uint16_t> ParsePort(absl::string_view digits, absl::string_view scheme) {
  if (digits.empty()) return DefaultPort(scheme);
  uint32_t port = 0;
  const bool number = std::all_of(digits.begin(), digits.end(),
                                  [](char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); });
  if (!number || !absl::SimpleAtoi(digits, &port) || port > 65535) {
    return absl::InvalidArgumentError("url: port is no number from 0 to 65535");
  }
  return static_cast<uint16_t>(port);
}

// Splits "user:password@host:port" and drops the first half.
absl::Status ParseAuthority(absl::string_view authority, Parts* parts) {
  const size_t at = authority.rfind('@');
  if (at != absl::string_view::npos) authority.remove_prefix(at + 1);
  size_t colon = authority.rfind(':');
  const size_t bracket = authority.rfind(']');
  if (colon != absl::string_view::npos && bracket != absl::string_view::npos && colon < bracket) {
    colon = absl::string_view::npos;
  }
  const absl::string_view digits = colon == absl::string_view::npos ? "" : authority.substr(colon + 1);
  ASSIGN_OR_RETURN(parts->host, CanonicalHost(authority.substr(0, colon)));
  ASSIGN_OR_RETURN(parts->port, ParsePort(digits, parts->scheme));
  return absl::OkStatus();
}

absl::StatusOr<Parts> ToParts(const Reference& reference) {
  Parts parts;
  parts.scheme = reference.scheme.value_or("");
  if (parts.scheme != "http" && parts.scheme != "https") {
    return absl::InvalidArgumentError(parts.scheme.empty()
                                          ? "url: not absolute"
                                          : absl::StrCat("url: scheme ", parts.scheme, " is not http or https"));
  }
  RETURN_IF_ERROR(ParseAuthority(reference.authority.value_or(""), &parts));
  parts.path = reference.path.empty() ? "/" : reference.path;
  parts.query = reference.query.value_or("");
  return parts;
}

absl::StatusOr<std::string> Compose(const Parts& parts) {
  std::string out = absl::StrCat(parts.scheme, "://", parts.host);
  if (parts.port != DefaultPort(parts.scheme)) absl::StrAppend(&out, ":", parts.port);
  absl::StrAppend(&out, parts.path);
  if (!parts.query.empty()) absl::StrAppend(&out, "?", parts.query);
  RETURN_IF_ERROR(CheckSize(out));
  return out;
}

bool IsTracker(absl::string_view name) {
  const std::string lower = absl::AsciiStrToLower(name);
  if (std::find(kTrackers.begin(), kTrackers.end(), lower) != kTrackers.end()) return true;
  return std::any_of(kTrackerPrefixes.begin(), kTrackerPrefixes.end(),
                     [&](absl::string_view prefix) { return absl::StartsWith(lower, prefix); });
}

absl::string_view NameOf(absl::string_view parameter) { return parameter.substr(0, parameter.find('=')); }

std::string NormalizeQuery(absl::string_view query) {
  const std::string escaped = NormalizeEscapes(query);
  std::vector<absl::string_view> parameters = absl::StrSplit(escaped, '&', absl::SkipEmpty());
  parameters.erase(std::remove_if(parameters.begin(), parameters.end(),
                                  [](absl::string_view parameter) { return IsTracker(NameOf(parameter)); }),
                   parameters.end());
  // Stable: repeated parameters keep their order, which servers do heed.
  std::stable_sort(parameters.begin(), parameters.end(),
                   [](absl::string_view a, absl::string_view b) { return NameOf(a) < NameOf(b); });
  for (absl::string_view& parameter : parameters) {
    if (NameOf(parameter).size() + 1 == parameter.size()) parameter.remove_suffix(1);
  }
  parameters.erase(std::remove(parameters.begin(), parameters.end(), ""), parameters.end());
  return absl::StrJoin(parameters, "&");
}

bool EndsInScheme(absl::string_view path) {
  return absl::EndsWithIgnoreCase(path, "http:") || absl::EndsWithIgnoreCase(path, "https:");
}

std::string MergeSlashes(absl::string_view path) {
  std::string out;
  for (const char c : path) {
    const bool repeated = c == '/' && absl::EndsWith(out, "/");
    if (repeated && !EndsInScheme(absl::string_view(out).substr(0, out.size() - 1))) continue;
    out.push_back(c);
  }
  return out;
}

std::string NormalizePath(absl::string_view path) {
  const size_t session = absl::AsciiStrToLower(path).find(";jsessionid=");
  std::string out = RemoveDotSegments(MergeSlashes(NormalizeEscapes(path.substr(0, session))));
  return out.empty() ? "/" : out;
}

}  // namespace

absl::StatusOr<Parts> Parse(absl::string_view url) {
  ASSIGN_OR_RETURN(const absl::string_view clean, Clean(url));
  return ToParts(SplitReference(clean));
}

absl::StatusOr<std::string> Normalize(absl::string_view url) {
  ASSIGN_OR_RETURN(Parts parts, Parse(url));
  parts.path = NormalizePath(parts.path);
  parts.query = NormalizeQuery(parts.query);
  return Compose(parts);
}

absl::StatusOr<std::string> Resolve(absl::string_view base, absl::string_view reference) {
  ASSIGN_OR_RETURN(const absl::string_view clean_base, Clean(base));
  ASSIGN_OR_RETURN(const absl::string_view clean, Clean(reference));
  const Reference split_base = SplitReference(clean_base);
  RETURN_IF_ERROR(ToParts(split_base).status());
  ASSIGN_OR_RETURN(Parts parts, ToParts(ResolveReference(split_base, clean)));
  parts.path = EscapeForbidden(parts.path);
  parts.query = EscapeForbidden(parts.query);
  return Compose(parts);
}

std::string RegistrableDomain(absl::string_view host) {
  std::string lower = absl::AsciiStrToLower(host);
  if (lower.size() > kMaxUrlBytes || IsAddress(lower)) return lower;
  const char* domain = psl_registrable_domain(psl_builtin(), lower.c_str());
  return domain == nullptr ? lower : std::string(domain);
}

}  // namespace tintinh::url

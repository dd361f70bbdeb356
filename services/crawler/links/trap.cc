#include "services/crawler/links/trap.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "common/url/url.h"

namespace tintinh::crawler {
namespace {

using Names = absl::flat_hash_set<absl::string_view>;

constexpr size_t kMaxSegments = 12;
constexpr size_t kMaxParameters = 8;
constexpr size_t kMaxRepeats = 2;  // of one segment; a section may bear the name of its province

const Names& LoginNames() {
  static const auto* const kNames =
      new Names({"login",    "log-in",   "signin",    "sign-in",   "dang-nhap",  "dangnhap",      "logout",
                 "log-out",  "signout",  "dang-xuat", "dangxuat",  "register",   "signup",        "sign-up",
                 "dang-ky",  "dangky",   "oauth",     "oauth2",    "sso",        "quen-mat-khau", "forgot-password",
                 "wp-login", "wp-admin", "account",   "tai-khoan", "my-account", "thanh-vien"});
  return *kNames;
}

const Names& AdvertisementNames() {
  static const auto* const kNames = new Names({"ads", "adserver", "adclick", "ad-click", "adredirect", "banner-click",
                                               "bannerclick", "clickads", "click-ads", "quangcao", "quang-cao"});
  return *kNames;
}

const Names& CalendarNames() {
  static const auto* const kNames =
      new Names({"calendar", "lich", "lich-van-nien", "lich-cong-tac", "lich-lam-viec", "lich-phat-song"});
  return *kNames;
}

const Names& ActionParameters() {
  static const auto* const kNames =
      new Names({"print", "replytocom", "add-to-cart", "share", "sort", "orderby", "view_mode"});
  return *kNames;
}

const Names& ReturnParameters() {
  static const auto* const kNames = new Names(
      {"returnurl", "return_url", "return_to", "redirect", "redirect_to", "redirect_uri", "backurl", "continue"});
  return *kNames;
}

struct Address {
  std::vector<std::string> segments;  // lower case
  std::vector<std::pair<std::string, std::string>> parameters;
};

Address Read(const url::Parts& parts) {
  Address address;
  const std::string path = absl::AsciiStrToLower(parts.path);
  address.segments = absl::StrSplit(path, '/', absl::SkipEmpty());
  const std::string query = absl::AsciiStrToLower(parts.query);
  for (const absl::string_view parameter : absl::StrSplit(query, '&', absl::SkipEmpty())) {
    const std::pair<absl::string_view, absl::string_view> halves = absl::StrSplit(parameter, absl::MaxSplits('=', 1));
    address.parameters.emplace_back(halves.first, halves.second);
  }
  return address;
}

// "dang-nhap.html" is named as "dang-nhap" is.
absl::string_view WithoutSuffix(absl::string_view segment) { return segment.substr(0, segment.find('.')); }

bool HasSegment(const Address& address, const Names& names) {
  return std::any_of(address.segments.begin(), address.segments.end(),
                     [&](const std::string& segment) { return names.contains(WithoutSuffix(segment)); });
}

bool HasParameter(const Address& address, const Names& names) {
  return std::any_of(address.parameters.begin(), address.parameters.end(),
                     [&](const auto& parameter) { return names.contains(parameter.first); });
}

bool IsNumber(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isdigit(static_cast<unsigned char>(c)) || c == '-' || c == '.';
  });
}

// One page for every day or month there ever was or will be.
bool IsCalendar(const Address& address) {
  const auto named = std::find_if(address.segments.begin(), address.segments.end(), [](const std::string& segment) {
    return CalendarNames().contains(WithoutSuffix(segment));
  });
  if (named == address.segments.end()) return false;
  const bool numbered = std::any_of(named + 1, address.segments.end(),
                                    [](const std::string& segment) { return IsNumber(WithoutSuffix(segment)); });
  static const auto* const kParameters =
      new Names({"date", "day", "week", "month", "year", "ngay", "tuan", "thang", "nam"});
  return numbered || HasParameter(address, *kParameters);
}

bool RepeatsItself(const Address& address) {
  absl::flat_hash_map<absl::string_view, size_t> times;
  return std::any_of(address.segments.begin(), address.segments.end(),
                     [&](const std::string& segment) { return ++times[segment] > kMaxRepeats && !IsNumber(segment); });
}

bool NamesAnotherAddress(const Address& address) {
  return std::any_of(address.parameters.begin(), address.parameters.end(), [](const auto& parameter) {
    return absl::StartsWith(parameter.second, "http:") || absl::StartsWith(parameter.second, "https:") ||
           absl::StartsWith(parameter.second, "http%3a") || absl::StartsWith(parameter.second, "https%3a");
  });
}

}  // namespace

std::optional<absl::string_view> TrapOf(absl::string_view url) {
  const absl::StatusOr<url::Parts> parts = url::Parse(url);
  if (!parts.ok()) return std::nullopt;
  const Address address = Read(*parts);
  if (HasSegment(address, LoginNames()) || HasParameter(address, ReturnParameters())) return "login";
  if (HasSegment(address, AdvertisementNames())) return "advertisement";
  if (HasParameter(address, ActionParameters())) return "action";
  if (IsCalendar(address)) return "calendar";
  if (RepeatsItself(address)) return "repeated path";
  if (address.segments.size() > kMaxSegments) return "deep path";
  if (address.parameters.size() > kMaxParameters) return "many parameters";
  if (NamesAnotherAddress(address)) return "leads elsewhere";
  return std::nullopt;
}

}  // namespace tintinh::crawler

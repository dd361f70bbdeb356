#include "services/web/api/search_params.h"

#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/status/status_macros.h"
#include "common/text/utf8.h"
#include "common/time/clock.h"
#include "google/protobuf/repeated_field.h"
#include "google/protobuf/timestamp.pb.h"

namespace tintinh::web {
namespace {

constexpr absl::string_view kSingle[] = {"q",    "page_token",  "page_size", "snippet_bytes",
                                         "sort", "exact_total", "from",      "to"};
constexpr absl::string_view kRepeated[] = {"province", "site", "district", "section", "language", "document"};

absl::Status Refuse(absl::string_view name, absl::string_view value, absl::string_view expected) {
  return absl::InvalidArgumentError(absl::StrCat(name, ": \"", text::RepairUtf8(value), "\" is not ", expected));
}

absl::Status CheckCounts(const Params& params) {
  if (params.size() > kMaxParams) {
    return absl::InvalidArgumentError(
        absl::StrCat("URL: ", params.size(), " parameters, at most ", kMaxParams, " are allowed"));
  }
  for (const absl::string_view name : kSingle) {
    const size_t count = params.count(std::string(name));
    if (count > 1) return absl::InvalidArgumentError(absl::StrCat(name, ": given ", count, " times, at most once"));
  }
  return absl::OkStatus();
}

absl::StatusOr<uint32_t> ReadNumber(const Params& params, const std::string& name) {
  const absl::string_view text = Param(params, name);
  uint32_t number = 0;
  if (text.empty() || absl::SimpleAtoi(text, &number)) return number;
  return Refuse(name, text, "a number from 0 to 4294967295");
}

absl::StatusOr<v1::SortOrder> ReadSort(const Params& params) {
  const absl::string_view text = Param(params, "sort");
  if (text.empty()) return v1::SORT_ORDER_UNSPECIFIED;
  if (text == "relevance") return v1::SORT_ORDER_RELEVANCE;
  if (text == "newest") return v1::SORT_ORDER_NEWEST;
  if (text == "oldest") return v1::SORT_ORDER_OLDEST;
  return Refuse("sort", text, "relevance, newest or oldest");
}

absl::StatusOr<bool> ReadExactTotal(const Params& params) {
  const absl::string_view text = Param(params, "exact_total");
  if (text.empty() || text == "false") return false;
  if (text == "true") return true;
  return Refuse("exact_total", text, "true or false");
}

absl::StatusOr<absl::CivilDay> ReadDay(absl::string_view name, absl::string_view text) {
  absl::CivilDay day;
  const std::string copy(text);
  if (text.size() == 10 && absl::ascii_isdigit(static_cast<unsigned char>(text[0])) &&
      absl::ParseCivilTime(copy, &day) && day.year() >= 1) {
    return day;
  }
  return Refuse(name, text, "a day such as 2021-09-30");
}

void SetDayBegin(const absl::CivilDay& day, google::protobuf::Timestamp& timestamp) {
  timestamp.set_seconds(absl::ToUnixSeconds(absl::FromCivil(day, VietnamTimeZone())));
}

absl::Status ReadSpan(const Params& params, v1::Filter& filter) {
  const absl::string_view from = Param(params, "from");
  const absl::string_view to = Param(params, "to");
  if (!from.empty()) {
    ASSIGN_OR_RETURN(const absl::CivilDay day, ReadDay("from", from));
    SetDayBegin(day, *filter.mutable_published_from());
  }
  if (!to.empty()) {
    ASSIGN_OR_RETURN(const absl::CivilDay day, ReadDay("to", to));
    SetDayBegin(day + 1, *filter.mutable_published_before());
  }
  return absl::OkStatus();
}

void ReadValues(const Params& params, const char* name, google::protobuf::RepeatedPtrField<std::string>& values) {
  const auto [begin, end] = params.equal_range(name);
  for (auto it = begin; it != end; ++it) {
    if (!it->second.empty()) *values.Add() = text::RepairUtf8(it->second);
  }
}

// RFC 3986 §2.3: everything but unreserved characters.
std::string PercentEncode(absl::string_view text) {
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (absl::ascii_isalnum(byte) || c == '-' || c == '_' || c == '.' || c == '~') {
      encoded.push_back(c);
    } else {
      absl::StrAppend(&encoded, "%", absl::AsciiStrToUpper(absl::StrCat(absl::Hex(byte, absl::kZeroPad2))));
    }
  }
  return encoded;
}

void AppendParam(absl::string_view name, absl::string_view value, std::string& url) {
  if (value.empty()) return;
  absl::StrAppend(&url, url.find('?') == std::string::npos ? "?" : "&", name, "=", PercentEncode(value));
}

}  // namespace

absl::string_view Param(const Params& params, const std::string& name) {
  const auto it = params.find(name);
  return it == params.end() ? absl::string_view() : absl::string_view(it->second);
}

absl::StatusOr<v1::SearchRequest> ReadSearchParams(const Params& params) {
  RETURN_IF_ERROR(CheckCounts(params));
  v1::SearchRequest request;
  request.set_query(text::RepairUtf8(Param(params, "q")));
  request.set_page_token(text::RepairUtf8(Param(params, "page_token")));
  ASSIGN_OR_RETURN(const uint32_t page_size, ReadNumber(params, "page_size"));
  request.set_page_size(page_size);
  ASSIGN_OR_RETURN(const uint32_t snippet_bytes, ReadNumber(params, "snippet_bytes"));
  request.set_snippet_bytes(snippet_bytes);
  ASSIGN_OR_RETURN(const v1::SortOrder sort, ReadSort(params));
  request.set_sort(sort);
  ASSIGN_OR_RETURN(const bool exact_total, ReadExactTotal(params));
  request.set_exact_total(exact_total);
  v1::Filter& filter = *request.mutable_filter();
  RETURN_IF_ERROR(ReadSpan(params, filter));
  ReadValues(params, "province", *filter.mutable_provinces());
  ReadValues(params, "site", *filter.mutable_sites());
  ReadValues(params, "district", *filter.mutable_districts());
  ReadValues(params, "section", *filter.mutable_sections());
  ReadValues(params, "language", *filter.mutable_languages());
  ReadValues(params, "document", *filter.mutable_documents());
  return request;
}

bool AsksNothing(const v1::SearchRequest& request) {
  return absl::StripAsciiWhitespace(request.query()).empty() && request.filter().ByteSizeLong() == 0;
}

std::string SearchUrl(const Params& params, absl::string_view page_token) {
  std::string url = "/search";
  for (const absl::string_view name : kSingle) {
    if (name != "page_token") AppendParam(name, Param(params, std::string(name)), url);
  }
  for (const absl::string_view name : kRepeated) {
    const auto [begin, end] = params.equal_range(std::string(name));
    for (auto it = begin; it != end; ++it) AppendParam(name, it->second, url);
  }
  AppendParam("page_token", page_token, url);
  return url;
}

}  // namespace tintinh::web

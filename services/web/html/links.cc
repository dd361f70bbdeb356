#include "services/web/html/links.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace tintinh::web {
namespace {

constexpr absl::string_view kSearchPath = "/search";

bool IsEnglish(const Params& params) { return Param(params, "lang") == "en"; }

// An address of which every value is encoded already.
std::string InLanguage(std::string url, const Params& params) {
  if (IsEnglish(params)) absl::StrAppend(&url, absl::StrContains(url, '?') ? "&" : "?", "lang=en");
  return url;
}

}  // namespace

std::string SearchLink(const Params& params, absl::string_view page_token) {
  return InLanguage(SearchUrl(params, page_token), params);
}

std::string SearchWith(Params params, const std::string& name, absl::string_view value) {
  params.erase(name);
  if (!value.empty()) params.emplace(name, value);
  return SearchLink(params);
}

std::string SearchWithout(Params params, const std::string& name, absl::string_view value) {
  auto [it, end] = params.equal_range(name);
  while (it != end) it = it->second == value ? params.erase(it) : std::next(it);
  return SearchLink(params);
}

std::string SearchWithout(Params params, const std::string& name) {
  params.erase(name);
  return SearchLink(params);
}

std::string SearchFor(const Params& params, const std::string& name, absl::string_view value) {
  Params only{{name, std::string(value)}};
  if (IsEnglish(params)) only.emplace("lang", "en");
  return SearchLink(only);
}

std::string ArticleLink(const Params& params, absl::string_view article_id) {
  const std::string search = SearchLink(params);
  std::string url = absl::StrCat("/article?id=", article_id);
  if (search.size() > kSearchPath.size()) absl::StrAppend(&url, "&", search.substr(kSearchPath.size() + 1));
  return url;
}

std::string HomeLink(const Params& params) { return InLanguage("/", params); }

std::string OperatorLink(const Params& params) { return InLanguage("/operator", params); }

Params InOtherLanguage(Params params) {
  const bool english = IsEnglish(params);
  params.erase("lang");
  if (!english) params.emplace("lang", "en");
  return params;
}

bool HasParam(const Params& params, const std::string& name, absl::string_view value) {
  const auto [begin, end] = params.equal_range(name);
  return std::any_of(begin, end, [value](const auto& param) { return param.second == value; });
}

bool IsSearch(const Params& params) {
  Params conditions = params;
  for (const char* name : {"sort", "page_size", "snippet_bytes", "exact_total"}) conditions.erase(name);
  return SearchUrl(conditions, "") != kSearchPath;
}

}  // namespace tintinh::web

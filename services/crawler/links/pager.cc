#include "services/crawler/links/pager.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "re2/re2.h"

namespace tintinh::crawler {
namespace {

// Six digits are an article's number, not a page's.
const RE2& InParameter() {
  static const auto* const kPattern = new RE2(R"(^(.*[?&])(?:page|p|trang|paged|pageindex)=(\d{1,5})(&.*)?$)");
  return *kPattern;
}

const RE2& InPath() {
  static const auto* const kPattern =
      new RE2(R"(^(https?://[^?]*?)[/-](?:trang[/-]?|page[/-]?|p)(\d{1,5})(/?|\.[a-z]{2,5})(\?.*)?$)");
  return *kPattern;
}

// "/thoi-su.html" and "/thoi-su/" are what "/thoi-su/trang-2.html" is a page of.
std::string WithoutEnding(absl::string_view path) {
  absl::ConsumeSuffix(&path, "/");
  const size_t slash = path.rfind('/');
  const size_t dot = path.rfind('.');
  // Not the dot of the host.
  const bool has_suffix = dot != absl::string_view::npos && dot > slash && slash > sizeof("https:/");
  return std::string(has_suffix ? path.substr(0, dot) : path);
}

std::string SectionOf(absl::string_view path, absl::string_view query) {
  return absl::StrCat(WithoutEnding(path), query.size() > 1 ? query : "");
}

std::string SectionOf(absl::string_view url) {
  const size_t question = std::min(url.find('?'), url.size());
  return SectionOf(url.substr(0, question), url.substr(question));
}

}  // namespace

SectionPage ReadPageNumber(absl::string_view canonical_url) {
  const re2::StringPiece url(canonical_url.data(), canonical_url.size());
  std::string before;
  std::string after;
  std::string query;
  uint32_t number = 0;
  if (RE2::FullMatch(url, InParameter(), &before, &number, &after)) {
    absl::string_view rest = after;
    absl::ConsumePrefix(&rest, "&");
    std::string others = absl::StrCat(before, rest);
    while (absl::EndsWith(others, "?") || absl::EndsWith(others, "&")) others.pop_back();
    return {SectionOf(others), number};
  }
  if (RE2::FullMatch(url, InPath(), &before, &number, &after, &query)) {
    return {SectionOf(before, query), number};
  }
  return {SectionOf(canonical_url), 1};
}

std::string NextPage(absl::string_view canonical_url, const std::vector<std::string>& canonical_links) {
  const SectionPage page = ReadPageNumber(canonical_url);
  std::string next;
  uint32_t lowest = 0;
  for (const std::string& link : canonical_links) {
    const SectionPage other = ReadPageNumber(link);
    if (other.number <= page.number || other.section != page.section) continue;
    if (!next.empty() && other.number >= lowest) continue;
    next = link;
    lowest = other.number;
  }
  return next;
}

}  // namespace tintinh::crawler

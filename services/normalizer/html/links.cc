#include "services/normalizer/html/links.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "common/url/url.h"

namespace tintinh::normalizer::html {
namespace {

constexpr size_t kMaxHrefsRead = 20'000;
constexpr size_t kStoryTextBytes = 40;

constexpr std::array<absl::string_view, 34> kStorylessSections = {"video",
                                                                  "videos",
                                                                  "podcast",
                                                                  "podcasts",
                                                                  "short-video",
                                                                  "multimedia",
                                                                  "emagazine",
                                                                  "infographic",
                                                                  "infographics",
                                                                  "photo",
                                                                  "photos",
                                                                  "truyen-hinh",
                                                                  "phat-thanh",
                                                                  "bao-in",
                                                                  "docbao",
                                                                  "xem-bao",
                                                                  "epaper",
                                                                  "tag",
                                                                  "tags",
                                                                  "topic",
                                                                  "chu-de",
                                                                  "event",
                                                                  "rss",
                                                                  "tim-kiem",
                                                                  "search",
                                                                  "lien-he",
                                                                  "gioi-thieu",
                                                                  "quang-cao",
                                                                  "thong-tin-quang-cao",
                                                                  "login",
                                                                  "dang-nhap",
                                                                  "register",
                                                                  "dang-ky",
                                                                  "wp-content"};

constexpr std::array<absl::string_view, 28> kFiles = {".jpg",  ".jpeg", ".png",  ".gif", ".webp", ".svg",  ".ico",
                                                      ".css",  ".js",   ".json", ".xml", ".rss",  ".pdf",  ".doc",
                                                      ".docx", ".xls",  ".xlsx", ".ppt", ".pptx", ".zip",  ".rar",
                                                      ".mp3",  ".mp4",  ".m3u8", ".apk", ".txt",  ".woff", ".ashx"};

constexpr std::array<absl::string_view, 9> kPageSuffixes = {".html", ".htm", ".aspx", ".vnp", ".bcb",
                                                            ".chn",  ".vgp", ".vov",  ".epi"};

absl::string_view WithoutPageSuffix(absl::string_view name) {
  for (const absl::string_view suffix : kPageSuffixes) {
    if (absl::EndsWith(name, suffix)) return name.substr(0, name.size() - suffix.size());
  }
  return name;
}

size_t TrailingDigits(absl::string_view text) {
  const auto end = std::find_if_not(text.rbegin(), text.rend(),
                                    [](char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); });
  return static_cast<size_t>(end - text.rbegin());
}

size_t Hyphens(absl::string_view text) { return static_cast<size_t>(std::count(text.begin(), text.end(), '-')); }

// "…-0a1b2c3": seven hexadecimal digits with at least one of each sort.
bool EndsInHexId(absl::string_view name) {
  const size_t dash = name.rfind('-');
  if (dash == absl::string_view::npos || name.size() - dash - 1 != 7) return false;
  const absl::string_view id = name.substr(dash + 1);
  return std::all_of(id.begin(), id.end(),
                     [](char c) { return absl::ascii_isxdigit(static_cast<unsigned char>(c)); }) &&
         std::any_of(id.begin(), id.end(), [](char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); });
}

v1::LinkKind KindOfSegments(const std::vector<absl::string_view>& segments, absl::string_view query) {
  const absl::string_view name = WithoutPageSuffix(segments.back());
  const size_t hyphens = Hyphens(name);
  const size_t digits = TrailingDigits(name);
  const bool has_suffix = name.size() != segments.back().size();
  if (absl::StartsWith(name, "trang-") && digits > 0) return v1::LINK_KIND_LISTING;
  if (digits >= 4 && digits < name.size() && hyphens >= 3) return v1::LINK_KIND_ARTICLE;
  if (EndsInHexId(name) && hyphens >= 3) return v1::LINK_KIND_ARTICLE;
  if (digits == name.size() && segments.size() >= 2 && Hyphens(segments[segments.size() - 2]) >= 3) {
    return v1::LINK_KIND_ARTICLE;
  }
  if (digits > 0 && hyphens >= 5 && has_suffix) return v1::LINK_KIND_ARTICLE;
  if (hyphens >= 7) return v1::LINK_KIND_ARTICLE;
  if (absl::StrContains(query, "itemid=") || absl::StrContains(query, "articleid=")) return v1::LINK_KIND_ARTICLE;
  return hyphens <= 5 ? v1::LINK_KIND_LISTING : v1::LINK_KIND_OTHER;
}

bool IsStoryText(absl::string_view text) { return text.size() >= kStoryTextBytes && absl::StrContains(text, ' '); }

// The address leaves it open: a slug of some words without an identifier.
bool MayBeStory(absl::string_view url) {
  const absl::StatusOr<url::Parts> parts = url::Parse(url);
  if (!parts.ok()) return false;
  const std::vector<absl::string_view> segments = absl::StrSplit(parts->path, '/', absl::SkipEmpty());
  return !segments.empty() && Hyphens(segments.back()) >= 4;
}

}  // namespace

v1::LinkKind GuessLinkKind(absl::string_view absolute_url) {
  const absl::StatusOr<url::Parts> parts = url::Parse(absolute_url);
  if (!parts.ok()) return v1::LINK_KIND_OTHER;
  const std::string path = absl::AsciiStrToLower(parts->path);
  const std::vector<absl::string_view> segments = absl::StrSplit(path, '/', absl::SkipEmpty());
  if (segments.empty()) return parts->query.empty() ? v1::LINK_KIND_LISTING : v1::LINK_KIND_OTHER;
  const absl::string_view last = segments.back();
  if (std::any_of(kFiles.begin(), kFiles.end(),
                  [last](absl::string_view file) { return absl::EndsWith(last, file); })) {
    return v1::LINK_KIND_OTHER;
  }
  const absl::string_view section = WithoutPageSuffix(segments.front());
  if (std::find(kStorylessSections.begin(), kStorylessSections.end(), section) != kStorylessSections.end()) {
    return v1::LINK_KIND_OTHER;
  }
  return KindOfSegments(segments, absl::AsciiStrToLower(parts->query));
}

std::vector<DraftLink> FindLinks(const Page& page, size_t max_links) {
  std::vector<DraftLink> links;
  absl::flat_hash_map<std::string, size_t> seen;
  const std::string base = url::Resolve(page.url, page.metadata.base()).value_or(page.url);
  const std::string domain = url::RegistrableDomain(page.host);
  size_t read = 0;
  for (dom::NodeId id = dom::kRoot + 1; id < page.document.size() && read < kMaxHrefsRead; ++id) {
    if (page.document.tag(id) != "a" || !page.document.HasAttribute(id, "href")) continue;
    ++read;
    absl::StatusOr<std::string> url = url::Resolve(base, page.document.attribute(id, "href"));
    if (!url.ok()) continue;
    const absl::StatusOr<url::Parts> parts = url::Parse(*url);
    if (!parts.ok() || url::RegistrableDomain(parts->host) != domain) continue;
    const bool story_text = IsStoryText(TextOf(page.document, id));
    const auto [at, is_new] = seen.try_emplace(*url, links.size());
    if (is_new && links.size() < max_links) links.push_back({*url, GuessLinkKind(*url)});
    if (at->second >= links.size() || !story_text) continue;
    DraftLink& link = links[at->second];
    if (link.kind == v1::LINK_KIND_LISTING && MayBeStory(link.url)) link.kind = v1::LINK_KIND_ARTICLE;
  }
  return links;
}

}  // namespace tintinh::normalizer::html

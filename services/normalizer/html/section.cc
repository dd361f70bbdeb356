#include "services/normalizer/html/section.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "common/text/normal_form.h"
#include "services/normalizer/html/class_words.h"

namespace tintinh::normalizer::html {
namespace {

constexpr size_t kMaxDepth = 8;
constexpr size_t kMaxTags = 100;
constexpr size_t kMaxKeywords = 20;
constexpr size_t kMaxNameBytes = 120;

bool IsHome(const Page& page, absl::string_view name) {
  const std::string key = ComparisonKey(name);
  return key.empty() || key == "trangchu" || key == "home" || key == "homepage" || NamesSite(page, name);
}

void AddOnce(std::string name, size_t limit, std::vector<std::string>& names) {
  if (name.empty() || name.size() > kMaxNameBytes || names.size() >= limit) return;
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
}

std::vector<std::string> Path(const Page& page, const Title& title, const std::vector<std::string>& steps) {
  std::vector<std::string> path;
  const std::string title_key = ComparisonKey(title.text);
  for (const std::string& step : steps) {
    const std::string key = ComparisonKey(step);
    const bool is_story = key == title_key || (key.size() > 20 && absl::StartsWith(title_key, key));
    if (!is_story && !IsHome(page, step)) AddOnce(step, kMaxDepth, path);
  }
  return path;
}

std::vector<std::string> LinkTexts(const Page& page, dom::NodeId element) {
  std::vector<std::string> texts;
  for (dom::NodeId id = element + 1; id < page.document.end(element) && texts.size() <= kMaxTags; ++id) {
    if (page.document.tag(id) == "a") texts.push_back(TextOf(page.document, id));
  }
  return texts;
}

std::vector<std::string> ShownBreadcrumb(const Page& page, const Title& title) {
  for (dom::NodeId id = dom::kRoot + 1; id < page.document.size(); ++id) {
    if (!page.document.IsElement(id) || !SaysBreadcrumb(ClassWords(page.document, id))) continue;
    if (IsNeverShown(page.document, id) || page.IsInside(id, "footer")) continue;
    std::vector<std::string> path = Path(page, title, LinkTexts(page, id));
    if (!path.empty() && path.size() <= kMaxDepth) return path;
  }
  return {};
}

}  // namespace

std::vector<std::string> FindSectionPath(const Page& page, const Title& title) {
  std::vector<std::string> path = Path(page, title, page.metadata.json_ld().breadcrumb);
  if (path.empty()) path = ShownBreadcrumb(page, title);
  if (path.empty()) path = Path(page, title, page.metadata.AllMeta("article:section"));
  if (path.empty()) path = Path(page, title, page.metadata.json_ld().sections);
  return path;
}

std::vector<std::string> FindTags(const Page& page) {
  std::vector<std::string> tags;
  for (std::string& tag : page.metadata.AllMeta("article:tag")) {
    for (const absl::string_view part : absl::StrSplit(tag, ',')) {
      AddOnce(std::string(absl::StripAsciiWhitespace(part)), kMaxTags, tags);
    }
  }
  if (!tags.empty()) return tags;
  for (dom::NodeId id = dom::kRoot + 1; id < page.document.size(); ++id) {
    if (page.document.tag(id) != "a" || IsNeverShown(page.document, id)) continue;
    const dom::NodeId parent = page.document.parent(id);
    const bool is_tag = page.document.attribute(id, "rel") == "tag" || SaysTags(ClassWords(page.document, parent)) ||
                        SaysTags(ClassWords(page.document, page.document.parent(parent)));
    if (is_tag) AddOnce(TextOf(page.document, id), kMaxTags, tags);
  }
  if (!tags.empty()) return tags;
  std::vector<std::string> keywords = page.metadata.json_ld().keywords;
  for (const absl::string_view name : {"news_keywords", "keywords"}) {
    if (keywords.empty() && !page.metadata.Meta(name).empty()) keywords.emplace_back(page.metadata.Meta(name));
  }
  for (const std::string& list : keywords) {
    for (const absl::string_view part : absl::StrSplit(list, absl::ByAnyChar(",;"))) {
      AddOnce(std::string(absl::StripAsciiWhitespace(part)), kMaxKeywords, tags);
    }
  }
  return tags;
}

}  // namespace tintinh::normalizer::html

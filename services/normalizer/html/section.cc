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
constexpr size_t kMaxLinksRead = 2000;
constexpr size_t kMaxBreadcrumbs = 5;
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
  for (dom::NodeId id = element + 1; id < page.document.end(element) && texts.size() < kMaxLinksRead; ++id) {
    if (page.document.tag(id) == "a") texts.push_back(TextOf(page.document, id));
  }
  return texts;
}

bool IsBreadcrumb(const Page& page, dom::NodeId id) {
  const dom::Document& document = page.document;
  return SaysBreadcrumb(page.class_words[id]) || document.attribute(id, "aria-label") == "breadcrumb" ||
         absl::EndsWith(document.attribute(id, "itemtype"), "/BreadcrumbList");
}

// "Kinh doanh, Tài chính" in one value is two sections where the page links each of them by name.
std::vector<std::string> SplitWhereLinked(const Page& page, const std::vector<std::string>& sections) {
  if (sections.size() != 1 || !absl::StrContains(sections[0], ", ")) return sections;
  const std::vector<std::string> parts = absl::StrSplit(sections[0], ", ");
  std::vector<std::string> links = LinkTexts(page, dom::kRoot);
  const bool all_linked = std::all_of(parts.begin(), parts.end(), [&links](const std::string& part) {
    return std::find(links.begin(), links.end(), part) != links.end();
  });
  return all_linked ? parts : sections;
}

// The link right above the headline, where a page has nothing better.
std::vector<std::string> LinkAboveTitle(const Page& page, const Title& title) {
  if (title.node == dom::kRoot) return {};
  const size_t at = FirstBlockFrom(page.blocks, title.node);
  if (at == 0) return {};
  const Block& above = page.blocks[at - 1];
  const bool is_link =
      above.type == BlockType::kText && above.link_letters == above.letters && !page.in_chrome[above.owner];
  const dom::NodeId common = page.document.CommonAncestor(title.node, above.node);
  const bool is_near = page.document.depth(title.node) - page.document.depth(common) <= 2;
  return is_link && is_near && above.text.size() <= 60 ? Path(page, title, {above.text}) : std::vector<std::string>();
}

std::vector<std::string> ShownBreadcrumb(const Page& page, const Title& title) {
  size_t read = 0;
  for (dom::NodeId id = dom::kRoot + 1; id < page.document.size(); ++id) {
    if (!page.document.IsElement(id) || !IsBreadcrumb(page, id)) continue;
    if (IsNeverShown(page.document, id) || page.IsInside(id, "footer")) continue;
    if (++read > kMaxBreadcrumbs) break;
    std::vector<std::string> path = Path(page, title, LinkTexts(page, id));
    if (!path.empty() && path.size() <= kMaxDepth) return path;
  }
  return {};
}

}  // namespace

std::vector<std::string> FindSectionPath(const Page& page, const Title& title) {
  std::vector<std::string> path = Path(page, title, page.metadata.json_ld().breadcrumb);
  if (path.empty()) path = ShownBreadcrumb(page, title);
  if (path.empty()) path = Path(page, title, SplitWhereLinked(page, page.metadata.AllMeta("article:section")));
  if (path.empty()) path = Path(page, title, SplitWhereLinked(page, page.metadata.json_ld().sections));
  if (path.empty()) path = LinkAboveTitle(page, title);
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
    if (tags.size() >= kMaxTags) break;
    if (page.document.tag(id) != "a" || IsNeverShown(page.document, id)) continue;
    const dom::NodeId parent = page.document.parent(id);
    const bool is_tag = page.document.attribute(id, "rel") == "tag" || SaysTags(page.class_words[parent]) ||
                        SaysTags(page.class_words[page.document.parent(parent)]);
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

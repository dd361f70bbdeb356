#include "services/normalizer/html/json_ld.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "common/text/normal_form.h"
#include "nlohmann/json.hpp"
#include "services/normalizer/dom/parse.h"

namespace tintinh::normalizer::html {
namespace {

using nlohmann::json;

constexpr int kMaxDepth = 32;
constexpr size_t kMaxObjects = 1000;
constexpr size_t kMaxItems = 100;

// A value may have been escaped for HTML once, or once more inside JSON.
std::string Clean(const std::string& value) {
  std::string text = value;
  for (int round = 0; round < 2 && absl::StrContains(text, '&'); ++round) text = dom::TextOfFragment(text);
  return text::CollapseWhitespace(text::NormalForm(text));
}

std::string StringAt(const json& object, const char* key) {
  const auto at = object.find(key);
  if (at == object.end()) return "";
  if (at->is_string()) return Clean(at->get<std::string>());
  if (at->is_object() && at->contains("name") && (*at)["name"].is_string()) return Clean((*at)["name"]);
  return "";
}

// A string, an object with a name, or an array of either.
std::vector<const json*> ItemsAt(const json& object, const char* key) {
  std::vector<const json*> items;
  const auto at = object.find(key);
  if (at == object.end()) return items;
  if (!at->is_array()) return {&*at};
  for (const json& item : *at) {
    if (items.size() < kMaxItems) items.push_back(&item);
  }
  return items;
}

std::string NameOf(const json& item) {
  if (item.is_string()) return Clean(item.get<std::string>());
  return item.is_object() ? StringAt(item, "name") : std::string();
}

bool HasType(const json& object, absl::string_view suffix) {
  const std::vector<const json*> types = ItemsAt(object, "@type");
  return std::any_of(types.begin(), types.end(), [suffix](const json* type) {
    if (!type->is_string()) return false;
    const auto& name = type->get_ref<const std::string&>();
    return absl::EndsWith(name, suffix);
  });
}

void Set(std::string& field, std::string value) {
  if (field.empty()) field = std::move(value);
}

void AddNames(const json& object, const char* key, std::vector<std::string>& names) {
  if (!names.empty()) return;
  for (const json* item : ItemsAt(object, key)) {
    std::string name = NameOf(*item);
    if (!name.empty()) names.push_back(std::move(name));
  }
}

void AddAuthors(const json& article, JsonLd& found) {
  for (const json* author : ItemsAt(article, "author")) {
    std::string name = NameOf(*author);
    if (name.empty()) continue;
    const bool is_organization = author->is_object() && HasType(*author, "Organization");
    (is_organization ? found.organizations : found.people).push_back(std::move(name));
  }
}

void AddArticle(const json& article, JsonLd& found) {
  if (!found.is_article) AddAuthors(article, found);
  found.is_article = true;
  Set(found.headline, StringAt(article, "headline"));
  if (found.headline.empty()) Set(found.headline, StringAt(article, "name"));
  Set(found.published, StringAt(article, "datePublished"));
  Set(found.modified, StringAt(article, "dateModified"));
  Set(found.language, StringAt(article, "inLanguage"));
  Set(found.publisher, StringAt(article, "publisher"));
  AddNames(article, "articleSection", found.sections);
  AddNames(article, "keywords", found.keywords);
}

void AddBreadcrumb(const json& list, JsonLd& found) {
  if (!found.breadcrumb.empty()) return;
  std::vector<std::pair<double, std::string>> steps;
  for (const json* element : ItemsAt(list, "itemListElement")) {
    if (!element->is_object()) continue;
    std::string name = StringAt(*element, "name");
    if (name.empty()) name = StringAt(*element, "item");
    const auto position = element->find("position");
    const bool numbered = position != element->end() && position->is_number();
    const double place = numbered ? position->get<double>() : static_cast<double>(steps.size());
    if (!name.empty()) steps.emplace_back(place, std::move(name));
  }
  std::stable_sort(steps.begin(), steps.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (auto& step : steps) found.breadcrumb.push_back(std::move(step.second));
}

void AddObject(const json& object, JsonLd& found) {
  if (HasType(object, "Article") || HasType(object, "BlogPosting") || HasType(object, "Report")) {
    AddArticle(object, found);
  } else if (HasType(object, "BreadcrumbList")) {
    AddBreadcrumb(object, found);
  } else if (HasType(object, "VideoObject")) {
    found.is_video = true;
  } else if (HasType(object, "CollectionPage")) {
    found.is_listing = true;
  }
}

// Line ends and tabs inside strings are not JSON, but pages have them.
std::string WithoutControls(absl::string_view script) {
  std::string text(script);
  std::replace_if(
      text.begin(), text.end(), [](char c) { return absl::ascii_iscntrl(static_cast<unsigned char>(c)); }, ' ');
  return text;
}

}  // namespace

void AddJsonLd(absl::string_view script, JsonLd& found) {
  const auto keep_shallow = [](int depth, json::parse_event_t /*event*/, json& /*parsed*/) {
    return depth <= kMaxDepth;
  };
  const json root = json::parse(WithoutControls(script), keep_shallow, /*allow_exceptions=*/false,
                                /*ignore_comments=*/true);
  std::vector<const json*> waiting = {&root};
  for (size_t next = 0; next < waiting.size() && next < kMaxObjects; ++next) {
    const json& value = *waiting[next];
    if (!value.is_structured()) continue;
    if (value.is_object()) AddObject(value, found);
    for (const auto& item : value.items()) {
      if (item.value().is_structured() &&
          (value.is_array() || item.key() == "@graph" || item.key() == "mainEntity" || item.key() == "breadcrumb")) {
        waiting.push_back(&item.value());
      }
    }
  }
}

}  // namespace tintinh::normalizer::html

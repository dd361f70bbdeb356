#include "services/normalizer/html/metadata.h"

#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/text/normal_form.h"

namespace tintinh::normalizer::html {
namespace {

constexpr size_t kMaxMetas = 1000;
constexpr size_t kMaxJsonLdScripts = 50;
constexpr size_t kMaxJsonLdBytes = size_t{1} << 20;

std::string Folded(absl::string_view value) { return text::CollapseWhitespace(text::NormalForm(value)); }

std::string RawText(const dom::Document& document, dom::NodeId id) {
  std::string text;
  for (dom::NodeId child = id + 1; child < document.end(id); ++child) absl::StrAppend(&text, document.text(child));
  return text;
}

void SetOnce(std::string& field, absl::string_view value) {
  if (field.empty()) field = std::string(absl::StripAsciiWhitespace(value));
}

}  // namespace

Metadata Metadata::Read(const dom::Document& document) {
  Metadata metadata;
  for (dom::NodeId id = dom::kRoot + 1; id < document.size(); ++id) {
    if (document.IsElement(id)) metadata.AddElement(document, id);
  }
  return metadata;
}

void Metadata::AddElement(const dom::Document& document, dom::NodeId id) {
  const absl::string_view tag = document.tag(id);
  if (tag == "meta") {
    AddMeta(document, id);
  } else if (tag == "link" && absl::AsciiStrToLower(document.attribute(id, "rel")) == "canonical") {
    SetOnce(canonical_, document.attribute(id, "href"));
  } else if (tag == "title" && title_element_.empty()) {
    title_element_ = Folded(RawText(document, id));
  } else if (tag == "base") {
    SetOnce(base_, document.attribute(id, "href"));
  } else if (tag == "html") {
    SetOnce(language_, document.attribute(id, "lang"));
  } else if (tag == "script") {
    const std::string script = RawText(document, id);
    if (script.empty() || script.size() > kMaxJsonLdBytes || json_ld_scripts_ >= kMaxJsonLdScripts) return;
    ++json_ld_scripts_;
    AddJsonLd(script, json_ld_);
  }
}

void Metadata::AddMeta(const dom::Document& document, dom::NodeId id) {
  const absl::string_view content = document.attribute(id, "content");
  if (absl::AsciiStrToLower(document.attribute(id, "http-equiv")) == "refresh") SetOnce(refresh_, content);
  for (const absl::string_view name : {"property", "name", "itemprop"}) {
    const absl::string_view value = document.attribute(id, name);
    if (value.empty() || content.empty() || meta_.size() >= kMaxMetas) continue;
    meta_.emplace_back(absl::AsciiStrToLower(absl::StripAsciiWhitespace(value)), Folded(content));
  }
}

absl::string_view Metadata::Meta(absl::string_view name) const {
  for (const auto& [key, value] : meta_) {
    if (key == name) return value;
  }
  return absl::string_view();
}

std::vector<std::string> Metadata::AllMeta(absl::string_view name) const {
  std::vector<std::string> values;
  for (const auto& [key, value] : meta_) {
    if (key == name) values.push_back(value);
  }
  return values;
}

}  // namespace tintinh::normalizer::html

#include "services/normalizer/dom/selector.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace tintinh::normalizer::dom {
namespace {

bool IsNameByte(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' ||
         (static_cast<unsigned char>(c) & 0x80) != 0;
}

absl::string_view TakeName(absl::string_view& css) {
  const auto* end = std::find_if_not(css.begin(), css.end(), IsNameByte);
  const absl::string_view name = css.substr(0, static_cast<size_t>(end - css.begin()));
  css.remove_prefix(name.size());
  return name;
}

std::string Unquoted(absl::string_view value) {
  if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') && value.front() == value.back()) {
    value = value.substr(1, value.size() - 2);
  }
  return std::string(value);
}

}  // namespace

std::optional<Selector> Selector::Parse(absl::string_view css) {
  css = absl::StripAsciiWhitespace(css);
  if (css.empty()) return std::nullopt;
  Selector selector;
  selector.tag_ = absl::AsciiStrToLower(TakeName(css));
  while (!css.empty()) {
    const char sign = css.front();
    css.remove_prefix(1);
    if (sign == '[') {
      const size_t close = css.find(']');
      if (close == absl::string_view::npos) return std::nullopt;
      const std::pair<absl::string_view, absl::string_view> parts =
          absl::StrSplit(css.substr(0, close), absl::MaxSplits('=', 1));
      const bool has_value = css.substr(0, close).find('=') != absl::string_view::npos;
      selector.attributes_.emplace_back(absl::AsciiStrToLower(parts.first),
                                        has_value ? std::optional<std::string>(Unquoted(parts.second)) : std::nullopt);
      css.remove_prefix(close + 1);
      continue;
    }
    const absl::string_view name = TakeName(css);
    if (name.empty() || (sign != '.' && sign != '#')) return std::nullopt;
    if (sign == '.') selector.classes_.emplace_back(name);
    if (sign == '#') selector.attributes_.emplace_back("id", std::string(name));
  }
  return selector;
}

bool Selector::Matches(const Document& document, NodeId id) const {
  if (!document.IsElement(id) || (!tag_.empty() && document.tag(id) != tag_)) return false;
  for (const std::string& name : classes_) {
    if (!HasClass(document, id, name)) return false;
  }
  return std::all_of(attributes_.begin(), attributes_.end(), [&](const auto& attribute) {
    return document.HasAttribute(id, attribute.first) &&
           (!attribute.second || document.attribute(id, attribute.first) == *attribute.second);
  });
}

std::optional<NodeId> Selector::FindFirst(const Document& document) const {
  for (NodeId id = kRoot + 1; id < document.size(); ++id) {
    if (Matches(document, id)) return id;
  }
  return std::nullopt;
}

bool HasClass(const Document& document, NodeId id, absl::string_view name) {
  for (const absl::string_view word :
       absl::StrSplit(document.attribute(id, "class"), absl::ByAnyChar(" \t\n\f\r"), absl::SkipEmpty())) {
    if (word == name) return true;
  }
  return false;
}

}  // namespace tintinh::normalizer::dom

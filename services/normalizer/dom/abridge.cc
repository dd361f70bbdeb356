#include "services/normalizer/dom/abridge.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace tintinh::normalizer::dom {
namespace {

constexpr size_t kNone = absl::string_view::npos;

bool IsLetter(char c) { return absl::ascii_isalpha(static_cast<unsigned char>(c)) != 0; }
// HTML's white space; C's holds the vertical tab too, which is part of a name here.
bool IsSpace(char c) { return c != '\v' && absl::ascii_isspace(static_cast<unsigned char>(c)) != 0; }
bool EndsName(char c) { return IsSpace(c) || c == '/' || c == '>'; }

class Abridger {
 public:
  explicit Abridger(absl::string_view html) : html_(html) { out_.reserve(html.size()); }

  std::string Abridge() {
    while (at_ < html_.size()) {
      at_ = std::min(html_.find('<', at_), html_.size());
      if (at_ + 1 >= html_.size()) break;
      const char next = html_[at_ + 1];
      if (IsLetter(next)) {
        TakeElement();
      } else if (next == '!' || next == '?' || next == '/') {
        SkipMarkup();
      } else {
        ++at_;
      }
    }
    out_.append(html_.data() + kept_, html_.size() - kept_);
    return std::move(out_);
  }

 private:
  // A comment, a declaration or an end tag.
  void SkipMarkup() {
    const absl::string_view rest = html_.substr(at_);
    if (absl::StartsWith(rest, "<!--")) {
      at_ = CommentEnd(at_ + 4);
    } else {
      at_ = rest[1] == '/' && rest.size() > 2 && IsLetter(rest[2]) ? TagEnd(NameEnd(at_ + 2))
                                                                   : After(html_.find('>', at_));
    }
  }

  // "<!-->" and "<!--->" are whole comments, "--!>" ends one too.
  size_t CommentEnd(size_t text) const {
    if (absl::StartsWith(html_.substr(text), ">")) return text + 1;
    if (absl::StartsWith(html_.substr(text), "->")) return text + 2;
    for (size_t at = html_.find("--", text); at != kNone; at = html_.find("--", at + 1)) {
      const absl::string_view rest = html_.substr(at + 2);
      if (absl::StartsWith(rest, ">")) return at + 3;
      if (absl::StartsWith(rest, "!>")) return at + 4;
    }
    return html_.size();
  }

  // One past the '>' of the tag whose attributes begin at `at`; a '>' in a quoted value ends no tag.
  size_t TagEnd(size_t at) const {
    while (at < html_.size()) {
      if (html_[at] == '>') return at + 1;
      at = IsSpace(html_[at]) || html_[at] == '/' ? at + 1 : SkipAttribute(at);
    }
    return html_.size();
  }

  size_t NameEnd(size_t at) const {
    while (at < html_.size() && !EndsName(html_[at])) ++at;
    return at;
  }

  // A name begins with any character, "=" included.
  size_t SkipAttribute(size_t at) const {
    for (++at; at < html_.size() && !EndsName(html_[at]) && html_[at] != '=';) ++at;
    const size_t equals = SkipSpace(at);
    return equals < html_.size() && html_[equals] == '=' ? SkipValue(SkipSpace(equals + 1)) : at;
  }

  size_t SkipSpace(size_t at) const {
    while (at < html_.size() && IsSpace(html_[at])) ++at;
    return at;
  }

  size_t SkipValue(size_t at) const {
    if (at < html_.size() && (html_[at] == '"' || html_[at] == '\'')) return After(html_.find(html_[at], at + 1));
    while (at < html_.size() && !IsSpace(html_[at]) && html_[at] != '>') ++at;
    return at;
  }

  size_t After(size_t found) const { return found == kNone ? html_.size() : found + 1; }

  // The start tag and, of elements whose content is no markup, the content.
  void TakeElement() {
    const size_t name = at_ + 1;
    const size_t end = NameEnd(name);
    const absl::string_view tag = html_.substr(name, end - name);
    at_ = TagEnd(end);
    if (absl::EqualsIgnoreCase(tag, "plaintext")) at_ = html_.size();
    if (IsForeign(tag)) at_ = std::min(FindEndTag(tag, at_), html_.size());
    const bool program = absl::EqualsIgnoreCase(tag, "script") || absl::EqualsIgnoreCase(tag, "style");
    if (!program && !HoldsRawText(tag)) return;
    const size_t close = FindEndTag(tag, at_);
    if (program && close != kNone && MayGo(html_.substr(end, at_ - end), html_.substr(at_, close - at_))) Drop(close);
    at_ = std::min(close, html_.size());
  }

  // In SVG and MathML a script is markup like any other.
  static bool IsForeign(absl::string_view tag) {
    return absl::EqualsIgnoreCase(tag, "svg") || absl::EqualsIgnoreCase(tag, "math");
  }

  static bool HoldsRawText(absl::string_view tag) {
    for (const absl::string_view name : {"title", "textarea", "iframe", "xmp", "noembed", "noframes"}) {
      if (absl::EqualsIgnoreCase(tag, name)) return true;
    }
    return false;
  }

  // "<!--" changes what ends a script.
  static bool MayGo(absl::string_view attributes, absl::string_view content) {
    return !absl::StrContains(absl::AsciiStrToLower(attributes), "ld+json") && !absl::StrContains(content, "<!--");
  }

  size_t FindEndTag(absl::string_view tag, size_t from) const {
    for (size_t at = html_.find("</", from); at != kNone; at = html_.find("</", at + 2)) {
      const absl::string_view rest = html_.substr(at + 2);
      const bool named = absl::StartsWithIgnoreCase(rest, tag);
      if (named && rest.size() > tag.size() && EndsName(rest[tag.size()])) return at;
    }
    return kNone;
  }

  void Drop(size_t until) {
    out_.append(html_.data() + kept_, at_ - kept_);
    kept_ = until;
  }

  const absl::string_view html_;
  std::string out_;
  size_t at_ = 0;
  size_t kept_ = 0;  // where what is not yet in out_ begins
};

}  // namespace

std::string WithoutPrograms(absl::string_view html) { return Abridger(html).Abridge(); }

}  // namespace tintinh::normalizer::dom

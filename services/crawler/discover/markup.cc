#include "services/crawler/discover/markup.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "services/crawler/discover/entity.h"

namespace tintinh::crawler {
namespace {

constexpr size_t kGrowth = 2;
constexpr size_t kSlack = 64 * 1024;
constexpr absl::string_view kOpenCdata = "<![CDATA[";
constexpr absl::string_view kCloseCdata = "]]>";

class Preparation {
 public:
  explicit Preparation(absl::string_view rest) : rest_(rest), most_(kGrowth * rest.size() + kSlack) {
    out_.reserve(rest.size());
  }

  // What grows beyond all that sites write by mistake ends early.
  std::string Run() {
    while (!rest_.empty() && out_.size() < most_) Step();
    return std::move(out_);
  }

 private:
  void Step() {
    if (rest_[0] == '&') {
      TakeReference();
    } else if (rest_[0] != '<') {
      TakeCharacter();
    } else if (absl::StartsWith(rest_, kOpenCdata)) {
      TakeCdata();
    } else if (absl::StartsWith(rest_, "<!--")) {
      SkipThrough("-->", 4);
    } else if (absl::StartsWith(rest_, "<?")) {
      SkipThrough("?>", 2);
    } else if (absl::StartsWith(rest_, "<!")) {
      SkipDeclaration();
    } else {
      TakeLess();
    }
  }

  void Append(absl::string_view text) { out_.append(text.data(), text.size()); }

  void TakeCharacter() {
    const char c = rest_[0];
    const bool bad = absl::ascii_iscntrl(static_cast<unsigned char>(c)) && c != '\t' && c != '\n' && c != '\r';
    out_.push_back(bad ? ' ' : c);
    rest_.remove_prefix(1);
  }

  void TakeReference() {
    const Entity entity = EntityAt(rest_);
    const bool special = entity.utf8.size() == 1 && absl::StrContains("&<>\"'", entity.utf8);
    if (entity.bytes == 0) {
      Append("&amp;");
    } else {
      Append(special ? rest_.substr(0, entity.bytes) : absl::string_view(entity.utf8));
    }
    rest_.remove_prefix(std::max<size_t>(entity.bytes, 1));
  }

  void TakeCdata() {
    Append(kOpenCdata);
    rest_.remove_prefix(kOpenCdata.size());
    const size_t end = std::min(rest_.find(kCloseCdata), rest_.size());
    const absl::string_view after = rest_.substr(end);
    rest_ = rest_.substr(0, end);
    while (!rest_.empty()) TakeCharacter();
    Append(kCloseCdata);
    rest_ = after;
    rest_.remove_prefix(std::min(kCloseCdata.size(), rest_.size()));
  }

  void SkipThrough(absl::string_view end, size_t from) {
    const size_t at = rest_.find(end, from);
    rest_.remove_prefix(at == absl::string_view::npos ? rest_.size() : at + end.size());
  }

  // "<!DOCTYPE … [ … ]>", quotes and brackets respected.
  void SkipDeclaration() {
    int depth = 0;
    char quote = '\0';
    size_t i = 2;
    for (; i < rest_.size(); ++i) {
      const char c = rest_[i];
      if (quote != '\0') {
        if (c == quote) quote = '\0';
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '[' || c == '<') {
        ++depth;
      } else if (c == ']' || (c == '>' && depth > 0)) {
        --depth;
      } else if (c == '>') {
        break;
      }
    }
    rest_.remove_prefix(std::min(i + 1, rest_.size()));
  }

  void TakeLess() {
    const auto next = static_cast<unsigned char>(rest_.size() > 1 ? rest_[1] : ' ');
    const bool opens = absl::ascii_isalpha(next) || next == '/' || next == '_' || next >= 0x80;
    Append(opens ? "<" : "&lt;");
    rest_.remove_prefix(1);
  }

  absl::string_view rest_;
  const size_t most_;
  std::string out_;
};

}  // namespace

std::string PrepareMarkup(absl::string_view utf8) { return Preparation(utf8).Run(); }

}  // namespace tintinh::crawler

#include "services/crawler/discover/balance.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace tintinh::crawler {
namespace {

constexpr absl::string_view kOpenCdata = "<![CDATA[";
constexpr absl::string_view kCloseCdata = "]]>";
constexpr size_t kSearchDepth = 64;

// Bytes of the tag at the front of `text`, 0 when it does not end before the next '<'.
size_t TagBytes(absl::string_view text) {
  char quote = '\0';
  for (size_t i = 1; i < text.size() && text[i] != '<'; ++i) {
    const char c = text[i];
    if (quote == '\0' && c == '>') return i + 1;
    if (quote == '\0' && (c == '"' || c == '\'')) {
      quote = c;
    } else if (c == quote) {
      quote = '\0';
    }
  }
  return 0;
}

class Balancing {
 public:
  explicit Balancing(absl::string_view rest) : rest_(rest) { out_.reserve(rest.size()); }

  std::string Run() {
    while (!rest_.empty()) Step();
    return std::move(out_);
  }

 private:
  void Step() {
    if (absl::StartsWith(rest_, kOpenCdata)) {
      const size_t end = rest_.find(kCloseCdata);
      Emit(end == absl::string_view::npos ? rest_.size() : end + kCloseCdata.size());
    } else if (rest_[0] != '<') {
      Emit(std::min(rest_.find('<'), rest_.size()));
    } else if (const size_t bytes = TagBytes(rest_)) {
      TakeTag(bytes);
    } else {
      rest_.remove_prefix(std::min(rest_.find('<', 1), rest_.size()));
    }
  }

  void TakeTag(size_t bytes) {
    const absl::string_view tag = rest_.substr(1, bytes - 2);
    if (absl::StartsWith(tag, "/")) {
      Close(NameOf(tag.substr(1)));
      rest_.remove_prefix(bytes);
    } else {
      if (!absl::EndsWith(tag, "/")) open_.push_back(NameOf(tag));
      Emit(bytes);
    }
  }

  void Close(absl::string_view name) {
    const auto end = open_.rbegin() + static_cast<std::ptrdiff_t>(std::min(open_.size(), kSearchDepth));
    const auto found = std::find_if(open_.rbegin(), end,
                                    [&](absl::string_view element) { return absl::EqualsIgnoreCase(element, name); });
    if (found == end) return;
    const auto inner = found - open_.rbegin();
    for (std::ptrdiff_t i = 0; i <= inner; ++i) {
      absl::StrAppend(&out_, "</", open_.back(), ">");
      open_.pop_back();
    }
  }

  static absl::string_view NameOf(absl::string_view tag) { return tag.substr(0, tag.find_first_of(" \t\r\n/")); }

  void Emit(size_t bytes) {
    out_.append(rest_.data(), bytes);
    rest_.remove_prefix(bytes);
  }

  absl::string_view rest_;
  std::vector<absl::string_view> open_;  // names in the input
  std::string out_;
};

}  // namespace

std::string BalanceTags(absl::string_view markup) { return Balancing(markup).Run(); }

}  // namespace tintinh::crawler

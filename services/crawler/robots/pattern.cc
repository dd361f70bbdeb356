#include "services/crawler/robots/pattern.h"

#include <string.h>

#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/url/percent.h"

namespace tintinh::crawler {
namespace {

std::string DecodeSpecials(absl::string_view normal) {
  return absl::StrReplaceAll(normal, {{"%2A", "*"}, {"%24", "$"}});
}

// memmem is linear also for hostile pairs of texts, which string_view::find is not.
size_t Find(absl::string_view text, size_t from, absl::string_view piece) {
  const char* begin = text.data() + from;
  const void* found = memmem(begin, text.size() - from, piece.data(), piece.size());
  return found == nullptr ? absl::string_view::npos
                          : static_cast<size_t>(static_cast<const char*>(found) - text.data());
}

}  // namespace

std::string PatternSubject(absl::string_view path_and_query) {
  return DecodeSpecials(url::NormalizeEscapes(path_and_query));
}

PathPattern::PathPattern(absl::string_view written) {
  const std::string normal = url::NormalizeEscapes(written);
  length_ = normal.size();
  absl::string_view rest(normal);
  ends_ = absl::ConsumeSuffix(&rest, "$");
  for (const absl::string_view piece : absl::StrSplit(rest, '*')) pieces_.push_back(DecodeSpecials(piece));
}

bool PathPattern::Matches(absl::string_view subject) const {
  if (!absl::StartsWith(subject, pieces_.front())) return false;
  if (pieces_.size() == 1) return !ends_ || subject.size() == pieces_.front().size();
  size_t at = pieces_.front().size();
  for (size_t i = 1; i + 1 < pieces_.size(); ++i) {
    const size_t found = Find(subject, at, pieces_[i]);
    if (found == absl::string_view::npos) return false;
    at = found + pieces_[i].size();
  }
  if (ends_) return absl::EndsWith(subject.substr(at), pieces_.back());
  return Find(subject, at, pieces_.back()) != absl::string_view::npos;
}

}  // namespace tintinh::crawler

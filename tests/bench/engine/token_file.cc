#include "tests/bench/engine/token_file.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/status/status_macros.h"

namespace tintinh::bench {
namespace {

constexpr absl::string_view kIdBegin = "{\"id\":\"";
constexpr absl::string_view kTextBegin = "\",\"text\":\"";
constexpr absl::string_view kEnd = "\"}";

std::optional<absl::string_view> TextOf(absl::string_view line) {
  if (!absl::ConsumePrefix(&line, kIdBegin) || !absl::ConsumeSuffix(&line, kEnd)) return std::nullopt;
  const size_t quote = line.find('"');
  if (quote == absl::string_view::npos) return std::nullopt;
  line.remove_prefix(quote);
  if (!absl::ConsumePrefix(&line, kTextBegin)) return std::nullopt;
  if (line.find_first_of("\"\\") != absl::string_view::npos) return std::nullopt;
  return line;
}

}  // namespace

absl::StatusOr<TokenFile> TokenFile::Open(const std::string& path) {
  TokenFile file(path);
  if (!file.file_.good()) return absl::NotFoundError(absl::StrCat("cannot read ", path));
  return file;
}

absl::StatusOr<std::optional<absl::string_view>> TokenFile::Next() {
  if (!std::getline(file_, line_)) return std::nullopt;
  ++count_;
  const std::optional<absl::string_view> text = TextOf(line_);
  if (text.has_value()) return text;
  return absl::InvalidArgumentError(
      absl::StrCat(path_, ":", count_, ": not of the shape {\"id\":\"…\",\"text\":\"…\"} without escapes"));
}

absl::StatusOr<std::vector<std::string>> ReadTexts(const std::string& path, size_t limit) {
  ASSIGN_OR_RETURN(TokenFile file, TokenFile::Open(path));
  std::vector<std::string> texts;
  while (texts.size() < limit) {
    ASSIGN_OR_RETURN(const std::optional<absl::string_view> text, file.Next());
    if (!text.has_value()) break;
    texts.emplace_back(*text);
  }
  if (texts.empty()) return absl::InvalidArgumentError(absl::StrCat(path, " has no document"));
  return texts;
}

}  // namespace tintinh::bench

#include "services/normalizer/grammar/caption.h"

#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "common/text/normal_form.h"
#include "re2/re2.h"
#include "services/normalizer/grammar/byline.h"
#include "services/normalizer/grammar/lazy_pattern.h"
#include "services/normalizer/grammar/words.h"

namespace tintinh::normalizer {
namespace {

constexpr size_t kMaxCreditBytes = 120;
constexpr size_t kMaxCreditWords = 10;

// A credit with its colon, at the end of the caption. The greedy head takes the last such mark.
const LazyRE2 kMarked = LazyPattern(
    R"((?is)^(.*?)[\s(\[]*(?:-\s*|–\s*|—\s*|\|\s*)?(?:^|\b|[\s(\[/])(?:nguồn\s+ảnh|nguồn\s+video|ảnh\s+minh\s+h(?:ọa|oạ)|ảnh\s+tư\s+liệu|ảnh\s*,\s*clip|ảnh\s+và\s+video|ảnh|video|clip|photo|nguồn)\s*:\s*([^:]*?)[\s)\]]*(?:[)\]]\.)?$)");
const LazyRE2 kGiven = LazyPattern(R"((?is)^(.*?)[\s(\[]*(?:^|[\s(\[])ảnh\s+do\s+(.{1,80}?)\s+cung\s+cấp[\s.)\]]*$)");
// Without a colon: behind a sentence, a dash or an opening bracket.
const LazyRE2 kUnmarked =
    LazyPattern(R"((?s)^(.*[.!?…”"]|.*\S(?:\s+[-–—]|\s*\())\s*(?:Ảnh|ảnh|ẢNH)\s+([^.:]{2,60}?)[\s.)\]]*$)");

absl::string_view View(re2::StringPiece piece) { return {piece.data(), piece.size()}; }

// The caption's own full stop stays; what only led to the credit goes.
absl::string_view TrimCaption(absl::string_view caption) {
  caption = TrimSeparators(caption);
  while (absl::EndsWith(caption, "(") || absl::EndsWith(caption, "[") || absl::EndsWith(caption, "/")) {
    caption = TrimSeparators(caption.substr(0, caption.size() - 1));
  }
  return caption;
}

// "X." ends the caption, "H.Y.T." is spelled with its last dot.
absl::string_view TrimCredit(absl::string_view credit) {
  credit = TrimSeparators(credit);
  const bool initials = credit.size() >= 4 && credit[credit.size() - 3] == '.';
  if (absl::EndsWith(credit, ".") && !initials) {
    credit = TrimSeparators(credit.substr(0, credit.size() - 1));
  }
  return credit;
}

// "Bài, ảnh: X" is a byline.
bool EndsWithByline(absl::string_view head) {
  static const LazyRE2 pattern = LazyPattern(R"((?is)(?:.*[\s.,;(])?(?:tin|bài)(?:\s*,|\s+và|\s*&|\s*/)?)");
  return RE2::FullMatch(re2::StringPiece(head.data(), head.size()), *pattern);
}

bool IsCredit(const CaptionParts& parts) {
  const std::string& credit = parts.credit;
  return !EndsWithByline(parts.caption) && !credit.empty() && credit.size() <= kMaxCreditBytes &&
         SplitWords(credit).size() <= kMaxCreditWords;
}

// Names of a credit without colon must look like names, or the picture's subject would become its author.
bool IsBareCredit(absl::string_view credit) {
  for (const absl::string_view word : SplitWords(credit)) {
    if (!StartsWithCapital(word)) {
      return false;
    }
  }
  return LooksLikeName(credit);
}

std::optional<CaptionParts> Split(const std::string& caption, const RE2& pattern) {
  re2::StringPiece head;
  re2::StringPiece credit;
  if (!RE2::FullMatch(caption, pattern, &head, &credit)) {
    return std::nullopt;
  }
  return CaptionParts{std::string(TrimCaption(View(head))), std::string(TrimCredit(View(credit)))};
}

}  // namespace

CaptionParts SplitCredit(absl::string_view caption) {
  const std::string clean = text::CollapseWhitespace(caption);
  // Most lines have no credit: cheap looks first.
  const bool marked = absl::StrContains(clean, ":");
  const bool given = absl::StrContains(clean, "cung cấp");
  const bool bare = absl::StrContains(clean, "nh ") || absl::StrContains(clean, "NH ");
  if (auto parts = marked ? Split(clean, *kMarked) : std::nullopt; parts && IsCredit(*parts)) {
    return *std::move(parts);
  }
  if (auto parts = given ? Split(clean, *kGiven) : std::nullopt; parts && IsCredit(*parts)) {
    return *std::move(parts);
  }
  if (auto parts = bare ? Split(clean, *kUnmarked) : std::nullopt; parts && IsBareCredit(parts->credit)) {
    return *std::move(parts);
  }
  return {clean, ""};
}

}  // namespace tintinh::normalizer

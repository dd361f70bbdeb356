#include "services/query/parse/key_prefix.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/text/analyzer.h"
#include "common/text/normal_form.h"
#include "common/text/syllable.h"
#include "common/text/utf8.h"

namespace tintinh::query {
namespace {

// The identifier that is all of `text`; empty where there is none.
std::string WholeIdentifier(absl::string_view text) {
  const text::AnalyzedText analyzed = text::Analyzer().Analyze(text);
  for (const text::Token& token : analyzed.tokens) {
    const absl::string_view key = analyzed.Key(token);
    const bool whole = token.kind == text::KeyKind::kIdentifier && token.begin == 0 && token.end == text.size();
    if (whole && !absl::StrContains(key, ":")) return std::string(key);
  }
  return "";
}

// A number without its last codes is no identifier yet, so it is given some and they are taken off again.
std::string IdentifierPrefix(absl::string_view word) {
  for (const absl::string_view rest : {"", "/X", "X/X", "X"}) {
    std::string key = WholeIdentifier(absl::StrCat(word, rest));
    if (key.empty() || !absl::EndsWith(key, rest)) continue;
    key.resize(key.size() - rest.size());
    return key;
  }
  return "";
}

size_t CountSyllables(const text::AnalyzedText& analyzed) {
  return static_cast<size_t>(
      std::count_if(analyzed.tokens.begin(), analyzed.tokens.end(),
                    [](const text::Token& token) { return token.kind == text::KeyKind::kExact && token.span == 1; }));
}

bool IsJoined(const text::AnalyzedText& analyzed, size_t syllables) {
  return std::any_of(analyzed.tokens.begin(), analyzed.tokens.end(), [&](const text::Token& token) {
    return token.kind == text::KeyKind::kExact && token.span == syllables;
  });
}

std::string TonelessLetters(absl::string_view word) {
  std::string letters;
  const char* at = word.data();
  const char* const limit = at + word.size();
  while (at < limit) {
    text::WordLetters read;
    const char* const next = text::ReadWordLetters(at, limit, &read);
    for (size_t i = 0; i < read.size; ++i) text::AppendUtf8(read.letters[i].toneless, &letters);
    at = next == at ? at + 1 : next;
  }
  return letters;
}

}  // namespace

std::optional<KeyPrefix> ReadKeyPrefix(absl::string_view word) {
  KeyPrefix prefix;
  prefix.identifier = IdentifierPrefix(word);
  if (!prefix.identifier.empty()) return prefix;
  const text::AnalyzedText analyzed = text::Analyzer().Analyze(word);
  const size_t syllables = CountSyllables(analyzed);
  if (syllables == 0 || !IsJoined(analyzed, syllables)) return std::nullopt;
  prefix.exact = TonelessLetters(word);
  prefix.folded = text::Fold(prefix.exact);
  return prefix;
}

}  // namespace tintinh::query

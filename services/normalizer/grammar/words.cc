#include "services/normalizer/grammar/words.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/text/letter.h"
#include "common/text/utf8.h"

namespace tintinh::normalizer {
namespace {

enum class LetterCase { kNone, kLower, kUpper };

LetterCase CaseOf(char32_t value) {
  if (text::ClassifyLetter(value).kind != text::LetterKind::kLetter) {
    return LetterCase::kNone;
  }
  return text::LowerOf(value) == value ? LetterCase::kLower : LetterCase::kUpper;
}

// Calls visit(LetterCase) for each code point until it returns false.
template <typename Visit>
void ForEachCase(absl::string_view text, Visit visit) {
  const char* at = text.data();
  const char* const limit = at + text.size();
  while (at != limit) {
    const text::CodePoint point = text::DecodeUtf8(at, limit);
    if (!visit(CaseOf(point.value))) {
      return;
    }
    at += point.size;
  }
}

constexpr absl::string_view kSeparators[] = {" ", "\t", "\r", "\n", "-", "–", "—", "|", "\u00A0"};

}  // namespace

std::vector<absl::string_view> SplitWords(absl::string_view line) {
  return absl::StrSplit(line, absl::ByAnyChar(" \t\r\n"), absl::SkipEmpty());
}

bool StartsWithCapital(absl::string_view word) {
  LetterCase first = LetterCase::kNone;
  ForEachCase(word, [&first](LetterCase letter) {
    first = letter;
    return letter == LetterCase::kNone;
  });
  return first == LetterCase::kUpper;
}

bool IsAllCapitals(absl::string_view text) {
  bool upper = false;
  bool lower = false;
  ForEachCase(text, [&](LetterCase letter) {
    upper |= letter == LetterCase::kUpper;
    lower |= letter == LetterCase::kLower;
    return !lower;
  });
  return upper && !lower;
}

bool HasLetter(absl::string_view text) {
  bool found = false;
  ForEachCase(text, [&found](LetterCase letter) {
    found = letter != LetterCase::kNone;
    return !found;
  });
  return found;
}

bool HasDigit(absl::string_view text) {
  for (const char c : text) {
    if (absl::ascii_isdigit(static_cast<unsigned char>(c))) {
      return true;
    }
  }
  return false;
}

bool EndsAsSentence(absl::string_view text) {
  text = absl::StripTrailingAsciiWhitespace(text);
  while (absl::ConsumeSuffix(&text, "\"") || absl::ConsumeSuffix(&text, "”") || absl::ConsumeSuffix(&text, "’") ||
         absl::ConsumeSuffix(&text, ")") || absl::ConsumeSuffix(&text, "]") || absl::ConsumeSuffix(&text, "»") ||
         absl::ConsumeSuffix(&text, "'")) {
  }
  for (const absl::string_view end : {".", "!", "?", "…", ":", ";"}) {
    if (absl::EndsWith(text, end)) {
      return true;
    }
  }
  return false;
}

size_t LeadingLetterBytes(absl::string_view text) {
  return text.empty() ? 0 : text::DecodeUtf8(text.data(), text.data() + text.size()).size;
}

absl::string_view TrimSeparators(absl::string_view text) {
  bool changed = true;
  while (changed) {
    changed = false;
    for (const absl::string_view separator : kSeparators) {
      changed |= absl::ConsumePrefix(&text, separator);
      changed |= absl::ConsumeSuffix(&text, separator);
    }
  }
  return text;
}

}  // namespace tintinh::normalizer

#include "services/normalizer/grammar/words.h"

#include <cstdint>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/text/normal_form.h"

namespace tintinh::normalizer {
namespace {

enum class LetterCase { kNone, kLower, kUpper };

// Letters that LowerCase changes are capitals; the rest counts as a letter when it is ASCII or a Latin letter
// (U+00C0–U+024F, U+1E00–U+1EFF), which is all that Vietnamese and its neighbours' names are written with.
LetterCase CaseOf(absl::string_view code_point) {
  const auto lead = static_cast<uint8_t>(code_point[0]);
  if (lead < 0x80) {
    return absl::ascii_isupper(lead)   ? LetterCase::kUpper
           : absl::ascii_islower(lead) ? LetterCase::kLower
                                       : LetterCase::kNone;
  }
  if (code_point.size() < 2) {
    return LetterCase::kNone;
  }
  const bool latin = (lead >= 0xC3 && lead <= 0xC9) || absl::StartsWith(code_point, "\xE1\xBA") ||
                     absl::StartsWith(code_point, "\xE1\xBB") || absl::StartsWith(code_point, "\xE1\xB8") ||
                     absl::StartsWith(code_point, "\xE1\xB9");
  if (!latin || code_point == "\u00D7" || code_point == "\u00F7") {
    return LetterCase::kNone;
  }
  return text::LowerCase(code_point) == code_point ? LetterCase::kLower : LetterCase::kUpper;
}

// Calls visit(LetterCase) for each code point until it returns false.
template <typename Visit>
void ForEachCase(absl::string_view text, Visit visit) {
  while (!text.empty()) {
    const size_t size = LeadingLetterBytes(text);
    if (!visit(CaseOf(text.substr(0, size)))) {
      return;
    }
    text.remove_prefix(size);
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
  if (text.empty()) {
    return 0;
  }
  size_t size = 1;
  while (size < text.size() && size < 4 && (static_cast<uint8_t>(text[size]) & 0xC0) == 0x80) {
    ++size;
  }
  return size;
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

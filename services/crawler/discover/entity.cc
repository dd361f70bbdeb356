#include "services/crawler/discover/entity.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "libxml/HTMLparser.h"

namespace tintinh::crawler {
namespace {

constexpr size_t kMaxNameBytes = 10;
constexpr uint32_t kReplacement = 0xFFFD;
// windows-1252, 0x80 to 0x9F.
constexpr std::array<uint32_t, 32> kWindows1252 = {
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
};
constexpr std::array<absl::string_view, 20> kSpaces = {
    "\u00A0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006", "\u2007",
    "\u2008", "\u2009", "\u200A", "\u200B", "\u2028", "\u2029", "\u202F", "\u205F", "\u3000", "\uFEFF",
};

std::string Utf8(uint32_t code) {
  const auto byte = [](uint32_t value) { return static_cast<char>(static_cast<unsigned char>(value)); };
  if (code < 0x80) return {byte(code)};
  if (code < 0x800) return {byte(0xC0 | (code >> 6)), byte(0x80 | (code & 63))};
  if (code < 0x10000) return {byte(0xE0 | (code >> 12)), byte(0x80 | ((code >> 6) & 63)), byte(0x80 | (code & 63))};
  return {byte(0xF0 | (code >> 18)), byte(0x80 | ((code >> 12) & 63)), byte(0x80 | ((code >> 6) & 63)),
          byte(0x80 | (code & 63))};
}

uint32_t Meant(uint32_t code) {
  if (code >= 0x80 && code < 0xA0) return kWindows1252[code - 0x80];
  const bool control = code < 0x20 && code != '\t' && code != '\n' && code != '\r';
  const bool surrogate = code >= 0xD800 && code < 0xE000;
  return control || surrogate || code > 0x10FFFF || (code & 0xFFFE) == 0xFFFE ? kReplacement : code;
}

// `digits` is what stands between "&#" and ";".
bool ParseNumber(absl::string_view digits, uint32_t* code) {
  const bool hex = absl::StartsWithIgnoreCase(digits, "x");
  if (hex) digits.remove_prefix(1);
  if (digits.empty() || digits.size() > 8) return false;
  const bool all = std::all_of(digits.begin(), digits.end(), [&](char c) {
    const auto octet = static_cast<unsigned char>(c);
    return hex ? absl::ascii_isxdigit(octet) : absl::ascii_isdigit(octet);
  });
  return all && (hex ? absl::SimpleHexAtoi(digits, code) : absl::SimpleAtoi(digits, code));
}

bool FindName(absl::string_view name, uint32_t* code) {
  if (name == "apos") {
    *code = '\'';
    return true;
  }
  const std::string terminated(name);
  const htmlEntityDesc* found = htmlEntityLookup(reinterpret_cast<const xmlChar*>(terminated.c_str()));
  if (found != nullptr) *code = found->value;
  return found != nullptr;
}

size_t LeadingSpace(absl::string_view text) {
  if (!text.empty() && absl::ascii_isspace(static_cast<unsigned char>(text[0]))) return 1;
  const auto* found = std::find_if(kSpaces.begin(), kSpaces.end(),
                                   [&](absl::string_view space) { return absl::StartsWith(text, space); });
  return found == kSpaces.end() ? 0 : found->size();
}

size_t TrailingSpace(absl::string_view text) {
  if (!text.empty() && absl::ascii_isspace(static_cast<unsigned char>(text.back()))) return 1;
  const auto* found = std::find_if(kSpaces.begin(), kSpaces.end(),
                                   [&](absl::string_view space) { return absl::EndsWith(text, space); });
  return found == kSpaces.end() ? 0 : found->size();
}

// A '<' that no letter, '/' or '!' follows is text: "GDP < 5%".
bool OpensTag(absl::string_view text) {
  if (text.size() < 2 || text[0] != '<') return false;
  return absl::ascii_isalpha(static_cast<unsigned char>(text[1])) || text[1] == '/' || text[1] == '!';
}

std::string StripTags(absl::string_view html) {
  std::string out;
  while (!html.empty()) {
    const size_t end = OpensTag(html) ? html.find('>') : absl::string_view::npos;
    if (end == absl::string_view::npos && OpensTag(html)) {
      // No '>' to the end: no tag from here on, which also keeps this linear.
      out.append(html.data(), html.size());
      break;
    }
    if (end != absl::string_view::npos) {
      html.remove_prefix(end + 1);
      continue;
    }
    out.push_back(html[0]);
    html.remove_prefix(1);
  }
  return out;
}

std::string CollapseSpaces(absl::string_view text) {
  std::string out;
  bool pending = false;
  while (!text.empty()) {
    const size_t space = LeadingSpace(text);
    pending = space > 0 ? true : pending;
    if (space == 0) {
      if (pending && !out.empty()) out.push_back(' ');
      pending = false;
      out.push_back(text[0]);
    }
    text.remove_prefix(std::max<size_t>(space, 1));
  }
  return out;
}

}  // namespace

Entity EntityAt(absl::string_view text) {
  if (!absl::StartsWith(text, "&")) return {};
  const size_t end = text.substr(0, kMaxNameBytes + 2).find(';');
  if (end == absl::string_view::npos) return {};
  const absl::string_view name = text.substr(1, end - 1);
  uint32_t code = 0;
  const bool number = absl::StartsWith(name, "#");
  const bool known = number ? ParseNumber(name.substr(1), &code) : FindName(name, &code);
  if (!known) return {};
  return {end + 1, Utf8(number ? Meant(code) : code)};
}

std::string DecodeEntities(absl::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const Entity entity = EntityAt(text);
    entity.bytes > 0 ? out.append(entity.utf8) : out.append(1, text[0]);
    text.remove_prefix(std::max<size_t>(entity.bytes, 1));
  }
  return out;
}

std::string PlainTitle(absl::string_view html, size_t max_bytes) {
  std::string text(html);
  for (int round = 0; round < 3; ++round) {
    std::string decoded = DecodeEntities(StripTags(text));
    if (decoded == text) break;
    text = std::move(decoded);
  }
  text = CollapseSpaces(StripWhitespace(text));
  if (text.size() <= max_bytes) return text;
  while (max_bytes > 0 && (static_cast<unsigned char>(text[max_bytes]) & 0xC0U) == 0x80U) --max_bytes;
  return text.substr(0, max_bytes);
}

absl::string_view StripWhitespace(absl::string_view utf8) {
  while (const size_t space = LeadingSpace(utf8)) utf8.remove_prefix(space);
  while (const size_t space = TrailingSpace(utf8)) utf8.remove_suffix(space);
  return utf8;
}

}  // namespace tintinh::crawler

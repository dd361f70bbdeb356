#include "common/url/percent.h"

#include <cstddef>
#include <optional>

#include "absl/strings/ascii.h"

namespace tintinh::url {
namespace {

constexpr absl::string_view kHexDigits = "0123456789ABCDEF";

bool IsUnreserved(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '.' || c == '_' || c == '~';
}

bool IsForbidden(char c) {
  const auto octet = static_cast<unsigned char>(c);
  return octet <= 0x20 || octet >= 0x7f || absl::string_view("\"<>\\^`{|}").find(c) != absl::string_view::npos;
}

int HexValue(char c) {
  if (!absl::ascii_isxdigit(static_cast<unsigned char>(c))) return -1;
  return c <= '9' ? c - '0' : absl::ascii_tolower(static_cast<unsigned char>(c)) - 'a' + 10;
}

std::optional<char> EscapeAt(absl::string_view text, size_t at) {
  if (text[at] != '%' || at + 2 >= text.size()) return std::nullopt;
  const int high = HexValue(text[at + 1]);
  const int low = HexValue(text[at + 2]);
  if (high < 0 || low < 0) return std::nullopt;
  return static_cast<char>(high * 16 + low);
}

void AppendEscape(char c, std::string* out) {
  const auto octet = static_cast<unsigned char>(c);
  out->push_back('%');
  out->push_back(kHexDigits[octet >> 4]);
  out->push_back(kHexDigits[octet & 15]);
}

}  // namespace

std::string NormalizeEscapes(absl::string_view component) {
  std::string out;
  out.reserve(component.size());
  for (size_t i = 0; i < component.size(); ++i) {
    const std::optional<char> escaped = EscapeAt(component, i);
    if (escaped) i += 2;
    const char c = escaped.value_or(component[i]);
    const bool stays = escaped ? IsUnreserved(c) : c != '%' && !IsForbidden(c);
    stays ? out.push_back(c) : AppendEscape(c, &out);
  }
  return out;
}

std::string EscapeForbidden(absl::string_view component) {
  std::string out;
  out.reserve(component.size());
  for (const char c : component) {
    IsForbidden(c) ? AppendEscape(c, &out) : out.push_back(c);
  }
  return out;
}

std::string DecodeEscapes(absl::string_view component) {
  std::string out;
  out.reserve(component.size());
  for (size_t i = 0; i < component.size(); ++i) {
    const std::optional<char> escaped = EscapeAt(component, i);
    if (escaped) i += 2;
    out.push_back(escaped.value_or(component[i]));
  }
  return out;
}

}  // namespace tintinh::url

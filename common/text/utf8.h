// UTF-8 by the table of well-formed sequences (Unicode 15, table 3-7).
#ifndef TINTINH_COMMON_TEXT_UTF8_H_
#define TINTINH_COMMON_TEXT_UTF8_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace tintinh::text {

constexpr char32_t kReplacement = 0xFFFD;

// One step through a text. An ill-formed sequence gives kReplacement, `valid` false and the size of its longest
// well-formed beginning (at least 1), as Unicode recommends.
struct CodePoint {
  char32_t value = kReplacement;
  uint8_t size = 1;
  bool valid = false;
};

// Decodes what is not ASCII; DecodeUtf8 is the one to call.
CodePoint DecodeMultibyte(const char* at, const char* limit);

// Reads the code point at `at`. REQUIRES: at < limit.
inline CodePoint DecodeUtf8(const char* at, const char* limit) {
  const auto byte = static_cast<unsigned char>(*at);
  if (byte < 0x80) return {byte, 1, true};
  // The lengths of Vietnamese letters, spared a call.
  const auto continues = [at](int i) { return (static_cast<unsigned char>(at[i]) & 0xC0) == 0x80; };
  const auto bits = [at](int i) { return static_cast<char32_t>(static_cast<unsigned char>(at[i]) & 0x3F); };
  if (byte >= 0xC2 && byte < 0xE0 && limit - at >= 2 && continues(1)) {
    return {static_cast<char32_t>((byte & 0x1F) << 6) | bits(1), 2, true};
  }
  if (byte > 0xE0 && byte < 0xED && limit - at >= 3 && continues(1) && continues(2)) {
    return {static_cast<char32_t>((byte & 0x0F) << 12) | bits(1) << 6 | bits(2), 3, true};
  }
  return DecodeMultibyte(at, limit);
}

// Writes `value` to `out` (room for 4 bytes) and returns the bytes written. REQUIRES: a scalar value.
size_t WriteUtf8(char32_t value, char* out);
void AppendUtf8(char32_t value, std::string* out);

bool IsValidUtf8(absl::string_view bytes);

// Replaces every ill-formed sequence by U+FFFD. `replaced`, where given, receives how many there were.
std::string RepairUtf8(absl::string_view bytes, size_t* replaced = nullptr);

// Unicode's White_Space property.
bool IsWhitespace(char32_t value);

// Any run of white space (no-break spaces and line ends too) becomes one space; none at either end.
std::string CollapseWhitespace(absl::string_view utf8);

}  // namespace tintinh::text

#endif  // TINTINH_COMMON_TEXT_UTF8_H_

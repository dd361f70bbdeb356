#include "services/crawler/discover/charset.h"

#include <errno.h>
#include <iconv.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace tintinh::crawler {
namespace {

constexpr absl::string_view kReplacement = "\xEF\xBF\xBD";
// The declaration stands at the very beginning.
constexpr size_t kDeclarationBytes = 256;

struct Mark {
  absl::string_view bytes;
  const char* charset;
};
// UTF-32 first: its little-endian mark begins with UTF-16's.
constexpr std::array<Mark, 5> kMarks = {{
    {absl::string_view("\xFF\xFE\0\0", 4), "UTF-32LE"},
    {absl::string_view("\0\0\xFE\xFF", 4), "UTF-32BE"},
    {absl::string_view("\xEF\xBB\xBF", 3), "UTF-8"},
    {absl::string_view("\xFF\xFE", 2), "UTF-16LE"},
    {absl::string_view("\xFE\xFF", 2), "UTF-16BE"},
}};
constexpr std::array<Mark, 2> kUnmarked = {{
    {absl::string_view("<\0?\0", 4), "UTF-16LE"},
    {absl::string_view("\0<\0?", 4), "UTF-16BE"},
}};
// Families that need no more state than iconv's simplest converters.
constexpr std::array<absl::string_view, 11> kFamilies = {"windows-", "cp125", "iso-8859-", "koi8-",  "big5",    "gb",
                                                         "euc-",     "shift", "tcvn",      "viscii", "us-ascii"};

// Bytes of the valid sequence at the front of `text` (RFC 3629), 0 if there is none.
size_t SequenceBytes(absl::string_view text) {
  const auto octet = [&](size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto follows = [&](size_t i) { return (octet(i) & 0xC0U) == 0x80U; };
  const unsigned first = octet(0);
  if (first < 0x80) return 1;
  if (first < 0xC2 || first > 0xF4) return 0;
  if (first < 0xE0) return follows(1) ? 2 : 0;
  const unsigned second = octet(1);
  const bool bad_second = (first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
                          (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F);
  if (bad_second || !follows(1) || !follows(2)) return 0;
  if (first < 0xF0) return 3;
  return follows(3) ? 4 : 0;
}

bool IsUtf8(absl::string_view text) {
  while (!text.empty()) {
    const size_t bytes = SequenceBytes(text);
    if (bytes == 0) return false;
    text.remove_prefix(bytes);
  }
  return true;
}

std::string Repair(absl::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const size_t bytes = SequenceBytes(text);
    absl::string_view valid = bytes == 0 ? kReplacement : text.substr(0, bytes);
    out.append(valid.data(), valid.size());
    text.remove_prefix(std::max<size_t>(bytes, 1));
  }
  return out;
}

std::string DeclaredCharset(absl::string_view bytes) {
  const std::string head = absl::AsciiStrToLower(bytes.substr(0, kDeclarationBytes));
  const size_t end = head.find("?>");
  const size_t key = head.find("encoding");
  if (key == std::string::npos || end == std::string::npos || key > end) return "";
  const size_t open = head.find_first_of("'\"", key);
  const size_t close = open == std::string::npos ? open : head.find_first_of("'\"", open + 1);
  if (close == std::string::npos || close > end) return "";
  const std::string name = head.substr(open + 1, close - open - 1);
  const bool plain = name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") == std::string::npos;
  const bool known = std::any_of(kFamilies.begin(), kFamilies.end(),
                                 [&](absl::string_view family) { return absl::StartsWith(name, family); });
  return plain && known ? name : "";
}

// Appends what `converter` makes of `bytes`; what it cannot read becomes U+FFFD.
void AppendConverted(iconv_t converter, absl::string_view bytes, std::string* out) {
  std::string input(bytes);
  char* in = input.data();
  size_t left = input.size();
  std::array<char, 4096> buffer{};
  while (left > 0) {
    char* to = buffer.data();
    size_t room = buffer.size();
    const size_t result = iconv(converter, &in, &left, &to, &room);
    out->append(buffer.data(), buffer.size() - room);
    if (result != static_cast<size_t>(-1) || errno == E2BIG) continue;
    out->append(kReplacement.data(), kReplacement.size());
    if (errno == EINVAL) return;  // cut short at the end
    ++in;
    --left;
  }
  // Encodings with combining marks hold the last letter back.
  char* to = buffer.data();
  size_t room = buffer.size();
  iconv(converter, nullptr, nullptr, &to, &room);
  out->append(buffer.data(), buffer.size() - room);
}

std::string Convert(absl::string_view bytes, const char* charset) {
  const iconv_t converter = iconv_open("UTF-8", charset);
  // iconv reports failure as the pointer -1.
  if (reinterpret_cast<intptr_t>(converter) == -1) return Repair(bytes);
  std::string out;
  AppendConverted(converter, bytes, &out);
  iconv_close(converter);
  return Repair(out);
}

}  // namespace

std::string ToUtf8(absl::string_view bytes) {
  for (const Mark& mark : kMarks) {
    if (absl::StartsWith(bytes, mark.bytes)) return Convert(bytes.substr(mark.bytes.size()), mark.charset);
  }
  for (const Mark& mark : kUnmarked) {
    if (absl::StartsWith(bytes, mark.bytes)) return Convert(bytes, mark.charset);
  }
  if (IsUtf8(bytes)) return std::string(bytes);
  const std::string declared = DeclaredCharset(bytes);
  return declared.empty() ? Repair(bytes) : Convert(bytes, declared.c_str());
}

}  // namespace tintinh::crawler

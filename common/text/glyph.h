// One letter as a reader sees it: a base with all the marks typed after it, in whatever order and form.
#ifndef TINTINH_COMMON_TEXT_GLYPH_H_
#define TINTINH_COMMON_TEXT_GLYPH_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "common/text/letter.h"
#include "common/text/utf8.h"

namespace tintinh::text {

// Marks beyond this many on one base are dropped (the bound of the Stream-Safe Text Format, UAX #15), which keeps
// composing linear.
constexpr size_t kMaxMarks = 30;

struct Marks {
  std::array<char32_t, kMaxMarks> values;
  size_t size = 0;
};

// Collects the combining marks at `at`, skipping invisible characters among them; returns where they end. `content_end`
// is moved behind the last mark and left alone where there is none. May be called again to collect more.
const char* ReadMarks(const char* at, const char* limit, Marks* marks, const char** content_end);

// Whether a combining mark or an invisible character may begin at `at`: false for ASCII and for the letters of Latin
// and Vietnamese, which is nearly always. REQUIRES: at < limit.
inline bool MayContinueLetter(const char* at, const char* limit) {
  const auto first = static_cast<unsigned char>(at[0]);
  if (first < 0xC2 || at + 1 == limit) return false;
  const auto second = static_cast<unsigned char>(at[1]);
  if (first == 0xC2) return second == 0xAD;
  return first >= 0xCC && !(first == 0xE1 && second >= 0xB8);
}

// The letter that `base` becomes with `marks`. `composed` tells whether a single Vietnamese letter came out; if not,
// the letter is the first of the canonical composition (NFC) and its other marks carry no meaning here.
struct Composition {
  Letter letter;
  bool composed = false;
};
Composition Compose(char32_t base, const Marks& marks);

struct Glyph {
  Letter letter;
  const char* end = nullptr;   // behind the last byte that belongs to the letter
  const char* next = nullptr;  // where reading goes on: invisible characters behind the letter are skipped
};

// ReadGlyph for letters that are not one plain byte.
bool ReadWideGlyph(const char* at, const char* limit, Glyph* glyph);

// Reads the letter or digit at `at`; false (and `glyph` undefined) where there is none. REQUIRES: at < limit.
inline bool ReadGlyph(const char* at, const char* limit, Glyph* glyph) {
  const auto byte = static_cast<unsigned char>(*at);
  if (byte < 0x80) {
    glyph->letter = letter_table::kTable[byte];
    if (glyph->letter.kind == LetterKind::kNone) return false;
    if (at + 1 == limit || !MayContinueLetter(at + 1, limit)) {
      glyph->end = glyph->next = at + 1;
      return true;
    }
  }
  return ReadWideGlyph(at, limit, glyph);
}

}  // namespace tintinh::text

#endif  // TINTINH_COMMON_TEXT_GLYPH_H_

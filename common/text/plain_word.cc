#include "common/text/plain_word.h"

#include <array>
#include <cstring>

#include "common/text/letter.h"
#include "common/text/syllable.h"
#include "common/text/utf8.h"

namespace tintinh::text {
namespace {

constexpr uint16_t kOneTone = 0x100;

struct PlainLetter {
  enum Kind : uint8_t { kLetter, kEnd, kUnknown };
  char exact[2] = {};
  uint8_t exact_size = 0;
  char fold = 0;
  uint16_t tones = 0;  // the tone, and kOneTone if it is not level: sums over a word
  uint8_t flags = 0;
  Kind kind = kUnknown;
};

constexpr PlainLetter PlainLetterOf(const Letter& letter) {
  PlainLetter plain;
  plain.kind = PlainLetter::kLetter;
  plain.fold = letter.fold;
  plain.flags = letter.flags;
  plain.tones = static_cast<uint16_t>(letter.tone + (letter.tone == kLevel ? 0 : kOneTone));
  const bool wide = letter.toneless >= 0x80;
  plain.exact_size = wide ? 2 : 1;
  plain.exact[0] = static_cast<char>(wide ? 0xC0 | letter.toneless >> 6 : letter.toneless);
  plain.exact[1] = static_cast<char>(wide ? 0x80 | (letter.toneless & 0x3F) : 0);
  return plain;
}

using PlainTable = std::array<PlainLetter, letter_table::kSize>;

constexpr PlainTable BuildPlainTable() {
  PlainTable table{};
  for (size_t slot = 0; slot < table.size(); ++slot) {
    const Letter& letter = letter_table::kTable[slot];
    if (letter.kind != LetterKind::kNone) {
      if ((letter.flags & Letter::kEth) == 0) table[slot] = PlainLetterOf(letter);
    } else if (slot < 0xC0 && !IsInvisible(static_cast<char32_t>(slot))) {
      table[slot].kind = PlainLetter::kEnd;
    }
  }
  return table;
}

constexpr PlainTable kPlainTable = BuildPlainTable();
constexpr PlainLetter kPlainEnd = {.kind = PlainLetter::kEnd};
constexpr PlainLetter kPlainUnknown = {};

const PlainLetter& ClassifyPlain(char32_t value) {
  if (letter_table::HasSlot(value)) return kPlainTable[letter_table::Slot(value)];
  // Dashes, quotation marks and dots.
  return value >= 0x2010 && value < 0x2040 ? kPlainEnd : kPlainUnknown;
}

char32_t ByteOf(char byte) { return static_cast<unsigned char>(byte); }

// What WriteExactKey and WriteFoldedKey do behind the letters. REQUIRES: `word` complete but for what changes here.
void FinishKeys(const PlainLetter& last, uint32_t tone, char* exact, PlainWord* word) {
  if (last.fold == 'y') {
    // A letter of two bytes is none of those that free an y, nor is its first byte.
    const FreeY free = IsFreeY(word->letters, ByteOf(exact[0]), ByteOf(exact[1]));
    if (free.exact && tone != kLevel) exact[word->exact_size - 1] = 'i';
    if (free.folded) word->folded ^= uint64_t{'y' ^ 'i'} << (8 * (word->letters - 1U));
  }
  constexpr uint8_t kMixed = Letter::kDigit | Letter::kAlphabetic;
  const bool ends_in_digit = (word->flags & kMixed) == kMixed && (last.flags & Letter::kDigit) != 0;
  if (tone != kLevel || ends_in_digit) exact[word->exact_size++] = static_cast<char>('0' + tone);
  const auto folded_last = static_cast<char>(word->folded >> (8 * (word->letters - 1U)));
  word->same_keys = word->exact_size == word->letters && exact[word->letters - 1U] == folded_last;
}

}  // namespace

bool ReadPlainWord(const char* at, const char* limit, char* exact, PlainWord* word) {
  const PlainLetter* last = &kPlainEnd;
  uint64_t folded = 0;
  uint32_t bits = 0;  // of `folded`
  uint32_t tones = 0;
  uint8_t flags = 0;
  size_t size = 0;
  while (at < limit) {
    const CodePoint point = DecodeUtf8(at, limit);
    const PlainLetter& letter = ClassifyPlain(point.value);
    if (letter.kind != PlainLetter::kLetter || bits == 8 * kMaxPlainLetters) {
      if (letter.kind == PlainLetter::kEnd) break;
      return false;
    }
    std::memcpy(exact + size, letter.exact, sizeof letter.exact);
    size += letter.exact_size;
    folded |= uint64_t{static_cast<unsigned char>(letter.fold)} << bits;
    bits += 8;
    tones += letter.tones;
    flags |= letter.flags;
    last = &letter;
    at += point.size;
  }
  if (tones >= 2 * kOneTone) return false;
  word->folded = folded;
  word->end = at;
  word->letters = static_cast<uint8_t>(bits / 8);
  word->exact_size = static_cast<uint8_t>(size);
  word->flags = flags;
  FinishKeys(*last, tones % kOneTone, exact, word);
  return true;
}

}  // namespace tintinh::text

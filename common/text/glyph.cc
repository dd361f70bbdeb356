#include "common/text/glyph.h"

#include <unicode/unorm2.h>
#include <unicode/utf16.h>

namespace tintinh::text {
namespace {

bool ComposeVietnamese(char32_t base, const Marks& marks, Letter* letter) {
  *letter = ClassifyLetter(base);
  if ((letter->flags & Letter::kVowel) == 0) return false;
  for (size_t i = 0; i < marks.size; ++i) {
    if (!AddMark(ClassifyMark(marks.values[i]), letter)) return false;
  }
  return true;
}

int32_t AppendUtf16(char32_t value, UChar* out, int32_t size) {
  U16_APPEND_UNSAFE(out, size, static_cast<UChar32>(value));
  return size;
}

char32_t FirstOfNfc(char32_t base, const Marks& marks) {
  UChar source[2 * (kMaxMarks + 1)];
  int32_t size = AppendUtf16(base, source, 0);
  for (size_t i = 0; i < marks.size; ++i) size = AppendUtf16(marks.values[i], source, size);
  // NFC makes no sequence more than three times as long.
  UChar composed[6 * (kMaxMarks + 1)];
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2* nfc = unorm2_getNFCInstance(&error);
  const int32_t length = unorm2_normalize(nfc, source, size, composed, 6 * (kMaxMarks + 1), &error);
  if (U_FAILURE(error) || length == 0) return base;
  UChar32 first;
  U16_GET(composed, 0, 0, length, first);
  return static_cast<char32_t>(first);
}

}  // namespace

const char* ReadMarks(const char* at, const char* limit, Marks* marks, const char** content_end) {
  while (at < limit) {
    const CodePoint point = DecodeUtf8(at, limit);
    const bool combining = IsCombining(point.value);
    if (!combining && !IsInvisible(point.value)) break;
    at += point.size;
    if (!combining) continue;
    *content_end = at;
    if (marks->size < kMaxMarks) marks->values[marks->size++] = point.value;
  }
  return at;
}

Composition Compose(char32_t base, const Marks& marks) {
  Letter letter;
  if (ComposeVietnamese(base, marks, &letter)) return {letter, true};
  return {ClassifyLetter(FirstOfNfc(base, marks)), false};
}

bool ReadWideGlyph(const char* at, const char* limit, Glyph* glyph) {
  const CodePoint base = DecodeUtf8(at, limit);
  glyph->letter = ClassifyLetter(base.value);
  if (glyph->letter.kind == LetterKind::kNone) return false;
  glyph->end = glyph->next = at + base.size;
  const bool foreign = (glyph->letter.flags & Letter::kForeign) != 0;
  Marks marks;
  if (glyph->next < limit && (foreign || MayContinueLetter(glyph->next, limit))) {
    glyph->next = ReadMarks(glyph->next, limit, &marks, &glyph->end);
  }
  // Letters of other scripts may be written by more than one code point even without marks.
  if (glyph->letter.kind == LetterKind::kDigit || (marks.size == 0 && !foreign)) return true;
  const Letter composed = Compose(base.value, marks).letter;
  if (composed.kind == LetterKind::kLetter) glyph->letter = composed;
  return true;
}

}  // namespace tintinh::text

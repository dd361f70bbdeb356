#include "common/text/normal_form.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>

#include <algorithm>

#include "common/text/glyph.h"
#include "common/text/letter.h"
#include "common/text/syllable.h"

namespace tintinh::text {
namespace {

bool IsAscii(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// First pass of NormalForm: everything but the compositions of other scripts and the words with eth.
class Composer {
 public:
  explicit Composer(size_t size) { out_.reserve(size); }

  void Add(char32_t base, const Marks& marks) {
    if (base < 0x80 && marks.size == 0) {
      out_.push_back(static_cast<char>(base));
      return;
    }
    const Composition composition = marks.size == 0 ? Composition{} : Compose(base, marks);
    if (composition.composed) {
      const bool upper = (composition.letter.flags & Letter::kUpper) != 0;
      const char32_t lower = TonedLetter(composition.letter);
      AppendUtf8(upper ? UpperOf(lower) : lower, &out_);
      return;
    }
    AppendUtf8(base, &out_);
    for (size_t i = 0; i < marks.size; ++i) AppendUtf8(marks.values[i], &out_);
    saw_eth_ |= base < 0x300 && (ClassifyLetter(base).flags & Letter::kEth) != 0;
    needs_nfc_ |= marks.size > 0 || !IsStable(base);
  }

  bool saw_eth() const { return saw_eth_; }
  bool needs_nfc() const { return needs_nfc_; }
  std::string Take() { return std::move(out_); }

 private:
  // Blocks where no character changes under NFC: Latin, Vietnamese letters, general punctuation from U+2002, the đồng.
  static bool IsStable(char32_t value) {
    return value < 0x300 || (value >= 0x1E00 && value < 0x1F00) || (value >= 0x2002 && value < 0x2100);
  }

  std::string out_;
  bool saw_eth_ = false;
  bool needs_nfc_ = false;
};

std::string CanonicalComposition(std::string text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(error);
  if (U_FAILURE(error)) return text;
  std::string out;
  out.reserve(text.size());
  icu::StringByteSink<std::string> sink(&out);
  nfc->normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<int32_t>(text.size())), sink, nullptr, error);
  return U_FAILURE(error) ? text : out;
}

// đ in place of the eth at `at`; both take two bytes.
void ReplaceEth(char* at, bool upper) { WriteUtf8(upper ? U'Đ' : U'đ', at); }

void RepairEths(std::string* text) {
  const char* const begin = text->data();
  const char* const limit = begin + text->size();
  const char* at = begin;
  WordLetters word;
  while (at < limit) {
    const char* const word_begin = at;
    const char* const word_end = ReadWordLetters(at, limit, &word);
    if (word_end == word_begin) {
      at += DecodeUtf8(at, limit).size;
      continue;
    }
    if (RepairEth(&word)) {
      Glyph glyph;
      for (at = word_begin; at < word_end && ReadGlyph(at, limit, &glyph); at = glyph.next) {
        const bool eth = (glyph.letter.flags & Letter::kEth) != 0;
        if (eth) ReplaceEth(text->data() + (at - begin), (glyph.letter.flags & Letter::kUpper) != 0);
      }
    }
    at = word_end;
  }
}

void AppendFolded(char32_t value, std::string* out) {
  const Letter letter = ClassifyLetter(value);
  if (letter.kind == LetterKind::kNone || letter.kind == LetterKind::kDigit) {
    if (!(value >= 0x300 && value < 0x370)) AppendUtf8(LowerOf(value), out);
  } else if (letter.fold != 0) {
    out->push_back(letter.fold);
  } else {
    AppendUtf8(TonedLetter(letter), out);
  }
}

template <typename Append>
std::string MapCodePoints(absl::string_view text, const Append& append) {
  std::string out;
  out.reserve(text.size());
  const char* at = text.data();
  const char* const limit = at + text.size();
  while (at < limit) {
    const CodePoint point = DecodeUtf8(at, limit);
    append(point.value, &out);
    at += point.size;
  }
  return out;
}

}  // namespace

std::string NormalForm(absl::string_view utf8) {
  if (IsAscii(utf8)) return std::string(utf8);
  Composer composer(utf8.size());
  const char* at = utf8.data();
  const char* const limit = at + utf8.size();
  while (at < limit) {
    const CodePoint base = DecodeUtf8(at, limit);
    at += base.size;
    if (IsInvisible(base.value)) continue;
    Marks marks;
    const char* content_end = at;
    const bool plain = at == limit || static_cast<unsigned char>(*at) < 0x80;
    if (!plain) at = ReadMarks(at, limit, &marks, &content_end);
    composer.Add(base.value, marks);
  }
  const bool saw_eth = composer.saw_eth();
  const bool needs_nfc = composer.needs_nfc();
  std::string text = composer.Take();
  if (needs_nfc) text = CanonicalComposition(std::move(text));
  if (saw_eth) RepairEths(&text);
  return text;
}

std::string Fold(absl::string_view utf8) { return MapCodePoints(NormalForm(utf8), AppendFolded); }

std::string LowerCase(absl::string_view utf8) {
  return MapCodePoints(utf8, [](char32_t value, std::string* out) {
    const bool ascii_capital = value >= 'A' && value <= 'Z';
    AppendUtf8(value < 0x80 ? (ascii_capital ? value + 0x20 : value) : LowerOf(value), out);
  });
}

}  // namespace tintinh::text

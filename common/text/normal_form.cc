#include "common/text/normal_form.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>

#include "common/text/byte_automaton.h"
#include "common/text/glyph.h"
#include "common/text/letter.h"
#include "common/text/syllable.h"

namespace tintinh::text {
namespace {

// Texts that are their own normal form: well-formed, without marks, invisible characters or eth, and of no character
// that another one stands for. Nearly every text is one; that it is no other one could not be told is no harm.
enum SettledState : ByteAutomaton::State {
  kBetween = 1,
  kOneLeft,
  kAfterC2,
  kAfterC3,
  kAfterC6,
  kAfterE1,
  kAfterE2,
  kAfterE280
};

constexpr ByteAutomaton BuildSettled() {
  ByteAutomaton automaton;
  automaton.On(kBetween, 0x00, 0x7F, kBetween);
  automaton.On(kOneLeft, 0x80, 0xBF, kBetween);
  // Up to U+023F, but for the soft hyphen, Ð, ð and Ɖ.
  automaton.On(kBetween, 0xC2, 0xC2, kAfterC2);
  automaton.On(kAfterC2, 0x80, 0xBF, kBetween);
  automaton.On(kAfterC2, 0xAD, 0xAD, ByteAutomaton::kDead);
  automaton.On(kBetween, 0xC3, 0xC3, kAfterC3);
  automaton.On(kAfterC3, 0x80, 0xBF, kBetween);
  automaton.On(kAfterC3, 0x90, 0x90, ByteAutomaton::kDead);
  automaton.On(kAfterC3, 0xB0, 0xB0, ByteAutomaton::kDead);
  automaton.On(kBetween, 0xC4, 0xC8, kOneLeft);
  automaton.On(kBetween, 0xC6, 0xC6, kAfterC6);
  automaton.On(kAfterC6, 0x80, 0xBF, kBetween);
  automaton.On(kAfterC6, 0x89, 0x89, ByteAutomaton::kDead);
  // U+1E00 to U+1EFF.
  automaton.On(kBetween, 0xE1, 0xE1, kAfterE1);
  automaton.On(kAfterE1, 0xB8, 0xBB, kOneLeft);
  // Punctuation from U+2010 to U+203F; U+2080 to U+20BF, where the đồng stands.
  automaton.On(kBetween, 0xE2, 0xE2, kAfterE2);
  automaton.On(kAfterE2, 0x80, 0x80, kAfterE280);
  automaton.On(kAfterE280, 0x90, 0xBF, kBetween);
  automaton.On(kAfterE2, 0x82, 0x82, kOneLeft);
  return automaton;
}

constexpr ByteAutomaton kSettled = BuildSettled();

bool IsSettled(absl::string_view text) { return kSettled.Run(text, kBetween) == kBetween; }

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
  if (IsSettled(utf8)) return std::string(utf8);
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

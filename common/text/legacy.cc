#include "common/text/legacy.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "common/text/letter.h"
#include "common/text/little_endian.h"
#include "common/text/syllable.h"
#include "common/text/utf8.h"

namespace tintinh::text {
namespace {

// TCVN 5712:1993 VN3, from byte 0xA1 on; 0 where it has no letter.
constexpr char32_t kTcvn3[] = {
    U'Ă', U'Â', U'Ê', U'Ô', U'Ơ', U'Ư', U'Đ', U'ă', U'â', U'ê', U'ô', U'ơ', U'ư', U'đ', 0,           // A1–AF
    0,    0,    0,    0,    0,    U'à', U'ả', U'ã', U'á', U'ạ', 0,    U'ằ', U'ẳ', U'ẵ', U'ắ', 0,     // B0–BF
    0,    0,    0,    0,    0,    0,    U'ặ', U'ầ', U'ẩ', U'ẫ', U'ấ', U'ậ', U'è', 0,    U'ẻ', U'ẽ',  // C0–CF
    U'é', U'ẹ', U'ề', U'ể', U'ễ', U'ế', U'ệ', U'ì', U'ỉ', 0,    0,    0,    U'ĩ', U'í', U'ị', U'ò',  // D0–DF
    0,    U'ỏ', U'õ', U'ó', U'ọ', U'ồ', U'ổ', U'ỗ', U'ố', U'ộ', U'ờ', U'ở', U'ỡ', U'ớ', U'ợ', U'ù',  // E0–EF
    0,    U'ủ', U'ũ', U'ú', U'ụ', U'ừ', U'ử', U'ữ', U'ứ', U'ự', U'ỳ', U'ỷ', U'ỹ', U'ý', U'ỵ', 0};    // F0–FF
constexpr char32_t kTcvn3Begin = 0xA1;
static_assert(std::size(kTcvn3) == 0x100 - kTcvn3Begin);

std::string DecodeTcvn3(absl::string_view text) {
  std::string out;
  const char* at = text.data();
  const char* const limit = at + text.size();
  while (at < limit) {
    const CodePoint point = DecodeUtf8(at, limit);
    const bool high = point.valid && point.value >= kTcvn3Begin && point.value <= 0xFF;
    const char32_t letter = high ? kTcvn3[point.value - kTcvn3Begin] : 0;
    AppendUtf8(letter != 0 ? letter : point.value, &out);
    at += point.size;
  }
  return out;
}

// VNI for Windows writes a vowel's marks as one letter behind it.
struct VniMark {
  char32_t letter;
  bool shaped;
  Shape shape;
  Tone tone;
};
constexpr VniMark kVniMarks[] = {{U'ù', false, Shape::kBreve, kSac},      {U'ø', false, Shape::kBreve, kHuyen},
                                 {U'û', false, Shape::kBreve, kHoi},      {U'õ', false, Shape::kBreve, kNga},
                                 {U'ï', false, Shape::kBreve, kNang},     {U'â', true, Shape::kCircumflex, kLevel},
                                 {U'á', true, Shape::kCircumflex, kSac},  {U'à', true, Shape::kCircumflex, kHuyen},
                                 {U'å', true, Shape::kCircumflex, kHoi},  {U'ã', true, Shape::kCircumflex, kNga},
                                 {U'ä', true, Shape::kCircumflex, kNang}, {U'ê', true, Shape::kBreve, kLevel},
                                 {U'é', true, Shape::kBreve, kSac},       {U'è', true, Shape::kBreve, kHuyen},
                                 {U'ú', true, Shape::kBreve, kHoi},       {U'ü', true, Shape::kBreve, kNga},
                                 {U'ë', true, Shape::kBreve, kNang}};

struct VniLetter {
  char32_t letter;
  char32_t meaning;
};
constexpr VniLetter kVniLetters[] = {{U'ñ', U'đ'}, {U'ö', U'ư'}, {U'ô', U'ơ'}, {U'í', U'í'}, {U'ì', U'ì'},
                                     {U'æ', U'ỉ'}, {U'ó', U'ĩ'}, {U'ò', U'ị'}, {U'î', U'ỵ'}};

bool IsCapital(char32_t value) { return (value >= 'A' && value <= 'Z') || (value >= 0xC0 && value <= 0xDE); }
char32_t LowerLatin1(char32_t value) { return IsCapital(value) ? value + 0x20 : value; }

char32_t VniMeaning(char32_t lower) {
  for (const VniLetter& letter : kVniLetters) {
    if (letter.letter == lower) return letter.meaning;
  }
  return lower;
}

// True if `value` put marks on `letter`.
bool AddVniMark(char32_t value, Letter* letter) {
  const auto* const mark = std::find_if(std::begin(kVniMarks), std::end(kVniMarks),
                                        [value](const VniMark& known) { return known.letter == value; });
  if (mark == std::end(kVniMarks) || letter->tone != kLevel) return false;
  Letter marked = *letter;
  if (mark->shaped && !AddMark({.is_shape = true, .shape = mark->shape}, &marked)) return false;
  if (mark->tone != kLevel && !AddMark({.is_tone = true, .tone = mark->tone}, &marked)) return false;
  *letter = marked;
  return true;
}

std::string DecodeVni(absl::string_view text) {
  std::string out;
  const char* at = text.data();
  const char* const limit = at + text.size();
  while (at < limit) {
    const CodePoint point = DecodeUtf8(at, limit);
    at += point.size;
    const bool latin1 = point.value < 0x100;
    Letter letter = latin1 ? ClassifyLetter(VniMeaning(LowerLatin1(point.value))) : Letter{};
    if (letter.kind != LetterKind::kLetter || (letter.flags & Letter::kForeign) != 0) {
      AppendUtf8(point.value, &out);
      continue;
    }
    if (at < limit) {
      const CodePoint next = DecodeUtf8(at, limit);
      if (next.valid && next.value < 0x100 && AddVniMark(LowerLatin1(next.value), &letter)) at += next.size;
    }
    const char32_t lower = TonedLetter(letter);
    AppendUtf8(IsCapital(point.value) ? UpperOf(lower) : lower, &out);
  }
  return out;
}

using IsValid = bool (*)(absl::string_view word);

struct Score {
  size_t words = 0;  // with marks
  size_t valid = 0;
  double share() const { return words == 0 ? 0 : static_cast<double>(valid) / static_cast<double>(words); }
};

// Only words of letters that are partly ASCII count: signs such as © and ® are whole words in TCVN3.
bool IsEvidence(absl::string_view word) {
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return std::any_of(word.begin(), word.end(), is_ascii) && !std::all_of(word.begin(), word.end(), is_ascii) &&
         std::none_of(word.begin(), word.end(), is_digit);
}

// In a legacy reading signs such as « and ¹ are letters, so that only these cut words, in every reading alike.
bool CutsWords(char32_t value) {
  if (value >= 0x80) return IsWhitespace(value) || (value >= 0x2000 && value < 0x2100);
  return ClassifyLetter(value).kind == LetterKind::kNone;
}

void RateWord(absl::string_view word, IsValid is_valid, Score* score) {
  if (!IsEvidence(word)) return;
  ++score->words;
  score->valid += is_valid(word);
}

Score Rate(absl::string_view text, IsValid is_valid) {
  Score score;
  const char* word = text.data();
  const char* at = word;
  const char* const limit = at + text.size();
  while (at < limit) {
    const CodePoint point = DecodeUtf8(at, limit);
    if (CutsWords(point.value)) {
      RateWord({word, static_cast<size_t>(at - word)}, is_valid, &score);
      word = at + point.size;
    }
    at += point.size;
  }
  RateWord({word, static_cast<size_t>(limit - word)}, is_valid, &score);
  return score;
}

constexpr uint64_t kEightBytes = 0x0101010101010101;  // times a byte: eight of it

// The highest bits of those of eight bytes that are `wanted` in the bits of `mask`.
constexpr uint64_t FindBytes(uint64_t bytes, uint8_t mask, uint8_t wanted) {
  constexpr uint64_t kLow = 0x7F * kEightBytes;
  const uint64_t other = (bytes & mask * kEightBytes) ^ wanted * kEightBytes;
  return ~(((other & kLow) + kLow) | other | kLow);
}

constexpr uint64_t CountFound(uint64_t found) { return (found >> 7) * kEightBytes >> 56; }

// MayBeLegacy by lead bytes alone, eight at once: may take signs for letters of Latin-1 and overlook letters of
// Unicode, but not the other way round.
bool MayBeLegacyByLeads(absl::string_view text) {
  uint64_t latin1 = 0;
  uint64_t unicode = 0;
  for (size_t at = 0; at < text.size(); at += 8) {
    const uint64_t bytes = LoadLittleEndian(text.data() + at, std::min<size_t>(8, text.size() - at));
    latin1 += CountFound(FindBytes(bytes, 0xFE, 0xC2));
    // U+0100 to U+01FF, and U+1E80 to U+1EFF where lead and second byte are among the eight.
    unicode += CountFound(FindBytes(bytes, 0xFC, 0xC4));
    unicode += CountFound(FindBytes(bytes, 0xFF, 0xE1) << 8 & FindBytes(bytes, 0xFE, 0xBA));
  }
  return latin1 > unicode;
}

// Whether letters of the upper half of Latin-1 outnumber those that only Unicode texts have.
bool MayBeLegacy(absl::string_view text) {
  size_t latin1 = 0;
  size_t unicode = 0;
  const char* at = text.data();
  const char* const limit = at + text.size();
  while (at < limit) {
    const CodePoint point = DecodeUtf8(at, limit);
    at += point.size;
    if (point.value < kTcvn3Begin) continue;
    latin1 += point.value <= 0xFF;
    unicode +=
        point.value > 0xFF && (ClassifyLetter(point.value).kind == LetterKind::kLetter || IsCombining(point.value));
  }
  return latin1 > unicode;
}

}  // namespace

LegacyRepair RepairLegacy(absl::string_view paragraph) {
  constexpr double kNeededGain = 0.3;
  constexpr size_t kNeededWords = 2;
  LegacyRepair best = {std::string(paragraph), ""};
  if (!MayBeLegacyByLeads(paragraph) || !MayBeLegacy(paragraph)) return best;
  const Score typed = Rate(paragraph, &MayBeVietnameseSyllable);
  double needed = typed.share() + kNeededGain;
  for (const absl::string_view encoding : {"TCVN3", "VNI"}) {
    std::string decoded = encoding == "VNI" ? DecodeVni(paragraph) : DecodeTcvn3(paragraph);
    const Score score = Rate(decoded, &IsVietnameseSyllable);
    if (score.valid < typed.valid + kNeededWords || score.share() <= needed) continue;
    needed = score.share();
    best = {std::move(decoded), encoding};
  }
  return best;
}

}  // namespace tintinh::text

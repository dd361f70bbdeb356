#include "common/text/syllable.h"

#include <cstring>

#include "absl/container/flat_hash_set.h"
#include "common/text/syllable_list.h"

namespace tintinh::text {
namespace {

bool Is(const Letter& letter, Letter::Flag flag) { return (letter.flags & flag) != 0; }

bool IsOneOf(char32_t letter, absl::string_view set) {
  return letter < 0x80 && set.find(static_cast<char>(letter)) != absl::string_view::npos;
}

FreeY EndsInFreeY(const WordLetters& word) {
  if (word.size < 2 || word.letters[word.size - 1].toneless != U'y') return {};
  return IsFreeY(word.size, word.letters[0].toneless, word.letters[1].toneless);
}

size_t WriteLetter(char32_t value, char* out) {
  if (value < 0x80) {
    *out = static_cast<char>(value);
    return 1;
  }
  return WriteUtf8(value, out);
}

size_t WriteToned(const WordLetters& word, char* out) {
  size_t size = 0;
  for (size_t i = 0; i < word.size; ++i) size += WriteLetter(TonedLetter(word.letters[i]), out + size);
  return size;
}

using SyllableSet = absl::flat_hash_set<std::string>;

SyllableSet LoadSyllables() {
  SyllableSet set;
  const absl::string_view list = SyllableList();
  size_t begin = 0;
  while (begin < list.size()) {
    const size_t end = std::min(list.find('\n', begin), list.size());
    const absl::string_view line = list.substr(begin, end - begin);
    // Two entries of the list carry a remark behind a space.
    if (!line.empty() && line.find(' ') == absl::string_view::npos) set.insert(ExactKeyOf(line));
    begin = end + 1;
  }
  return set;
}

const SyllableSet& Syllables() {
  static const SyllableSet syllables = LoadSyllables();
  return syllables;
}

absl::string_view WithoutTone(absl::string_view key) {
  const bool toned = !key.empty() && key.back() >= '1' && key.back() <= '5';
  return toned ? key.substr(0, key.size() - 1) : key;
}

SyllableSet WithoutTones(const SyllableSet& keys) {
  SyllableSet bases;
  bases.reserve(keys.size());
  for (const std::string& key : keys) bases.emplace(WithoutTone(key));
  return bases;
}

// The exact key where `word` is one word to its end, else empty.
absl::string_view WholeWordKey(absl::string_view word, std::array<char, kMaxKeyBytes>& key) {
  if (word.empty()) return "";
  WordLetters letters;
  const char* const limit = word.data() + word.size();
  if (ReadWordLetters(word.data(), limit, &letters) != limit) return "";
  RepairEth(&letters);
  return {key.data(), WriteExactKey(letters, key.data())};
}

}  // namespace

FreeY IsFreeY(size_t letters, char32_t first, char32_t second) {
  if (letters == 2) {
    const bool free = IsOneOf(first, "hklmstvx");
    return {free, free};
  }
  if (letters != 3) return {};
  const bool qu = first == U'q' && second == U'u';
  return {qu, qu || (first == U't' && second == U'h')};
}

const char* ReadWordLetters(const char* at, const char* limit, WordLetters* word) {
  size_t size = 0;
  uint8_t flags = 0;
  Glyph glyph;
  word->end = at;
  while (at < limit && size < kMaxWordLetters && ReadGlyph(at, limit, &glyph)) {
    word->letters[size++] = glyph.letter;
    flags |= glyph.letter.flags;
    word->end = glyph.end;
    at = glyph.next;
  }
  word->size = size;
  word->all_flags = flags;
  return at;
}

bool RepairEth(WordLetters* word) {
  if (!word->HasAny(Letter::kEth) || word->HasAny(Letter::kForeign)) return false;
  int vowel_groups = 0;
  bool in_vowels = false;
  for (size_t i = 0; i < word->size; ++i) {
    const Letter& letter = word->letters[i];
    if (IsOneOf(letter.toneless, "fjwz")) return false;
    const bool vowel = Is(letter, Letter::kVowel);
    vowel_groups += vowel && !in_vowels;
    in_vowels = vowel;
  }
  if (vowel_groups > 1) return false;
  for (size_t i = 0; i < word->size; ++i) {
    if (Is(word->letters[i], Letter::kEth)) word->letters[i].toneless = U'đ';
  }
  return true;
}

size_t WriteExactKey(const WordLetters& word, char* out) {
  size_t size = 0;
  Tone tone = kLevel;
  for (size_t i = 0; i < word.size; ++i) {
    const Letter& letter = word.letters[i];
    size += WriteLetter(letter.toneless, out + size);
    if (letter.tone == kLevel) continue;
    if (tone != kLevel) return WriteToned(word, out);
    tone = letter.tone;
  }
  const bool mixed = word.HasAny(Letter::kDigit) && word.HasAny(Letter::kAlphabetic);
  const bool ends_in_digit = mixed && word.letters[word.size - 1].kind == LetterKind::kDigit;
  if (tone != kLevel && EndsInFreeY(word).exact) out[size - 1] = 'i';
  if (tone != kLevel || ends_in_digit) out[size++] = static_cast<char>('0' + tone);
  return size;
}

size_t WriteFoldedKey(const WordLetters& word, char* out) {
  size_t size = 0;
  for (size_t i = 0; i < word.size; ++i) {
    const Letter& letter = word.letters[i];
    if (letter.fold != 0) {
      out[size++] = letter.fold;
    } else {
      size += WriteLetter(letter.toneless, out + size);
    }
  }
  if (EndsInFreeY(word).folded) out[size - 1] = 'i';
  return size;
}

std::string ExactKeyOf(absl::string_view utf8) {
  WordLetters word;
  if (utf8.empty()) return {};
  ReadWordLetters(utf8.data(), utf8.data() + utf8.size(), &word);
  RepairEth(&word);
  char key[kMaxKeyBytes];
  return std::string(key, WriteExactKey(word, key));
}

bool HasMark(absl::string_view utf8) {
  const char* at = utf8.data();
  const char* const limit = at + utf8.size();
  Glyph glyph;
  while (at < limit) {
    if (!ReadGlyph(at, limit, &glyph)) {
      at += DecodeUtf8(at, limit).size;
      continue;
    }
    const Letter& letter = glyph.letter;
    const bool shaped = Is(letter, Letter::kVowel) && letter.toneless >= 0x80;
    if (letter.tone != kLevel || shaped || letter.toneless == U'đ' || Is(letter, Letter::kEth)) return true;
    at = glyph.next;
  }
  return false;
}

bool IsVietnameseSyllable(absl::string_view word) {
  std::array<char, kMaxKeyBytes> key;
  return Syllables().contains(WholeWordKey(word, key));
}

bool MayBeVietnameseSyllable(absl::string_view word) {
  static const SyllableSet bases = WithoutTones(Syllables());
  std::array<char, kMaxKeyBytes> key;
  return bases.contains(WithoutTone(WholeWordKey(word, key)));
}

}  // namespace tintinh::text

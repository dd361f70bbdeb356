#include "common/text/words.h"

#include <cstring>

#include "common/text/glyph.h"
#include "common/text/little_endian.h"
#include "common/text/plain_word.h"
#include "common/text/stable_hash.h"
#include "common/text/syllable.h"
#include "common/text/tail_buffer.h"
#include "common/text/utf8.h"

namespace tintinh::text {
namespace {

// Separators that recognisers look for, under one ASCII name each; '?' for the rest.
char CanonicalMark(char32_t value) {
  if (value == '`') return '\'';
  // These become other characters under a combining stroke.
  if (value == '=' || value == '<' || value == '>') return '?';
  if (value < 0x80) return static_cast<char>(value);
  if (value >= 0x2010 && value <= 0x2015) return '-';
  switch (value) {
    case 0x2212:
    case 0xFE58:
    case 0xFE63:
    case 0xFF0D:
      return '-';
    case 0x00B4:
    case 0x02BB:
    case 0x02BC:
    case 0x2018:
    case 0x2019:
    case 0x201B:
    case 0x2032:
    case 0x1FEF:
    case 0x1FFD:
    case 0xFF07:
      return '\'';
    case 0x2044:
    case 0x2215:
    case 0xFF0F:
      return '/';
    case 0x2022:
    case 0x00B7:
    case 0x0387:
    case 0x25CF:
    case 0x25AA:
      return '|';
    case 0x2026:
      return '!';
    case 0x037E:
      return ';';
    default:
      return '?';
  }
}

class GapReader {
 public:
  void Add(char32_t value) {
    if (value == U' ' || IsWhitespace(value)) {
      AddSpace(value);
    } else {
      AddMark(value);
    }
  }

  Gap Finish() const { return gap_; }

 private:
  void AddSpace(char32_t value) {
    gap_.sentence_break |= stop_;
    stop_ = false;
    gap_.closest = ' ';
    if (value == '\n' || value == '\r' || value == 0x2028 || value == 0x2029) {
      gap_.line_break = gap_.sentence_break = true;
    }
    uint8_t& spaces = gap_.mark == 0 ? gap_.spaces_before : gap_.spaces_after;
    if (spaces < 2) ++spaces;
  }

  void AddMark(char32_t value) {
    const char mark = CanonicalMark(value);
    // A full stop or colon ends a sentence only if more than the next word follows: not in 3.500, TP.HCM, 10:30.
    gap_.sentence_break |= stop_ || mark == '!' || mark == ';' || mark == '|' || value == '?';
    stop_ = mark == '.' || mark == ':';
    gap_.mark = gap_.mark == 0 ? mark : '?';
    gap_.closest = mark;
  }

  Gap gap_;
  bool stop_ = false;  // the last character may be the end of a sentence
};

constexpr Gap kOneSpace = {.closest = ' ', .spaces_before = 1};

bool BeginsWord(const char* at, const char* limit) {
  return at < limit && ClassifyLetter(DecodeUtf8(at, limit).value).kind != LetterKind::kNone;
}

// A full stop after an abbreviation ends no sentence: TP. Hồ Chí Minh, TS. Nguyễn.
bool EndsSentence(const Word& left, const Word& right) {
  if (!right.gap.sentence_break) return false;
  const bool abbreviation = right.gap.mark == '.' && !right.gap.line_break && left.IsLetters() && left.letters <= 3 &&
                            !left.Has(Word::kHasVowel);
  return !abbreviation;
}

uint32_t PositionAfter(const Word& left, const Word& right) {
  return left.position + (EndsSentence(left, right) ? 2 : 1);
}

bool IsGroup(const Word& word) { return word.IsNumber() && word.letters == 3; }

class Scanner {
 public:
  Scanner(absl::string_view source, WordList* list)
      : begin_(source.data()),
        limit_(source.data() + source.size()),
        words_(list->words),
        keys_(&list->keys, 2 * source.size()) {
    words_.reserve(source.size() / 5 + 4);
  }

  // True if there may be grouped numbers.
  bool Scan() {
    Word word;
    bool grouped = false;
    const char* at = SkipGap(begin_, &word.gap);
    while (at < limit_) {
      word.begin = static_cast<uint32_t>(at - begin_);
      at = ReadWord(at, &word);
      if (!words_.empty()) word.position = PositionAfter(words_.back(), word);
      grouped |= word.gap.mark == '.' && IsGroup(word);
      words_.push_back(word);
      at = SkipGap(at, &word.gap);
    }
    return grouped;
  }

 private:
  const char* SkipGap(const char* at, Gap* gap) const {
    if (at < limit_ && *at == ' ' && BeginsWord(at + 1, limit_)) {
      *gap = kOneSpace;
      return at + 1;
    }
    return SkipLongGap(at, gap);
  }

  const char* SkipLongGap(const char* at, Gap* gap) const {
    GapReader reader;
    while (at < limit_) {
      const CodePoint point = DecodeUtf8(at, limit_);
      if (ClassifyLetter(point.value).kind != LetterKind::kNone) break;
      if (point.value < 0x80 || !(IsInvisible(point.value) || IsCombining(point.value))) reader.Add(point.value);
      at += point.size;
    }
    *gap = reader.Finish();
    return at;
  }

  // All of the word but its begin, gap and position.
  const char* ReadWord(const char* at, Word* word) {
    char* const exact = keys_.Room(2 * kMaxKeyBytes);
    PlainWord plain;
    if (!ReadPlainWord(at, limit_, exact, &plain)) return ReadAnyWord(at, exact, word);
    word->end = static_cast<uint32_t>(plain.end - begin_);
    word->letters = word->folded_size = plain.letters;
    word->exact_size = plain.exact_size;
    word->flags = plain.flags;
    word->folded_hash = StableHashOfBlock(plain.folded, plain.letters);
    StoreLittleEndian64(plain.folded, exact + plain.exact_size);
    TakeKeys(plain.same_keys, word);
    return plain.end;
  }

  const char* ReadAnyWord(const char* at, char* exact, Word* word) {
    WordLetters letters;
    const char* const next = ReadWordLetters(at, limit_, &letters);
    RepairEth(&letters);
    word->end = static_cast<uint32_t>(letters.end - begin_);
    word->letters = static_cast<uint8_t>(letters.size);
    word->exact_size = static_cast<uint8_t>(WriteExactKey(letters, exact));
    char* const folded = exact + word->exact_size;
    word->folded_size = static_cast<uint8_t>(WriteFoldedKey(letters, folded));
    word->flags = letters.all_flags;
    word->folded_hash = StableHash({folded, word->folded_size});
    TakeKeys(word->exact_size == word->folded_size && std::memcmp(exact, folded, word->folded_size) == 0, word);
    return next;
  }

  // REQUIRES: the folded key right behind the exact one. Of two that are the same one is kept.
  void TakeKeys(bool same, Word* word) {
    word->exact_begin = keys_.Take(word->exact_size);
    word->folded_begin = same ? word->exact_begin : keys_.Take(word->folded_size);
  }

  const char* const begin_;
  const char* const limit_;
  std::vector<Word>& words_;
  TailBuffer<std::string> keys_;
};

// One past the last group of the number that begins at `first`.
size_t GroupedNumberEnd(const WordList& list, size_t first) {
  const auto& words = list.words;
  const Word& head = words[first];
  if (!head.IsNumber() || head.letters > 3 || list.Exact(head)[0] == '0') return first + 1;
  // Only the head of a chain is tried, so that a long chain is read once.
  if (first > 0 && head.gap.IsTight('.') && words[first - 1].IsNumber()) return first + 1;
  size_t last = first + 1;
  while (last < words.size() && words[last].gap.IsTight('.') && IsGroup(words[last])) ++last;
  const bool goes_on = last < words.size() && words[last].gap.IsTight('.') && words[last].IsNumber();
  // Ten groups are beyond every number; what is longer or has a last group of another size is no number.
  return goes_on || last - first > 10 ? first + 1 : last;
}

Word MergeGroups(WordList* list, size_t first, size_t last) {
  Word merged = list->words[first];
  std::string key;
  for (size_t i = first; i < last; ++i) {
    const absl::string_view digits = list->Exact(list->words[i]);
    key.append(digits.data(), digits.size());
  }
  merged.end = list->words[last - 1].end;
  merged.exact_begin = merged.folded_begin = static_cast<uint32_t>(list->keys.size());
  merged.exact_size = merged.folded_size = merged.letters = static_cast<uint8_t>(key.size());
  merged.folded_hash = StableHash(key);
  list->keys += key;
  return merged;
}

void MergeGroupedNumbers(WordList* list) {
  auto& words = list->words;
  size_t kept = 0;
  for (size_t i = 0; i < words.size();) {
    const size_t end = GroupedNumberEnd(*list, i);
    words[kept] = end > i + 1 ? MergeGroups(list, i, end) : words[i];
    if (kept > 0) words[kept].position = PositionAfter(words[kept - 1], words[kept]);
    ++kept;
    i = end;
  }
  words.resize(kept);
}

}  // namespace

void ScanWords(absl::string_view source, WordList* list) {
  list->source = source;
  list->words.clear();
  list->keys.clear();
  const bool grouped = Scanner(source.substr(0, kMaxSourceBytes), list).Scan();
  if (grouped) MergeGroupedNumbers(list);
}

WordList ScanWords(absl::string_view source) {
  WordList list;
  ScanWords(source, &list);
  return list;
}

}  // namespace tintinh::text

#include "common/text/words.h"

#include <algorithm>
#include <cstring>

#include "common/text/glyph.h"
#include "common/text/syllable.h"
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

class Scanner {
 public:
  explicit Scanner(absl::string_view source) : begin_(source.data()), limit_(source.data() + source.size()) {
    list_.source = source;
    list_.words.reserve(source.size() / 6 + 4);
    list_.keys.reserve(source.size() * 5 / 2 + 64);
  }

  WordList Scan() {
    const char* at = begin_;
    WordLetters letters;
    while (true) {
      GapReader gap;
      at = SkipGap(at, &gap);
      if (at == limit_) return std::move(list_);
      const char* const word_begin = at;
      at = ReadWordLetters(at, limit_, &letters);
      if (letters.HasAny(Letter::kEth)) RepairEth(&letters);
      AddWord(word_begin, letters, gap.Finish());
    }
  }

 private:
  const char* SkipGap(const char* at, GapReader* gap) const {
    while (at < limit_) {
      if (*at == ' ') {
        gap->Add(U' ');
        ++at;
        continue;
      }
      const CodePoint point = DecodeUtf8(at, limit_);
      if (ClassifyLetter(point.value).kind != LetterKind::kNone) return at;
      if (point.value < 0x80 || !(IsInvisible(point.value) || IsCombining(point.value))) gap->Add(point.value);
      at += point.size;
    }
    return at;
  }

  void AddWord(const char* word_begin, const WordLetters& letters, const Gap& gap) {
    Word word;
    word.gap = gap;
    word.begin = static_cast<uint32_t>(word_begin - begin_);
    word.end = static_cast<uint32_t>(letters.end - begin_);
    word.letters = static_cast<uint8_t>(letters.size);
    if (letters.HasAny(Letter::kAlphabetic)) word.flags |= Word::kHasLetter;
    if (letters.HasAny(Letter::kDigit)) word.flags |= Word::kHasDigit;
    if (letters.HasAny(Letter::kToned)) word.flags |= Word::kHasTone;
    if (letters.HasAny(Letter::kVowel)) word.flags |= Word::kHasVowel;
    AddKeys(letters, &word);
    list_.words.push_back(word);
  }

  void AddKeys(const WordLetters& letters, Word* word) {
    char keys[2 * kMaxKeyBytes];
    word->exact_size = static_cast<uint8_t>(WriteExactKey(letters, keys));
    char* const folded = keys + word->exact_size;
    word->folded_size = static_cast<uint8_t>(WriteFoldedKey(letters, folded));
    word->exact_begin = static_cast<uint32_t>(list_.keys.size());
    const bool same = word->exact_size == word->folded_size && std::memcmp(keys, folded, word->exact_size) == 0;
    word->folded_begin = word->exact_begin + (same ? 0U : word->exact_size);
    list_.keys.append(keys, same ? word->exact_size : size_t{word->exact_size} + word->folded_size);
  }

  const char* begin_;
  const char* limit_;
  WordList list_;
};

bool IsGroup(const Word& word) { return word.IsNumber() && word.letters == 3; }

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
  list->keys += key;
  return merged;
}

void MergeGroupedNumbers(WordList* list) {
  auto& words = list->words;
  size_t kept = 0;
  for (size_t i = 0; i < words.size();) {
    const size_t end = GroupedNumberEnd(*list, i);
    words[kept++] = end > i + 1 ? MergeGroups(list, i, end) : words[i];
    i = end;
  }
  words.resize(kept);
}

// A full stop after an abbreviation ends no sentence: TP. Hồ Chí Minh, TS. Nguyễn.
bool EndsSentence(const Word& left, const Word& right) {
  if (!right.gap.sentence_break) return false;
  const bool abbreviation = right.gap.mark == '.' && !right.gap.line_break && left.IsLetters() && left.letters <= 3 &&
                            !left.Has(Word::kHasVowel);
  return !abbreviation;
}

void SetPositions(std::vector<Word>& words) {
  for (size_t i = 1; i < words.size(); ++i) {
    words[i].position = words[i - 1].position + (EndsSentence(words[i - 1], words[i]) ? 2 : 1);
  }
}

}  // namespace

WordList ScanWords(absl::string_view source) {
  WordList list = Scanner(source.substr(0, kMaxSourceBytes)).Scan();
  const auto& words = list.words;
  const bool grouped =
      std::any_of(words.begin(), words.end(), [](const Word& word) { return word.gap.mark == '.' && IsGroup(word); });
  if (grouped) MergeGroupedNumbers(&list);
  SetPositions(list.words);
  return list;
}

}  // namespace tintinh::text

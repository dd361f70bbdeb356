#include <algorithm>
#include <string>

#include "common/text/identifiers.h"
#include "common/text/normal_form.h"
#include "common/text/utf8.h"

namespace tintinh::text {
namespace {

constexpr size_t kMaxCodes = 6;
constexpr size_t kMaxCodeLetters = 10;
constexpr size_t kMaxNumberLetters = 5;

bool IsSeparated(const Gap& gap, bool spaced) {
  if (spaced) return gap.IsLoose('-') || gap.IsLoose('/');
  return gap.IsTight('-') || gap.IsTight('/');
}

// 22, 1193, 30a.
bool IsIdNumber(const WordList& list, const Word& word) {
  if (!word.Has(Word::kHasDigit) || word.letters > kMaxNumberLetters || word.Has(Word::kHasTone)) return false;
  if (word.IsNumber()) return true;
  const absl::string_view folded = list.Folded(word);
  return std::all_of(folded.begin(), folded.end() - 1, [](char c) { return c >= '0' && c <= '9'; });
}

bool IsYear(const WordList& list, const Word& word) {
  if (!word.IsNumber() || word.letters != 4) return false;
  const absl::string_view digits = list.Exact(word);
  return digits >= "1900" && digits < "2100";
}

bool IsCode(const WordList& list, const Word& word) {
  if (word.letters > kMaxCodeLetters || word.Has(Word::kHasTone) || !word.Has(Word::kHasLetter)) return false;
  const char first = list.Folded(word)[0];
  return first < '0' || first > '9';
}

std::string Upper(absl::string_view source) {
  std::string out;
  const std::string lower = LowerCase(NormalForm(source));
  const char* at = lower.data();
  const char* const limit = at + lower.size();
  while (at < limit) {
    const CodePoint point = DecodeUtf8(at, limit);
    const bool capital = (point.value >= 'a' && point.value <= 'z') || point.value == U'đ' || point.value == U'ă' ||
                         point.value == U'â' || point.value == U'ê' || point.value == U'ô' || point.value == U'ơ' ||
                         point.value == U'ư';
    const char32_t step = point.value < 0x100 ? 0x20 : 1;
    AppendUtf8(capital ? point.value - step : point.value, &out);
    at += point.size;
  }
  return out;
}

// Đ as D, Ư as U and so on; case kept up.
std::string FoldUpper(absl::string_view id) {
  std::string folded = Fold(id);
  for (char& c : folded) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return folded;
}

struct DocumentId {
  std::string number;
  std::string year;   // with the separator before it, or empty
  std::string codes;  // with the separator before each
  size_t code_count = 0;
  size_t end = 0;  // one past the last word
};

class DocumentIdReader {
 public:
  DocumentIdReader(const WordList& list, size_t first) : list_(list), words_(list.words), at_(first) {}

  // True for a number with two codes or more, or with a year and one.
  bool Read(DocumentId* id) {
    const Word& number = words_[at_];
    id->number = number.IsNumber() ? std::string(list_.Exact(number)) : Upper(list_.Source(number));
    ++at_;
    ReadYear(id);
    while (id->code_count < kMaxCodes && ReadCode(id)) {
    }
    id->end = at_;
    return id->code_count >= 2 || (id->code_count == 1 && !id->year.empty());
  }

 private:
  void ReadYear(DocumentId* id) {
    if (at_ >= words_.size() || !IsSeparated(words_[at_].gap, true) || !IsYear(list_, words_[at_])) return;
    id->year = words_[at_].gap.mark + std::string(list_.Exact(words_[at_]));
    ++at_;
  }

  // Spaces may stand around a separator as long as the number is incomplete, and before a first code only if it is an
  // abbreviation without a vowel: "lúc 8 - ngày/đêm" is none.
  bool ReadCode(DocumentId* id) {
    if (at_ >= words_.size()) return false;
    const Word& word = words_[at_];
    const bool spaced = id->code_count == 0 ? !word.Has(Word::kHasVowel) : id->code_count == 1;
    if (!IsSeparated(word.gap, spaced) || !IsCode(list_, word)) return false;
    std::string code = Upper(list_.Source(word));
    ++at_;
    ReadDottedRest(&code);
    id->codes += word.gap.mark;
    id->codes += code == "TƯ" ? "TW" : code;
    ++id->code_count;
    return true;
  }

  // The Ư of T.Ư.
  void ReadDottedRest(std::string* code) {
    while (at_ < words_.size() && words_[at_ - 1].letters == 1 && words_[at_].letters == 1 &&
           words_[at_].gap.IsTight('.') && words_[at_].IsLetters() && code->size() < kMaxCodeLetters) {
      *code += Upper(list_.Source(words_[at_]));
      ++at_;
    }
  }

  const WordList& list_;
  const std::vector<Word>& words_;
  size_t at_;
};

void AddOnce(std::string key, size_t first, size_t end, std::vector<Identifier>* found, size_t known) {
  const bool there = std::any_of(found->begin() + static_cast<std::ptrdiff_t>(known), found->end(),
                                 [&key](const Identifier& other) { return other.key == key; });
  if (!there) found->push_back({std::move(key), first, end});
}

}  // namespace

size_t FindDocumentId(const WordList& list, size_t first, std::vector<Identifier>* found) {
  const Word& head = list.words[first];
  DocumentId id;
  if (!IsIdNumber(list, head) || !DocumentIdReader(list, first).Read(&id)) return first;
  const size_t known = found->size();
  const size_t zeros = std::min(id.number.find_first_not_of('0'), id.number.size() - 1);
  for (const std::string& number : {id.number, id.number.substr(zeros)}) {
    for (const std::string& year : {id.year, std::string()}) {
      const std::string key = number + year + id.codes;
      AddOnce(key, first, id.end, found, known);
      AddOnce(FoldUpper(key), first, id.end, found, known);
    }
  }
  return id.end;
}

}  // namespace tintinh::text

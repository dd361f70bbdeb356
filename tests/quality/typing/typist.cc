#include "tests/quality/typing/typist.h"

#include <cstddef>
#include <map>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace tintinh::testing {
namespace {

struct Keys {
  std::string base, shape, tone;
};

struct MethodKeys {
  absl::string_view breve, horn, stroke, tones;
  bool hat_is_letter;
};

constexpr MethodKeys kTelex = {"w", "w", "d", "sfrxj", true};
constexpr MethodKeys kVni = {"8", "7", "9", "12345", false};

// A base, what its row has on, and its forms: level tone, then the five tones.
constexpr absl::string_view kRows[] = {
    "a  a á à ả ã ạ",     "a breve ă ắ ằ ẳ ẵ ặ", "a hat â ấ ầ ẩ ẫ ậ",  "e  e é è ẻ ẽ ẹ",
    "e hat ê ế ề ể ễ ệ",  "i  i í ì ỉ ĩ ị",      "o  o ó ò ỏ õ ọ",     "o hat ô ố ồ ổ ỗ ộ",
    "o horn ơ ớ ờ ở ỡ ợ", "u  u ú ù ủ ũ ụ",      "u horn ư ứ ừ ử ữ ự", "y  y ý ỳ ỷ ỹ ỵ",
};

std::string ShapeKey(const MethodKeys& method, absl::string_view shape, absl::string_view base) {
  if (shape == "breve") return std::string(method.breve);
  if (shape == "horn") return std::string(method.horn);
  if (shape == "hat") return std::string(method.hat_is_letter ? base : absl::string_view("6"));
  return "";
}

std::map<std::string, Keys> KeysOf(const MethodKeys& method) {
  std::map<std::string, Keys> keys;
  for (const absl::string_view row : kRows) {
    const std::vector<std::string> fields = absl::StrSplit(row, ' ');
    const std::string shape = ShapeKey(method, fields[1], fields[0]);
    for (size_t i = 2; i < fields.size(); ++i) {
      const size_t tone = i - 2;
      if (tone == 0 && shape.empty()) continue;
      keys[fields[i]] = {fields[0], shape, tone == 0 ? "" : std::string(1, method.tones[tone - 1])};
    }
  }
  keys["đ"] = {"d", std::string(method.stroke), ""};
  return keys;
}

size_t LetterBytes(char first) {
  const auto byte = static_cast<unsigned char>(first);
  if (byte >= 0xE0) return byte >= 0xF0 ? 4 : 3;
  return byte >= 0xC0 ? 2 : 1;
}

class Typist {
 public:
  Typist(InputMethod method, Habit habit)
      : keys_(KeysOf(method == InputMethod::kTelex ? kTelex : kVni)), habit_(habit) {}

  std::string Type(absl::string_view text) {
    while (!text.empty()) {
      const absl::string_view letter = text.substr(0, LetterBytes(text.front()));
      text.remove_prefix(letter.size());
      TypeLetter(letter);
    }
    EndWord();
    return std::move(typed_);
  }

 private:
  void TypeLetter(absl::string_view letter) {
    const auto found = keys_.find(std::string(letter));
    if (found == keys_.end()) {
      if (letter.size() > 1 || !absl::ascii_isalnum(static_cast<unsigned char>(letter[0]))) EndWord();
      absl::StrAppend(&typed_, letter);
      return;
    }
    const auto& [base, shape, tone] = found->second;
    absl::StrAppend(&typed_, base);
    TypeShape(shape);
    absl::StrAppend(habit_ == Habit::kAtTheLetter ? &typed_ : &tone_, tone);
  }

  // At the end of the word one key puts the horns on both letters of ươ.
  void TypeShape(absl::string_view shape) {
    if (habit_ != Habit::kAllLast) {
      absl::StrAppend(&typed_, shape);
    } else if (!absl::EndsWith(shapes_, shape)) {
      absl::StrAppend(&shapes_, shape);
    }
  }

  void EndWord() {
    absl::StrAppend(&typed_, shapes_, tone_);
    shapes_.clear();
    tone_.clear();
  }

  const std::map<std::string, Keys> keys_;
  const Habit habit_;
  std::string typed_, shapes_, tone_;
};

}  // namespace

std::string TypeKeys(absl::string_view text, InputMethod method, Habit habit) {
  return Typist(method, habit).Type(text);
}

}  // namespace tintinh::testing

#include "services/query/telex/telex.h"

#include <cstddef>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/text/normal_form.h"
#include "common/text/syllable.h"
#include "services/query/parse/tokens.h"

namespace tintinh::query {
namespace {

constexpr size_t kMaxKeys = 16;  // the longest syllable has 7 letters, its marks add 4
constexpr size_t kShortestEvidence = 3;
constexpr size_t kWordsPerOddWord = 4;

enum class Shape { kNone, kHat, kBreve, kHorn, kStroke };

struct TypedLetter {
  char base;
  Shape shape = Shape::kNone;
};

bool IsVowel(char c) { return absl::string_view("aeiouy").find(c) != absl::string_view::npos; }

// Combining marks, by Telex key and VNI digit.
absl::string_view ToneOf(char key) {
  switch (key) {
    case 's':
    case '1':
      return "\u0301";
    case 'f':
    case '2':
      return "\u0300";
    case 'r':
    case '3':
      return "\u0309";
    case 'x':
    case '4':
      return "\u0303";
    case 'j':
    case '5':
      return "\u0323";
    default:
      return "";
  }
}

absl::string_view MarkOf(Shape shape) {
  switch (shape) {
    case Shape::kHat:
      return "\u0302";
    case Shape::kBreve:
      return "\u0306";
    case Shape::kHorn:
      return "\u031B";
    default:
      return "";
  }
}

class WordDecoder {
 public:
  // False when the key cannot stand here.
  bool Type(char key) {
    if (!ToneOf(key).empty() && has_vowel_) return SetTone(key);
    if (absl::ascii_isdigit(static_cast<unsigned char>(key))) return TypeDigit(key);
    if (key == 'w') return HornOrBreve();
    if (key == 'd' && Put('d', Shape::kStroke)) return true;
    if ((key == 'a' || key == 'e' || key == 'o') && Put(key, Shape::kHat)) return true;
    letters_.push_back({key});
    has_vowel_ |= IsVowel(key);
    return true;
  }

  std::string Word() const {
    std::string word;
    const std::optional<size_t> toned = tone_.empty() ? std::nullopt : ToneLetter();
    for (size_t i = 0; i < letters_.size(); ++i) {
      const TypedLetter& letter = letters_[i];
      absl::StrAppend(&word, letter.shape == Shape::kStroke ? "đ" : std::string(1, letter.base), MarkOf(letter.shape));
      if (toned == i) absl::StrAppend(&word, tone_);
    }
    return text::NormalForm(word);
  }

 private:
  bool SetTone(char key) {
    if (!tone_.empty()) return false;
    tone_ = ToneOf(key);
    return true;
  }

  bool TypeDigit(char key) {
    switch (key) {
      case '6':
        return Put('o', Shape::kHat) || Put('e', Shape::kHat) || Put('a', Shape::kHat);
      case '7':
        return Horn();
      case '8':
        return Put('a', Shape::kBreve);
      case '9':
        return Put('d', Shape::kStroke);
      default:
        return false;
    }
  }

  bool HornOrBreve() { return Horn() || Put('a', Shape::kBreve); }

  // "uo" takes both horns with one key.
  bool Horn() {
    const bool o = Put('o', Shape::kHorn);
    const bool u = (!o || BeforeLast('o', 'u')) && Put('u', Shape::kHorn);
    return o || u;
  }

  bool BeforeLast(char letter, char before) const {
    for (size_t i = letters_.size(); i-- > 1;) {
      if (letters_[i].base == letter) return letters_[i - 1].base == before;
    }
    return false;
  }

  // Shapes the last such letter that has no shape yet.
  bool Put(char base, Shape shape) {
    for (size_t i = letters_.size(); i-- > 0;) {
      if (letters_[i].base != base) continue;
      if (letters_[i].shape != Shape::kNone) return false;
      letters_[i].shape = shape;
      return true;
    }
    return false;
  }

  // The last shaped vowel; else the last vowel before a final consonant, or the last but one at the end of the word.
  std::optional<size_t> ToneLetter() const {
    std::vector<size_t> vowels;
    for (size_t i = 0; i < letters_.size(); ++i) {
      const bool glide = i == 1 && IsVowel(letters_[1].base) && letters_.size() > 2 && IsVowel(letters_[2].base) &&
                         ((letters_[0].base == 'q' && letters_[1].base == 'u') ||
                          (letters_[0].base == 'g' && letters_[1].base == 'i'));
      if (IsVowel(letters_[i].base) && !glide) vowels.push_back(i);
    }
    if (vowels.empty()) return std::nullopt;
    for (size_t i = vowels.size(); i-- > 0;) {
      if (letters_[vowels[i]].shape != Shape::kNone) return vowels[i];
    }
    const bool open = vowels.back() + 1 == letters_.size();
    return open && vowels.size() > 1 ? vowels[vowels.size() - 2] : vowels.back();
  }

  std::vector<TypedLetter> letters_;
  bool has_vowel_ = false;
  absl::string_view tone_;
};

// Values that are no words: ids, numbers and days.
bool IsSpelled(Scope scope) {
  return scope == Scope::kSite || scope == Scope::kDocument || scope == Scope::kFrom || scope == Scope::kTo;
}

// Finds what belongs to the query language: OR, names of scopes, and values of some.
class SyntaxSkipper {
 public:
  explicit SyntaxSkipper(absl::string_view text) : text_(text), tokens_(ReadTokens(text)) {}

  // Where reading goes on behind the syntax that begins at `at`; `at` where none does. Asked for rising places.
  size_t Behind(size_t at) {
    while (next_ < tokens_.size() && tokens_[next_].begin < at) ++next_;
    if (next_ == tokens_.size() || tokens_[next_].begin != at) return at;
    const Token& token = tokens_[next_];
    if (token.kind == TokenKind::kOr || (token.kind == TokenKind::kScoped && IsSpelled(token.scope))) return token.end;
    const bool scoped = token.scope != Scope::kNone && token.kind != TokenKind::kText;
    return scoped ? text_.find(':', at) + 1 : at;
  }

 private:
  const absl::string_view text_;
  const std::vector<Token> tokens_;
  size_t next_ = 0;
};

bool IsKey(char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)); }

}  // namespace

std::string DecodeWord(absl::string_view keys) {
  if (keys.size() > kMaxKeys) return "";
  WordDecoder decoder;
  for (const char key : keys) {
    if (!decoder.Type(absl::ascii_tolower(static_cast<unsigned char>(key)))) return "";
  }
  const std::string word = decoder.Word();
  return text::HasMark(word) && text::IsVietnameseSyllable(word) ? word : "";
}

DecodedTyping DecodeTyping(absl::string_view text) {
  DecodedTyping decoded;
  if (text::HasMark(text)) return decoded;
  SyntaxSkipper syntax(text);
  size_t at = 0;
  while (at < text.size()) {
    const size_t begin = at;
    if (const size_t behind = syntax.Behind(at); behind > at) {
      absl::StrAppend(&decoded.text, text.substr(at, behind - at));
      at = behind;
      continue;
    }
    while (at < text.size() && IsKey(text[at])) ++at;
    if (at == begin) {
      decoded.text.push_back(text[at++]);
      continue;
    }
    ++decoded.words;
    const absl::string_view typed = text.substr(begin, at - begin);
    const std::string word = DecodeWord(typed);
    const bool odd = !word.empty() && typed.size() >= kShortestEvidence && !text::IsVietnameseSyllable(typed);
    if (odd) decoded.odd_words.push_back(absl::AsciiStrToLower(typed));
    absl::StrAppend(&decoded.text, word.empty() ? typed : absl::string_view(word));
  }
  if (!IsTyping(decoded, decoded.odd_words.size())) return {};
  return decoded;
}

bool IsTyping(const DecodedTyping& decoded, size_t unknown) {
  return unknown > 0 && unknown * kWordsPerOddWord >= decoded.words;
}

}  // namespace tintinh::query

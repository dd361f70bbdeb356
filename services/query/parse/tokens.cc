#include "services/query/parse/tokens.h"

#include <algorithm>
#include <optional>

#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "common/text/glyph.h"
#include "services/query/parse/place_name.h"

namespace tintinh::query {
namespace {

constexpr absl::string_view kTrailingSigns = ".,;:!?";
constexpr size_t kMinPrefixLetters = 2;

bool BeginsWithLetter(absl::string_view word) {
  text::Glyph glyph;
  return !word.empty() && text::ReadGlyph(word.data(), word.data() + word.size(), &glyph);
}

absl::string_view WithoutTrailingSigns(absl::string_view word) {
  const size_t last = word.find_last_not_of(kTrailingSigns);
  return last == absl::string_view::npos ? absl::string_view() : word.substr(0, last + 1);
}

// What stands before the '*' of a word that is the beginning of others; empty where it is none.
absl::string_view PrefixOf(absl::string_view word) {
  word = WithoutTrailingSigns(word);
  if (!absl::ConsumeSuffix(&word, "*") || absl::StrContains(word, "*") || !BeginsWithLetter(word)) return "";
  return CountLetters(word) < kMinPrefixLetters ? "" : word;
}

class Tokenizer {
 public:
  explicit Tokenizer(absl::string_view text) : text_(text), quotes_(text) {}

  std::vector<Token> Read() {
    while (position_ < text_.size()) {
      if (text_[position_] == ' ') {
        ++position_;
      } else if (text_[position_] == ')' && !open_.empty()) {
        Close();
      } else {
        ReadToken();
      }
    }
    for (const Open& open : open_) tokens_[open.token].kind = TokenKind::kText;
    if (std::none_of(tokens_.begin(), tokens_.end(), MeansSomething)) {
      for (Token& token : tokens_) token.kind = TokenKind::kText;
    }
    return std::move(tokens_);
  }

 private:
  static bool MeansSomething(const Token& token) {
    const bool bare = token.occur == Occur::kShould && token.scope == Scope::kNone;
    return token.kind == TokenKind::kOpen ? !bare : token.kind != TokenKind::kText && token.kind != TokenKind::kClose;
  }

  struct Open {
    size_t token;
    bool plain = true;  // so far only words without a sign
    size_t inner = 0;   // pairs of brackets directly inside
    size_t other = 0;   // tokens besides them
  };

  // At the begin of a word.
  void ReadToken() {
    Token token;
    token.begin = position_;
    const std::optional<Occur> sign = GoesOn(position_ + 1) ? SignOccur(text_[position_]) : std::nullopt;
    if (sign.has_value()) ++position_;
    token.occur = sign.value_or(Occur::kShould);
    const ScopeName name = ReadScopeName(text_.substr(position_));
    if (name.scope != Scope::kNone && GoesOn(position_ + name.size)) {
      position_ += name.size;
      token.scope = name.scope;
    }
    if (text_[position_] == '(') {
      OpenBracket(token);
    } else if (token.scope != Scope::kNone) {
      ReadValue(token);
    } else {
      ReadText(token);
    }
  }

  bool GoesOn(size_t at) const { return at < text_.size() && text_[at] != ' ' && (text_[at] != ')' || open_.empty()); }

  void OpenBracket(Token& token) {
    token.kind = TokenKind::kOpen;
    token.end = ++position_;
    open_.push_back({tokens_.size()});
    tokens_.push_back(token);
  }

  void Close() {
    const Open closed = open_.back();
    open_.pop_back();
    Token token;
    token.kind = TokenKind::kClose;
    token.begin = position_;
    token.end = ++position_;
    token.partner = closed.token;
    Token& opening = tokens_[closed.token];
    opening.partner = tokens_.size();
    const bool bare = opening.occur == Occur::kShould && opening.scope == Scope::kNone;
    const bool redundant = closed.plain || (closed.inner == 1 && closed.other == 0);
    if (bare && redundant) opening.kind = token.kind = TokenKind::kText;
    tokens_.push_back(token);
    if (open_.empty()) return;
    ++open_.back().inner;
    open_.back().plain &= bare && closed.plain;
  }

  void ReadText(Token& token) {
    const std::optional<QuoteFinder::Quoted> quoted = quotes_.At(position_);
    const size_t word = position_;
    position_ = quoted.has_value() ? quoted->behind : WordEnd(word);
    token.end = position_;
    const absl::string_view bytes = text_.substr(word, position_ - word);
    token.quoted = quoted.has_value();
    if (!token.quoted && token.occur == Occur::kShould && bytes == "OR") token.kind = TokenKind::kOr;
    token.value = token.quoted ? "" : PrefixOf(bytes);
    if (!token.value.empty()) token.kind = TokenKind::kPrefix;
    Add(token);
  }

  // Behind a scope. Where there is nothing to look for, all is text.
  void ReadValue(Token& token) {
    const size_t begin = position_;
    if (const std::optional<QuoteFinder::Quoted> quoted = quotes_.At(begin); quoted.has_value()) {
      token.quoted = true;
      token.value = text_.substr(quoted->begin, quoted->end - quoted->begin);
      position_ = quoted->behind;
    } else {
      const size_t name = NameSize(token.scope, text_.substr(begin));
      position_ = name > 0 ? begin + name : WordEnd(begin);
      token.value = Unquoted(text_.substr(begin, position_ - begin));
      const absl::string_view prefix = PrefixOf(token.value);
      token.prefix = !prefix.empty();
      if (token.prefix) token.value = prefix;
    }
    token.end = position_;
    const bool has_value = CountLetters(token.value) > 0;
    if (has_value) token.kind = TokenKind::kScoped;
    if (!has_value) token.scope = Scope::kNone;
    Add(token);
  }

  // Without a quote that nothing closes, and without the sentence's signs behind it.
  absl::string_view Unquoted(absl::string_view value) const {
    value = WithoutTrailingSigns(value);
    while (!value.empty() && !BeginsWithLetter(value)) value.remove_prefix(1);
    return value;
  }

  void Add(const Token& token) {
    if (!open_.empty()) {
      const bool plain = token.kind == TokenKind::kText && token.occur == Occur::kShould && !token.quoted;
      open_.back().plain &= plain;
      ++open_.back().other;
    }
    tokens_.push_back(token);
  }

  // A bracket opened inside the word is closed inside it.
  size_t WordEnd(size_t from) const {
    size_t inside = 0;
    for (size_t at = from; at < text_.size(); ++at) {
      if (text_[at] == ' ') return at;
      if (text_[at] == '(') ++inside;
      if (text_[at] != ')') continue;
      if (inside == 0 && !open_.empty()) return std::max(at, from + 1);
      inside -= inside == 0 ? 0 : 1;
    }
    return text_.size();
  }

  const absl::string_view text_;
  QuoteFinder quotes_;
  size_t position_ = 0;
  std::vector<Open> open_;
  std::vector<Token> tokens_;
};

}  // namespace

size_t CountLetters(absl::string_view word) {
  size_t letters = 0;
  const char* at = word.data();
  const char* const limit = at + word.size();
  text::Glyph glyph;
  while (at < limit) {
    const bool is_letter = text::ReadGlyph(at, limit, &glyph);
    letters += is_letter ? 1 : 0;
    at = is_letter ? glyph.next : at + 1;
  }
  return letters;
}

std::vector<Token> ReadTokens(absl::string_view text) { return Tokenizer(text).Read(); }

}  // namespace tintinh::query

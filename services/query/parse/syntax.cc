#include "services/query/parse/syntax.h"

#include "absl/strings/match.h"

namespace tintinh::query {
namespace {

constexpr absl::string_view kQuotes[] = {"\"", "“", "”", "„", "‟", "«", "»", "″", "＂"};

// Bytes of the quote that `text` starts with; 0 when it starts with none.
size_t QuoteSize(absl::string_view text) {
  for (absl::string_view quote : kQuotes) {
    if (absl::StartsWith(text, quote)) return quote.size();
  }
  return 0;
}

class ClauseReader {
 public:
  explicit ClauseReader(absl::string_view text) : text_(text), quotes_(text) {}

  std::vector<Clause> Read() {
    while (position_ < text_.size()) ReadWord();
    EndPlainRun();
    return std::move(clauses_);
  }

 private:
  // At the begin of a word or at a blank.
  void ReadWord() {
    if (text_[position_] == ' ') {
      ++position_;
      return;
    }
    const size_t begin = position_;
    const std::optional<Occur> sign = ReadSign();
    if (ReadPhrase(begin, sign)) return;
    const size_t word = position_;
    position_ = WordEnd(word);
    if (sign.has_value()) {
      EndPlainRun(begin);
      Add({*sign, false, text_.substr(word, position_ - word)});
    } else if (!in_run_) {
      in_run_ = true;
      run_begin_ = begin;
    }
  }

  std::optional<Occur> ReadSign() {
    const std::optional<Occur> sign = SignOccur(text_[position_]);
    const bool something_follows = position_ + 1 < text_.size() && text_[position_ + 1] != ' ';
    if (!sign.has_value() || !something_follows) return std::nullopt;
    ++position_;
    return sign;
  }

  // False, having read nothing, when no closed phrase starts here.
  bool ReadPhrase(size_t begin, std::optional<Occur> sign) {
    const std::optional<QuoteFinder::Quoted> quoted = quotes_.At(position_);
    if (!quoted.has_value()) return false;
    EndPlainRun(begin);
    Add({sign.value_or(Occur::kMust), true, text_.substr(quoted->begin, quoted->end - quoted->begin)});
    position_ = quoted->behind;
    return true;
  }

  size_t WordEnd(size_t from) const {
    const size_t blank = text_.find(' ', from);
    return blank == absl::string_view::npos ? text_.size() : blank;
  }

  void EndPlainRun() { EndPlainRun(text_.size()); }
  void EndPlainRun(size_t end) {
    if (in_run_) Add({Occur::kShould, false, text_.substr(run_begin_, end - run_begin_)});
    in_run_ = false;
  }

  void Add(const Clause& clause) {
    if (clause.text.find_first_not_of(' ') != absl::string_view::npos) clauses_.push_back(clause);
  }

  const absl::string_view text_;
  QuoteFinder quotes_;
  size_t position_ = 0;
  bool in_run_ = false;
  size_t run_begin_ = 0;
  std::vector<Clause> clauses_;
};

}  // namespace

std::optional<Occur> SignOccur(char sign) {
  if (sign == '+') return Occur::kMust;
  if (sign == '-') return Occur::kMustNot;
  return std::nullopt;
}

std::optional<QuoteFinder::Quoted> QuoteFinder::At(size_t at) {
  const size_t open = more_quotes_ ? QuoteSize(text_.substr(at)) : 0;
  if (open == 0) return std::nullopt;
  size_t end = at + open;
  while (end < text_.size() && QuoteSize(text_.substr(end)) == 0) ++end;
  if (end < text_.size()) return Quoted{at + open, end, end + QuoteSize(text_.substr(end))};
  more_quotes_ = false;
  return std::nullopt;
}

std::vector<Clause> ReadClauses(absl::string_view text) { return ClauseReader(text).Read(); }

}  // namespace tintinh::query

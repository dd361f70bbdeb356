#include "services/query/parse/expression.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/query/parse/tokens.h"

namespace tintinh::query {
namespace {

struct LevelCondition {
  Condition condition;
  size_t alternative = 0;
  bool bracketed = false;
};

// What stands inside one pair of brackets, or outside of all.
struct Level {
  std::vector<Alternative> alternatives = std::vector<Alternative>(1);
  std::vector<LevelCondition> conditions;
  size_t depth = 0;  // of the groups inside

  bool HasConditions(size_t alternative) const {
    return std::any_of(conditions.begin(), conditions.end(),
                       [&](const LevelCondition& found) { return found.alternative == alternative; });
  }
  // A side of OR without anything on it is none.
  size_t CountAlternatives() const {
    size_t count = 0;
    for (size_t i = 0; i < alternatives.size(); ++i) count += alternatives[i].empty() && !HasConditions(i) ? 0 : 1;
    return count;
  }
  bool HasItems() const {
    return std::any_of(alternatives.begin(), alternatives.end(), [](const Alternative& a) { return !a.empty(); });
  }
};

std::string Named(const Condition& condition) { return absl::StrCat(NameOf(condition.scope), ":"); }

bool SameKind(const std::vector<LevelCondition>& conditions) {
  const Condition& first = conditions.front().condition;
  return !IsDate(first.scope) && std::all_of(conditions.begin(), conditions.end(), [&](const LevelCondition& other) {
    return other.condition.scope == first.scope && !other.condition.negated;
  });
}

// Conditions hold for everything, so they can neither be alternatives to words nor differ between alternatives; but
// those of one kind may be alternatives to each other.
std::optional<Mistake> CheckAlternatives(const Level& level) {
  if (level.CountAlternatives() < 2 || level.conditions.empty()) return std::nullopt;
  if (!level.HasItems()) {
    if (SameKind(level.conditions)) return std::nullopt;
    const Condition& last = level.conditions.back().condition;
    return Mistake{last.offset, absl::StrCat(Named(last), " only values of one kind can be alternatives, such as ",
                                             "(site:a OR site:b)")};
  }
  for (const LevelCondition& found : level.conditions) {
    const bool elsewhere = found.alternative != level.conditions.front().alternative;
    if (!elsewhere && !found.bracketed && !level.alternatives[found.alternative].empty()) continue;
    return Mistake{found.condition.offset,
                   absl::StrCat(Named(found.condition),
                                " counts for the whole search and cannot be part of one alternative of OR")};
  }
  return std::nullopt;
}

class ExpressionReader {
 public:
  explicit ExpressionReader(absl::string_view text) : text_(text), tokens_(ReadTokens(text)) {}

  Expression Read() {
    Level level = ReadLevel(0, tokens_.size(), Where::kAnywhere, 0);
    for (LevelCondition& found : level.conditions) expression_.conditions.push_back(std::move(found.condition));
    // Nothing but "OR" is a word.
    if (!level.HasItems() && expression_.conditions.empty()) AddClauses(ReadClauses(text_), level.alternatives.front());
    expression_.alternatives = Filled(std::move(level.alternatives));
    return std::move(expression_);
  }

 private:
  static std::vector<Alternative> Filled(std::vector<Alternative> alternatives) {
    alternatives.erase(std::remove_if(alternatives.begin(), alternatives.end(),
                                      [](const Alternative& alternative) { return alternative.empty(); }),
                       alternatives.end());
    if (alternatives.empty()) alternatives.emplace_back();
    return alternatives;
  }

  Level ReadLevel(size_t first, size_t last, Where where, size_t brackets) {
    Level level;
    size_t flat = first;  // the first of the text tokens that are not read yet
    for (size_t i = first; i < last; ++i) {
      const Token& token = tokens_[i];
      if (token.kind == TokenKind::kText) continue;
      AddFlat(flat, i, where, level.alternatives.back());
      if (token.kind == TokenKind::kOr) level.alternatives.emplace_back();
      if (token.kind == TokenKind::kPrefix || token.kind == TokenKind::kScoped) AddWord(token, where, level);
      if (token.kind == TokenKind::kOpen) {
        AddGroup(i, where, brackets + 1, level);
        i = token.partner;
      }
      flat = i + 1;
    }
    AddFlat(flat, last, where, level.alternatives.back());
    if (std::optional<Mistake> mistake = CheckAlternatives(level); mistake.has_value()) Fail(std::move(*mistake));
    return level;
  }

  // Words and phrases, signed or not, as they are read where there is no bracket.
  void AddFlat(size_t first, size_t last, Where where, Alternative& alternative) {
    if (first == last) return;
    const size_t begin = tokens_[first].begin;
    std::vector<Clause> clauses = ReadClauses(text_.substr(begin, tokens_[last - 1].end - begin));
    for (Clause& clause : clauses) clause.where = where;
    AddClauses(clauses, alternative);
  }

  void AddClauses(const std::vector<Clause>& clauses, Alternative& alternative) {
    for (const Clause& clause : clauses) {
      if (CountLetters(clause.text) == 0) continue;
      alternative.push_back({clause.occur, expression_.clauses.size()});
      expression_.clauses.push_back(clause);
    }
  }

  // One that ends in '*' or has a scope.
  void AddWord(const Token& token, Where where, Level& level) {
    if (IsCondition(token.scope)) return AddCondition(token, {token.value}, level);
    const bool scoped = token.scope == Scope::kTitle;
    Clause clause;
    clause.occur = scoped && token.occur == Occur::kShould ? Occur::kMust : token.occur;
    clause.quoted = token.quoted;
    clause.text = token.value;
    clause.prefix = token.kind == TokenKind::kPrefix || token.prefix;
    clause.where = scoped ? Where::kTitle : where;
    if (clause.prefix && ++prefixes_ > kMaxPrefixWords) {
      Fail({token.begin, absl::StrCat("more than ", kMaxPrefixWords, " words that end in *")});
    }
    AddClauses({clause}, level.alternatives.back());
  }

  void AddCondition(const Token& token, std::vector<absl::string_view> values, Level& level) {
    Condition condition{token.scope, token.occur == Occur::kMustNot, token.begin, std::move(values)};
    if (token.prefix) Fail({token.begin, absl::StrCat(Named(condition), " takes whole values, without *")});
    if (condition.values.empty()) return;
    level.conditions.push_back({std::move(condition), level.alternatives.size() - 1});
  }

  void AddGroup(size_t open, Where where, size_t brackets, Level& level) {
    const Token& token = tokens_[open];
    if (brackets > kMaxBracketDepth) {
      return Fail({token.begin, absl::StrCat("brackets nest deeper than ", kMaxBracketDepth)});
    }
    if (IsCondition(token.scope)) return AddCondition(token, ValuesIn(open), level);
    const bool in_title = token.scope == Scope::kTitle;
    Level inner = ReadLevel(open + 1, token.partner, in_title ? Where::kTitle : where, brackets);
    TakeConditions(token, inner, level);
    inner.alternatives = Filled(std::move(inner.alternatives));
    if (!inner.HasItems()) return;
    Alternative& alternative = level.alternatives.back();
    const bool bare = token.occur == Occur::kShould && !in_title;
    if (bare && inner.alternatives.size() == 1) {
      std::move(inner.alternatives[0].begin(), inner.alternatives[0].end(), std::back_inserter(alternative));
      level.depth = std::max(level.depth, inner.depth);
      return;
    }
    level.depth = std::max(level.depth, inner.depth + 1);
    if (level.depth > kMaxGroupDepth) {
      return Fail({token.begin, absl::StrCat("groups nest deeper than ", kMaxGroupDepth)});
    }
    const Occur occur = token.occur == Occur::kMustNot ? Occur::kMustNot : Occur::kMust;
    alternative.push_back({occur, 0, std::make_unique<Group>(Group{std::move(inner.alternatives)})});
  }

  // Of brackets behind a scope: what OR separates.
  std::vector<absl::string_view> ValuesIn(size_t open) const {
    std::vector<absl::string_view> values;
    size_t first = open + 1;
    for (size_t i = first; i <= tokens_[open].partner; ++i) {
      if (i < tokens_[open].partner && tokens_[i].kind != TokenKind::kOr) continue;
      if (i > first) values.push_back(ValueOf(first, i));
      first = i + 1;
    }
    values.erase(std::remove_if(values.begin(), values.end(), [](absl::string_view v) { return CountLetters(v) == 0; }),
                 values.end());
    return values;
  }

  absl::string_view ValueOf(size_t first, size_t end) const {
    const size_t begin = tokens_[first].begin;
    const absl::string_view bytes = text_.substr(begin, tokens_[end - 1].end - begin);
    const auto quoted = QuoteFinder(bytes).At(0);
    return quoted.has_value() ? bytes.substr(quoted->begin, quoted->end - quoted->begin) : bytes;
  }

  // Conditions inside required brackets are conditions of the whole; those that make up excluded ones are excluded.
  void TakeConditions(const Token& token, Level& inner, Level& level) {
    if (inner.conditions.empty()) return;
    const bool negated = token.occur == Occur::kMustNot;
    const Condition& first = inner.conditions.front().condition;
    if (negated && (inner.HasItems() || !SameKind(inner.conditions))) {
      Fail({first.offset, absl::StrCat(Named(first), " cannot stand in excluded brackets beside something else")});
    }
    for (LevelCondition& found : inner.conditions) {
      found.condition.negated ^= negated;
      level.conditions.push_back({std::move(found.condition), level.alternatives.size() - 1, true});
    }
  }

  void Fail(Mistake mistake) {
    if (!expression_.mistake.has_value()) expression_.mistake = std::move(mistake);
  }

  const absl::string_view text_;
  const std::vector<Token> tokens_;
  size_t prefixes_ = 0;
  Expression expression_;
};

}  // namespace

Expression ReadExpression(absl::string_view text) { return ExpressionReader(text).Read(); }

}  // namespace tintinh::query

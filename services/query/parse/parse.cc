#include "services/query/parse/parse.h"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/text/legacy.h"
#include "common/text/normal_form.h"
#include "services/query/parse/analyzed_clause.h"
#include "services/query/parse/column.h"
#include "services/query/parse/conditions.h"
#include "services/query/parse/expression.h"
#include "services/query/parse/leaf_builder.h"

namespace tintinh::query {
namespace {

constexpr size_t kShortSyllables = 2;
// Of a LeafQuery, with the expansions of prefixes; some are left for who adds a node.
constexpr uint32_t kMaxCost = 1000;
constexpr uint32_t kFewerTerms = 8;

void SetStrict(BuiltQuery built, ParsedQuery& parsed) {
  parsed.strict = std::move(built.query);
  parsed.strict_keys = std::move(built.wanted);
  parsed.provinces = std::move(built.provinces);
}

void SetWidened(BuiltQuery built, ParsedQuery& parsed) {
  parsed.widened = std::move(built.query);
  parsed.widened_keys = std::move(built.wanted);
}

bool HasMarkedClause(const std::vector<AnalyzedClause>& clauses) {
  for (const AnalyzedClause& clause : clauses) {
    if (clause.marked) return true;
  }
  return false;
}

size_t CountSyllables(const std::vector<AnalyzedClause>& clauses) {
  size_t syllables = 0;
  for (const AnalyzedClause& clause : clauses) syllables += OnePerPosition(clause.exact).size();
  return syllables;
}

bool IsNothing(const WantedKeys& keys) {
  return keys.exact.empty() && keys.exact_prefixes.empty() && keys.folded_prefixes.empty() &&
         keys.identifier_prefixes.empty();
}

// What the reader meant, as UTF-8; sets `repaired` where the bytes said something else.
std::string ReadableText(absl::string_view typed, std::string& repaired) {
  text::LegacyRepair repair = text::RepairLegacy(text::RepairUtf8(typed));
  if (!repair.encoding.empty()) repaired = repair.text;
  return std::move(repair.text);
}

void Build(const Expression& expression, Ranking ranking, ParsedQuery& parsed) {
  const std::vector<AnalyzedClause> clauses =
      AnalyzeClauses(expression.clauses, parsed.searched_terms, &parsed.shortened);
  const bool marked = HasMarkedClause(clauses);
  Routing routing = CountSyllables(clauses) <= kShortSyllables ? kUnmarkedShort : kUnmarked;
  if (marked) routing = kMarked;
  SetStrict(BuildLeafQuery(expression, clauses, routing, ranking), parsed);
  parsed.only_exclusions = !clauses.empty() && IsNothing(parsed.strict_keys);
  if (parsed.only_exclusions || (!marked && ranking == Ranking::kScore)) return;
  if (marked) routing = kWidened;
  routing.pairs_per_required = 0;
  SetWidened(BuildLeafQuery(expression, clauses, routing, ranking), parsed);
}

}  // namespace

ParsedQuery Parse(absl::string_view text, Ranking ranking) {
  ParsedQuery parsed;
  const std::string readable = ReadableText(text.substr(0, kMaxQueryBytes), parsed.repaired);
  const std::string collapsed = text::CollapseWhitespace(readable);
  const Expression expression = ReadExpression(collapsed);
  std::optional<Mistake> mistake = expression.mistake;
  if (!mistake.has_value()) mistake = ReadConditions(expression.conditions, parsed.conditions);
  if (mistake.has_value()) {
    parsed.status = absl::InvalidArgumentError(
        absl::StrCat("query: column ", ColumnOf(readable, collapsed, mistake->offset), ": ", mistake->what));
    return parsed;
  }
  // Brackets can make more nodes of as many words.
  for (parsed.searched_terms = kMaxQueryTerms; parsed.searched_terms > 0; parsed.searched_terms -= kFewerTerms) {
    Build(expression, ranking, parsed);
    if (CostOf(parsed.strict) <= kMaxCost && CostOf(parsed.widened) <= kMaxCost) break;
  }
  return parsed;
}

}  // namespace tintinh::query

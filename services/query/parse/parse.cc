#include "services/query/parse/parse.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "common/text/legacy.h"
#include "common/text/normal_form.h"
#include "services/query/alias/alias.h"
#include "services/query/parse/analyzed_clause.h"
#include "services/query/parse/leaf_terms.h"
#include "services/query/parse/syntax.h"

namespace tintinh::query {
namespace {

// Measured (README.md): about a third beside exact syllables and 0.6 beside folded ones give the best reciprocal ranks,
// and pairs of exact syllables are no better.
struct Routing {
  float exact, folded, pair;
  uint32_t pairs_per_required;  // by date, one pair in so many must be there; 0: none
};
constexpr Routing kMarked = {1.0F, 0.0F, 0.35F, 0};
constexpr Routing kWidened = {1.0F, 0.3F, 0.35F, 0};
// Nine of ten syllables share their letters with others: without marks only their neighbours tell what is meant.
constexpr Routing kUnmarked = {0.0F, 1.0F, 0.6F, 2};
// One or two syllables without marks may well be spelled that way ("thi ca"): as typed ranks first.
constexpr Routing kUnmarkedShort = {0.3F, 1.0F, 0.6F, 2};
constexpr size_t kShortSyllables = 2;
// Of a word's weight. How rare a word is tells most grammar words already, but not those of questions: they are rare in
// texts, which answer.
constexpr float kGrammarShare = 0.5F;
// Of a whole other name of what was asked for: enough to find the articles that know it by that name only, behind those
// that say what was typed.
constexpr float kAliasWeight = 0.3F;

// A document number or an address says exactly what is wanted; a date or a number beside words is one clue among
// others.
constexpr float kNameWeight = 3.0F;
constexpr float kNumberWeight = 0.3F;

float IdentifierWeight(absl::string_view key) {
  return absl::StartsWith(key, "d:") || absl::StartsWith(key, "n:") ? kNumberWeight : kNameWeight;
}

bool Covers(const Key& outer, const Key& inner) { return outer.begin <= inner.begin && inner.end <= outer.end; }

// True when one identifier is all the clause holds.
bool IsOneIdentifier(const AnalyzedClause& clause) {
  if (clause.identifiers.empty() || clause.exact.empty()) return false;
  const Key& identifier = clause.identifiers.front();
  return Covers(identifier, clause.exact.front()) && Covers(identifier, clause.exact.back());
}

bool IsOneSyllable(const AnalyzedClause& clause) { return OnePerPosition(clause.exact).size() == 1; }

Aliases AliasesOf(const AnalyzedClause& clause) {
  const std::vector<const Key*> exact = OnePerPosition(clause.exact);
  const std::vector<const Key*> folded = OnePerPosition(clause.folded);
  std::vector<SyllableKeys> syllables;
  for (size_t i = 0; i < std::min(exact.size(), folded.size()); ++i) {
    syllables.push_back({exact[i]->bytes, folded[i]->bytes});
  }
  return FindAliases(syllables, clause.marked);
}

// Builds one LeafQuery from clauses, routed: a kind of key with weight 0 is not looked for.
class Builder {
 public:
  Builder(const Routing& routing, Ranking ranking) : routing_(routing), ranking_(ranking) {}

  void Add(const AnalyzedClause& clause) {
    if (clause.occur == Occur::kMustNot) {
      *query_.add_must_not() = Excluded(clause);
      return;
    }
    Want(clause);
    if (clause.occur == Occur::kMust) {
      AddRequired(clause);
    } else if (ranking_ == Ranking::kDate) {
      AddGroups(clause);
      RequirePairs(clause);
    } else {
      AddPlain(clause);
    }
  }

  v1::LeafQuery Build() {
    if (query_.must().empty() && query_.should().empty() && !query_.must_not().empty()) {
      query_.add_must()->mutable_match_all();
    }
    if (groups_ > 0) query_.set_minimum_should(groups_ - (groups_ - 1) / 4);
    v1::LeafQuery result;
    if (query_.ByteSizeLong() > 0) *result.mutable_boolean() = std::move(query_);
    return result;
  }

  WantedKeys TakeWanted() { return std::move(wanted_); }
  std::vector<ProvinceNames> TakeProvinces() { return std::move(provinces_); }

 private:
  void AddPlain(const AnalyzedClause& clause) {
    TermBag bag;
    AddSyllables(clause.exact, clause.folded, bag);
    bag.AddAll(v1::KEY_KIND_PAIR, clause.pairs, routing_.pair);
    AddIdentifiers(clause, bag);
    bag.AppendTo(query_);
    AddAliases(clause);
  }

  void AddAliases(const AnalyzedClause& clause) {
    Aliases aliases = AliasesOf(clause);
    for (const NameKeys& name : aliases.names) {
      if (aliases_ == kMaxAliases) break;
      ++aliases_;
      *query_.add_should() = NameInOnePart(name, kAliasWeight);
      WantName(name);
    }
    std::move(aliases.provinces.begin(), aliases.provinces.end(), std::back_inserter(provinces_));
  }

  // One group for each position, so that minimum_should counts words, not keys.
  void AddGroups(const AnalyzedClause& clause) {
    size_t i = 0;
    while (i < clause.exact.size()) {
      TermBag group;
      const uint32_t position = clause.exact[i].position;
      AddSyllables(AtPosition(clause.exact, position), AtPosition(clause.folded, position), group);
      while (i < clause.exact.size() && clause.exact[i].position == position) ++i;
      *query_.add_should() = group.AnyOf();
      ++groups_;
    }
  }

  void RequirePairs(const AnalyzedClause& clause) {
    const std::vector<const Key*> pairs = OnePerPosition(clause.pairs);
    if (routing_.pairs_per_required == 0 || pairs.empty()) return;
    v1::BooleanQuery& near = *query_.add_must()->mutable_boolean();
    for (const Key* pair : pairs) {
      TermBag bag;
      bag.Add(v1::KEY_KIND_PAIR, pair->bytes, routing_.pair);
      *near.add_should() = bag.AnyOf();
    }
    const auto count = static_cast<uint32_t>(pairs.size());
    near.set_minimum_should((count + routing_.pairs_per_required - 1) / routing_.pairs_per_required);
  }

  void AddRequired(const AnalyzedClause& clause) {
    *query_.add_must() = Required(clause);
    if (ranking_ == Ranking::kDate) return;
    TermBag bonus;
    bonus.AddAll(v1::KEY_KIND_PAIR, clause.pairs, routing_.pair);
    bonus.AppendTo(query_);
  }

  v1::LeafQuery Required(const AnalyzedClause& clause) {
    if (IsOneIdentifier(clause)) return AnyIdentifier(clause);
    if (IsOneSyllable(clause)) return AnySyllable(clause);
    return Phrase(clause, routing_.folded > 0);
  }

  // Widening must not exclude more than the reader did.
  v1::LeafQuery Excluded(const AnalyzedClause& clause) const {
    if (IsOneIdentifier(clause)) return AnyIdentifier(clause);
    const bool folded = routing_.folded > routing_.exact;
    if (!IsOneSyllable(clause)) return Phrase(clause, folded);
    TermBag bag;
    bag.AddAll(folded ? v1::KEY_KIND_FOLDED : v1::KEY_KIND_EXACT, folded ? clause.folded : clause.exact, 1);
    return bag.AnyOf();
  }

  v1::LeafQuery AnyIdentifier(const AnalyzedClause& clause) const {
    TermBag bag;
    bag.AddAll(v1::KEY_KIND_IDENTIFIER, clause.identifiers, kNameWeight);
    return bag.AnyOf();
  }

  v1::LeafQuery AnySyllable(const AnalyzedClause& clause) const {
    TermBag bag;
    AddSyllables(clause.exact, clause.folded, bag);
    return bag.AnyOf();
  }

  // By positions as typed; where `folded` or the phrase has no mark, also by folded keys.
  v1::LeafQuery Phrase(const AnalyzedClause& clause, bool folded) const {
    v1::LeafQuery exact = PhraseInAnyPart(OnePerPosition(clause.exact), clause.pairs);
    if (clause.marked && !folded) return exact;
    v1::LeafQuery either;
    *either.mutable_boolean()->add_should() = exact;
    *either.mutable_boolean()->add_should() = AllInOnePart(OnePerPosition(clause.folded), OnePerPosition(clause.pairs));
    return either;
  }

  void AddSyllables(const std::vector<Key>& exact, const std::vector<Key>& folded, TermBag& bag) const {
    if (routing_.exact > 0) AddWords(v1::KEY_KIND_EXACT, exact, routing_.exact, bag);
    if (routing_.folded > 0) AddWords(v1::KEY_KIND_FOLDED, folded, routing_.folded, bag);
  }

  static void AddWords(v1::KeyKind kind, const std::vector<Key>& keys, float weight, TermBag& bag) {
    for (const Key& key : keys) bag.Add(kind, key.bytes, key.grammar ? weight * kGrammarShare : weight);
  }

  static void AddIdentifiers(const AnalyzedClause& clause, TermBag& bag) {
    for (const Key& key : clause.identifiers) {
      bag.Add(v1::KEY_KIND_IDENTIFIER, key.bytes, IdentifierWeight(key.bytes));
    }
  }

  static std::vector<Key> AtPosition(const std::vector<Key>& keys, uint32_t position) {
    std::vector<Key> result;
    for (const Key& key : keys) {
      if (key.position == position) result.push_back(key);
    }
    return result;
  }

  void Want(const AnalyzedClause& clause) {
    const bool folded = routing_.folded > 0 || (clause.quoted && !clause.marked);
    for (const Key& key : clause.exact) wanted_.exact.insert(key.bytes);
    for (const Key& key : clause.pairs) wanted_.pairs.insert(key.bytes);
    for (const Key& key : clause.identifiers) wanted_.identifiers.insert(key.bytes);
    if (!folded) return;
    for (const Key& key : clause.folded) wanted_.folded.insert(key.bytes);
  }

  void WantName(const NameKeys& name) {
    if (!name.pairs.empty()) {
      wanted_.names.push_back(name);
    } else {
      (name.folded ? wanted_.folded : wanted_.exact).insert(name.syllable);
    }
  }

  const Routing routing_;
  const Ranking ranking_;
  v1::BooleanQuery query_;
  uint32_t groups_ = 0;
  size_t aliases_ = 0;
  WantedKeys wanted_;
  std::vector<ProvinceNames> provinces_;
};

struct Built {
  v1::LeafQuery query;
  WantedKeys wanted;
  std::vector<ProvinceNames> provinces;
};

Built Build(const std::vector<AnalyzedClause>& clauses, const Routing& routing, Ranking ranking) {
  Builder builder(routing, ranking);
  for (const AnalyzedClause& clause : clauses) builder.Add(clause);
  Built built;
  built.query = builder.Build();
  built.provinces = builder.TakeProvinces();
  built.wanted = builder.TakeWanted();
  return built;
}

void SetStrict(Built built, ParsedQuery& parsed) {
  parsed.strict = std::move(built.query);
  parsed.strict_keys = std::move(built.wanted);
  parsed.provinces = std::move(built.provinces);
}

void SetWidened(Built built, ParsedQuery& parsed) {
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

bool OnlyExclusions(const std::vector<AnalyzedClause>& clauses) {
  for (const AnalyzedClause& clause : clauses) {
    if (clause.occur != Occur::kMustNot) return false;
  }
  return !clauses.empty();
}

// What the reader meant, as blank-separated UTF-8; sets `repaired` where the bytes said something else.
std::string ReadableText(absl::string_view typed, std::string& repaired) {
  text::LegacyRepair repair = text::RepairLegacy(text::RepairUtf8(typed));
  if (!repair.encoding.empty()) repaired = repair.text;
  return text::CollapseWhitespace(repair.text);
}

}  // namespace

ParsedQuery Parse(absl::string_view text, Ranking ranking) {
  ParsedQuery parsed;
  const std::string readable = ReadableText(text.substr(0, kMaxQueryBytes), parsed.repaired);
  const std::vector<AnalyzedClause> clauses = AnalyzeClauses(ReadClauses(readable), kMaxQueryTerms, &parsed.shortened);
  parsed.only_exclusions = OnlyExclusions(clauses);
  if (HasMarkedClause(clauses)) {
    SetStrict(Build(clauses, kMarked, ranking), parsed);
    if (!parsed.only_exclusions) SetWidened(Build(clauses, kWidened, ranking), parsed);
    return parsed;
  }
  Routing routing = CountSyllables(clauses) <= kShortSyllables ? kUnmarkedShort : kUnmarked;
  SetStrict(Build(clauses, routing, ranking), parsed);
  if (ranking == Ranking::kScore || parsed.only_exclusions) return parsed;
  routing.pairs_per_required = 0;
  SetWidened(Build(clauses, routing, ranking), parsed);
  return parsed;
}

}  // namespace tintinh::query

#include "services/query/parse/leaf_builder.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

#include "absl/strings/match.h"
#include "services/query/parse/leaf_terms.h"

namespace tintinh::query {
namespace {

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

class Builder {
 public:
  // All must outlive this. `clauses` are by their index in the expression; null where one has no keys.
  Builder(const Routing& routing, Ranking ranking, const std::vector<const AnalyzedClause*>& clauses)
      : routing_(routing), ranking_(ranking), clauses_(clauses) {}

  void Add(const std::vector<Alternative>& alternatives) {
    if (alternatives.size() > 1) return AddNode(Occur::kMust, AnyOf(alternatives));
    for (const Item& item : alternatives.front()) {
      if (item.group != nullptr) {
        AddNode(item.occur, NodeOf(item));
      } else if (clauses_[item.clause] != nullptr) {
        Add(*clauses_[item.clause]);
      }
    }
  }

  v1::LeafQuery Build() {
    if (query_.must().empty() && query_.should().empty() && !query_.must_not().empty()) {
      query_.add_must()->mutable_match_all();
    }
    if (groups_ > 0) query_.set_minimum_should(MostOf(groups_));
    v1::LeafQuery result;
    if (query_.ByteSizeLong() > 0) *result.mutable_boolean() = std::move(query_);
    return result;
  }

  WantedKeys TakeWanted() { return std::move(wanted_); }
  std::vector<ProvinceNames> TakeProvinces() { return std::move(provinces_); }

 private:
  void Add(const AnalyzedClause& clause) {
    if (clause.occur == Occur::kMustNot) {
      *query_.add_must_not() = Excluded(clause);
      return;
    }
    Want(clause);
    if (clause.occur == Occur::kMust) {
      AddRequired(clause);
    } else if (clause.prefix.has_value()) {
      *query_.add_should() = AnyBeginning(clause);
      groups_ += ranking_ == Ranking::kDate ? 1 : 0;
    } else if (ranking_ == Ranking::kDate) {
      groups_ += AddGroups(clause, query_);
      RequirePairs(clause, query_);
    } else {
      AddPlain(clause);
    }
  }

  void AddNode(Occur occur, v1::LeafQuery node) {
    if (node.node_case() == v1::LeafQuery::NODE_NOT_SET) return;
    *(occur == Occur::kMustNot ? query_.add_must_not() : query_.add_must()) = std::move(node);
  }

  // One that must be met. No node where nothing in it has keys.
  v1::LeafQuery AnyOf(const std::vector<Alternative>& alternatives) {
    v1::LeafQuery any;
    for (const Alternative& alternative : alternatives) {
      v1::LeafQuery all = AllOf(alternative);
      if (all.node_case() != v1::LeafQuery::NODE_NOT_SET) *any.mutable_boolean()->add_should() = std::move(all);
    }
    if (any.boolean().should_size() != 1) return any;
    v1::LeafQuery only = any.boolean().should(0);
    return only;
  }

  v1::LeafQuery AllOf(const Alternative& alternative) {
    v1::BooleanQuery all;
    for (const Item& item : alternative) {
      v1::LeafQuery node = NodeOf(item);
      if (node.node_case() == v1::LeafQuery::NODE_NOT_SET) continue;
      *(item.occur == Occur::kMustNot ? all.add_must_not() : all.add_must()) = std::move(node);
    }
    v1::LeafQuery result;
    if (all.must_size() == 1 && all.must_not().empty()) return all.must(0);
    if (all.must().empty() && !all.must_not().empty()) all.add_must()->mutable_match_all();
    if (!all.must().empty()) *result.mutable_boolean() = std::move(all);
    return result;
  }

  v1::LeafQuery NodeOf(const Item& item) {
    if (item.group != nullptr) {
      return item.occur == Occur::kMustNot ? ExcludedGroup(*item.group) : AnyOf(item.group->alternatives);
    }
    const AnalyzedClause* clause = clauses_[item.clause];
    if (clause == nullptr) return v1::LeafQuery();
    if (item.occur == Occur::kMustNot) return Excluded(*clause);
    Want(*clause);
    return item.occur == Occur::kMust ? Required(*clause) : AllWords(*clause);
  }

  // Nothing in it is wanted, and widening must not exclude more than the reader did.
  v1::LeafQuery ExcludedGroup(const Group& group) const {
    return Builder(AsTyped(), ranking_, clauses_).AnyOf(group.alternatives);
  }

  const Routing& AsTyped() const { return routing_.folded > routing_.exact ? kUnmarked : kMarked; }

  // Plain words of an alternative: nearly all of them, as by date.
  v1::LeafQuery AllWords(const AnalyzedClause& clause) const {
    if (clause.prefix.has_value()) return AnyBeginning(clause);
    if (IsOneIdentifier(clause)) return AnyIdentifier(clause);
    if (IsOneSyllable(clause)) return AnySyllable(clause);
    v1::LeafQuery all;
    v1::BooleanQuery& words = *all.mutable_boolean()->add_must()->mutable_boolean();
    words.set_minimum_should(MostOf(AddGroups(clause, words)));
    RequirePairs(clause, *all.mutable_boolean());
    TermBag bonus(clause.where);
    bonus.AddAll(v1::KEY_KIND_PAIR, clause.pairs, routing_.pair);
    AddIdentifiers(clause, bonus);
    bonus.AppendTo(*all.mutable_boolean());
    return all;
  }

  // Any word that begins so. The word itself is among them but where its key is spelled otherwise ("kỹ" is "ki4").
  v1::LeafQuery AnyBeginning(const AnalyzedClause& clause) const {
    v1::LeafQuery any;
    v1::BooleanQuery& query = *any.mutable_boolean();
    const KeyPrefix& prefix = *clause.prefix;
    if (!prefix.identifier.empty()) {
      AppendPrefix(clause.where, v1::KEY_KIND_IDENTIFIER, prefix.identifier, kNameWeight, query);
      return any;
    }
    const bool only_folded = routing_.folded > routing_.exact;
    if (!only_folded) AppendPrefix(clause.where, v1::KEY_KIND_EXACT, prefix.exact, routing_.exact, query);
    if (routing_.folded > 0) AppendPrefix(clause.where, v1::KEY_KIND_FOLDED, prefix.folded, routing_.folded, query);
    TermBag itself(clause.where);
    for (const Key& key : only_folded ? clause.folded : clause.exact) {
      const bool begins_so = absl::StartsWith(key.bytes, only_folded ? prefix.folded : prefix.exact);
      if (!begins_so && key.span == clause.exact.back().position + 1) {
        itself.Add(only_folded ? v1::KEY_KIND_FOLDED : v1::KEY_KIND_EXACT, key.bytes, 1);
      }
    }
    itself.AppendTo(query);
    return any;
  }

  static uint32_t MostOf(uint32_t words) { return words - (words - 1) / 4; }

  void AddPlain(const AnalyzedClause& clause) {
    TermBag bag(clause.where);
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
  uint32_t AddGroups(const AnalyzedClause& clause, v1::BooleanQuery& query) const {
    uint32_t groups = 0;
    size_t i = 0;
    while (i < clause.exact.size()) {
      TermBag group(clause.where);
      const uint32_t position = clause.exact[i].position;
      AddSyllables(AtPosition(clause.exact, position), AtPosition(clause.folded, position), group);
      while (i < clause.exact.size() && clause.exact[i].position == position) ++i;
      *query.add_should() = group.AnyOf();
      ++groups;
    }
    return groups;
  }

  void RequirePairs(const AnalyzedClause& clause, v1::BooleanQuery& query) const {
    const std::vector<const Key*> pairs = OnePerPosition(clause.pairs);
    if (routing_.pairs_per_required == 0 || pairs.empty()) return;
    v1::BooleanQuery& near = *query.add_must()->mutable_boolean();
    for (const Key* pair : pairs) {
      TermBag bag(clause.where);
      bag.Add(v1::KEY_KIND_PAIR, pair->bytes, routing_.pair);
      *near.add_should() = bag.AnyOf();
    }
    const auto count = static_cast<uint32_t>(pairs.size());
    near.set_minimum_should((count + routing_.pairs_per_required - 1) / routing_.pairs_per_required);
  }

  void AddRequired(const AnalyzedClause& clause) {
    *query_.add_must() = Required(clause);
    if (ranking_ == Ranking::kDate) return;
    TermBag bonus(clause.where);
    bonus.AddAll(v1::KEY_KIND_PAIR, clause.pairs, routing_.pair);
    bonus.AppendTo(query_);
  }

  v1::LeafQuery Required(const AnalyzedClause& clause) const {
    if (clause.prefix.has_value()) return AnyBeginning(clause);
    if (IsOneIdentifier(clause)) return AnyIdentifier(clause);
    if (IsOneSyllable(clause)) return AnySyllable(clause);
    return Phrase(clause, routing_.folded > 0);
  }

  // Widening must not exclude more than the reader did.
  v1::LeafQuery Excluded(const AnalyzedClause& clause) const {
    if (clause.prefix.has_value()) return Builder(AsTyped(), ranking_, clauses_).AnyBeginning(clause);
    if (IsOneIdentifier(clause)) return AnyIdentifier(clause);
    const bool folded = routing_.folded > routing_.exact;
    if (!IsOneSyllable(clause)) return Phrase(clause, folded);
    TermBag bag(clause.where);
    bag.AddAll(folded ? v1::KEY_KIND_FOLDED : v1::KEY_KIND_EXACT, folded ? clause.folded : clause.exact, 1);
    return bag.AnyOf();
  }

  v1::LeafQuery AnyIdentifier(const AnalyzedClause& clause) const {
    TermBag bag(clause.where);
    bag.AddAll(v1::KEY_KIND_IDENTIFIER, clause.identifiers, kNameWeight);
    return bag.AnyOf();
  }

  v1::LeafQuery AnySyllable(const AnalyzedClause& clause) const {
    TermBag bag(clause.where);
    AddSyllables(clause.exact, clause.folded, bag);
    return bag.AnyOf();
  }

  // By positions as typed; where `folded` or the phrase has no mark, also by folded keys.
  v1::LeafQuery Phrase(const AnalyzedClause& clause, bool folded) const {
    v1::LeafQuery exact = PhraseInAnyPart(OnePerPosition(clause.exact), clause.pairs, clause.where);
    if (clause.marked && !folded) return exact;
    v1::LeafQuery either;
    *either.mutable_boolean()->add_should() = exact;
    *either.mutable_boolean()->add_should() =
        AllInOnePart(OnePerPosition(clause.folded), OnePerPosition(clause.pairs), clause.where);
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
    if (clause.prefix.has_value()) return WantBeginning(*clause.prefix);
    const bool folded = routing_.folded > 0 || (clause.quoted && !clause.marked);
    for (const Key& key : clause.exact) wanted_.exact.insert(key.bytes);
    for (const Key& key : clause.pairs) wanted_.pairs.insert(key.bytes);
    for (const Key& key : clause.identifiers) wanted_.identifiers.insert(key.bytes);
    if (!folded) return;
    for (const Key& key : clause.folded) wanted_.folded.insert(key.bytes);
  }

  void WantBeginning(const KeyPrefix& prefix) {
    if (!prefix.identifier.empty()) {
      wanted_.identifier_prefixes.push_back(prefix.identifier);
    } else if (routing_.folded > 0) {
      wanted_.folded_prefixes.push_back(prefix.folded);
    } else {
      wanted_.exact_prefixes.push_back(prefix.exact);
    }
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
  const std::vector<const AnalyzedClause*>& clauses_;
  v1::BooleanQuery query_;
  uint32_t groups_ = 0;
  size_t aliases_ = 0;
  WantedKeys wanted_;
  std::vector<ProvinceNames> provinces_;
};

// All prefixes of a query share these; few of them are worth more than many.
constexpr uint32_t kSharedExpansions = 384;
constexpr uint32_t kMinExpansions = 16;
constexpr uint32_t kMaxExpansions = 64;

template <typename Query, typename Visit>
void ForEachNode(Query& query, const Visit& visit) {
  visit(query);
  if (!query.has_boolean()) return;
  if constexpr (std::is_const_v<Query>) {
    for (const auto& child : query.boolean().must()) ForEachNode(child, visit);
    for (const auto& child : query.boolean().should()) ForEachNode(child, visit);
    for (const auto& child : query.boolean().must_not()) ForEachNode(child, visit);
  } else {
    for (auto& child : *query.mutable_boolean()->mutable_must()) ForEachNode(child, visit);
    for (auto& child : *query.mutable_boolean()->mutable_should()) ForEachNode(child, visit);
    for (auto& child : *query.mutable_boolean()->mutable_must_not()) ForEachNode(child, visit);
  }
}

void ShareExpansions(v1::LeafQuery& query) {
  std::vector<v1::PrefixQuery*> prefixes;
  ForEachNode(query, [&](v1::LeafQuery& node) {
    if (node.has_prefix()) prefixes.push_back(node.mutable_prefix());
  });
  for (v1::PrefixQuery* prefix : prefixes) {
    const auto share = kSharedExpansions / static_cast<uint32_t>(prefixes.size());
    prefix->set_expansions(std::clamp(share, kMinExpansions, kMaxExpansions));
  }
}

}  // namespace

uint32_t CostOf(const v1::LeafQuery& query) {
  uint32_t cost = 0;
  ForEachNode(query, [&cost](const v1::LeafQuery& node) { cost += 1 + node.prefix().expansions(); });
  return cost;
}

BuiltQuery BuildLeafQuery(const Expression& expression, const std::vector<AnalyzedClause>& clauses,
                          const Routing& routing, Ranking ranking) {
  std::vector<const AnalyzedClause*> by_index(expression.clauses.size());
  for (const AnalyzedClause& clause : clauses) by_index[clause.index] = &clause;
  Builder builder(routing, ranking, by_index);
  builder.Add(expression.alternatives);
  BuiltQuery built;
  built.query = builder.Build();
  ShareExpansions(built.query);
  built.provinces = builder.TakeProvinces();
  built.wanted = builder.TakeWanted();
  return built;
}

}  // namespace tintinh::query

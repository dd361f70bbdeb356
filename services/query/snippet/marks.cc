#include "services/query/snippet/marks.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"
#include "common/text/analyzer.h"
#include "services/query/alias/alias.h"

namespace tintinh::query {
namespace {

// An identifier is rarer than any of its parts, which are marked with it.
constexpr double kIdentifierWeight = 3;
constexpr double kOtherNameShare = 0.7;   // of what was not named so in the query
constexpr double kOtherMarksShare = 0.7;  // of a word that only matches when its marks are ignored

double WeightOf(const std::string& key, const Rarity& rarity) {
  const auto it = rarity.find(key);
  return it == rarity.end() ? 1 : it->second;
}

bool BeginsAs(const std::string& key, const std::vector<std::string>& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](const std::string& prefix) { return absl::StartsWith(key, prefix); });
}

class MarkFinder {
 public:
  MarkFinder(const WantedKeys& wanted, const Rarity& rarity) : wanted_(wanted), rarity_(rarity) {}

  void Visit(const text::Token& token, absl::string_view key_view) {
    const std::string key(key_view);
    switch (token.kind) {
      case text::KeyKind::kExact:
        if (wanted_.exact.contains(key) || BeginsAs(key, wanted_.exact_prefixes))
          Add(token, key, WeightOf(key, rarity_));
        break;
      case text::KeyKind::kFolded:
        if (wanted_.folded.contains(key) || BeginsAs(key, wanted_.folded_prefixes))
          Add(token, key, kOtherMarksShare * WeightOf(key, rarity_));
        break;
      case text::KeyKind::kIdentifier:
        if (wanted_.identifiers.contains(key) || BeginsAs(key, wanted_.identifier_prefixes))
          Add(token, key, kIdentifierWeight);
        break;
      case text::KeyKind::kPair:
        if (wanted_.pairs.contains(key)) AddPair(token);
        if (!wanted_.names.empty() && token.span == 2) pairs_[token.position] = {key, token.begin, token.end};
        break;
    }
  }

  // The longest mark of those that overlap, then the heaviest.
  std::vector<Mark> Marks() {
    for (const NameKeys& name : wanted_.names) AddName(name);
    std::sort(found_.begin(), found_.end(), [](const Found& a, const Found& b) {
      if (a.mark.begin != b.mark.begin) return a.mark.begin < b.mark.begin;
      return a.mark.end != b.mark.end ? a.mark.end > b.mark.end : a.mark.weight > b.mark.weight;
    });
    std::vector<Mark> marks;
    for (Found& found : found_) {
      if (!marks.empty() && found.mark.begin < marks.back().end) continue;
      found.mark.in_pair = paired_.contains(found.position);
      marks.push_back(std::move(found.mark));
    }
    return marks;
  }

 private:
  struct Found {
    Mark mark;
    uint32_t position;
  };

  void AddPair(const text::Token& token) {
    for (uint32_t i = 0; i < token.span; ++i) paired_.insert(token.position + i);
  }

  void AddName(const NameKeys& name) {
    double weight = 0;
    for (const std::string& pair : name.pairs) weight = std::max(weight, WeightOf(pair, rarity_));
    for (const auto& [position, pair] : pairs_) {
      const uint32_t end = NameEnd(name, position);
      if (end == 0) continue;
      found_.push_back({{pair.begin, end, name.pairs.front(), kOtherNameShare * weight, false}, position});
      paired_.insert(position);
    }
  }

  // Where a name ends whose pairs follow each other from `position` on; 0 where they do not.
  uint32_t NameEnd(const NameKeys& name, uint32_t position) const {
    uint32_t end = 0;
    for (const std::string& pair : name.pairs) {
      const auto it = pairs_.find(position++);
      if (it == pairs_.end() || it->second.key != pair) return 0;
      end = it->second.end;
    }
    return end;
  }

  void Add(const text::Token& token, const std::string& key, double weight) {
    if (token.begin < token.end) found_.push_back({{token.begin, token.end, key, weight, false}, token.position});
  }

  struct Pair {
    std::string key;
    uint32_t begin, end;
  };

  const WantedKeys& wanted_;
  const Rarity& rarity_;
  std::vector<Found> found_;
  absl::flat_hash_set<uint32_t> paired_;
  absl::flat_hash_map<uint32_t, Pair> pairs_;  // by position, where there are names to be found
};

}  // namespace

std::vector<Mark> FindMarks(absl::string_view text, const WantedKeys& wanted, const Rarity& rarity) {
  const text::AnalyzedText analyzed = text::Analyzer().Analyze(text);
  MarkFinder finder(wanted, rarity);
  for (const text::Token& token : analyzed.tokens) finder.Visit(token, analyzed.Key(token));
  return finder.Marks();
}

}  // namespace tintinh::query

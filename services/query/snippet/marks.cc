#include "services/query/snippet/marks.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "common/text/analyzer.h"

namespace tintinh::query {
namespace {

// An identifier is rarer than any of its parts, which are marked with it.
constexpr double kIdentifierWeight = 3;
constexpr double kOtherMarksShare = 0.7;  // of a word that only matches when its marks are ignored

double WeightOf(const std::string& key, const Rarity& rarity) {
  const auto it = rarity.find(key);
  return it == rarity.end() ? 1 : it->second;
}

class MarkFinder {
 public:
  MarkFinder(const WantedKeys& wanted, const Rarity& rarity) : wanted_(wanted), rarity_(rarity) {}

  void Visit(const text::Token& token, absl::string_view key_view) {
    const std::string key(key_view);
    switch (token.kind) {
      case text::KeyKind::kExact:
        if (wanted_.exact.contains(key)) Add(token, key, WeightOf(key, rarity_));
        break;
      case text::KeyKind::kFolded:
        if (wanted_.folded.contains(key)) Add(token, key, kOtherMarksShare * WeightOf(key, rarity_));
        break;
      case text::KeyKind::kIdentifier:
        if (wanted_.identifiers.contains(key)) Add(token, key, kIdentifierWeight);
        break;
      case text::KeyKind::kPair:
        if (wanted_.pairs.contains(key)) AddPair(token);
        break;
    }
  }

  // The longest mark of those that overlap, then the heaviest.
  std::vector<Mark> Marks() {
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

  void Add(const text::Token& token, const std::string& key, double weight) {
    if (token.begin < token.end) found_.push_back({{token.begin, token.end, key, weight, false}, token.position});
  }

  const WantedKeys& wanted_;
  const Rarity& rarity_;
  std::vector<Found> found_;
  absl::flat_hash_set<uint32_t> paired_;
};

}  // namespace

std::vector<Mark> FindMarks(absl::string_view text, const WantedKeys& wanted, const Rarity& rarity) {
  const text::AnalyzedText analyzed = text::Analyzer().Analyze(text);
  MarkFinder finder(wanted, rarity);
  for (const text::Token& token : analyzed.tokens) finder.Visit(token, analyzed.Key(token));
  return finder.Marks();
}

}  // namespace tintinh::query

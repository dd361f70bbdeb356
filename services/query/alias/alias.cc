#include "services/query/alias/alias.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/places/gazetteer.h"
#include "common/places/places.h"
#include "common/text/analyzer.h"
#include "common/text/syllable.h"
#include "services/query/alias/data/aliases.h"

namespace tintinh::query {
namespace {

// The city is not known by its bare name, which is a person's first.
constexpr std::pair<absl::string_view, absl::string_view> kCityOfAPerson = {"Hồ Chí Minh", "thành phố Hồ Chí Minh"};
constexpr absl::string_view kEverydayWords[] = {"Hòa Bình", "Thái Bình"};  // peace; the Pacific
constexpr absl::string_view kProvinceWord = "tinh";

struct Name {
  std::string exact, folded;  // its syllables' keys, blanks between them
  NameKeys keys;
  bool needs_marks = false;    // in a text with marks
  bool everyday_word = false;  // before it is a province
  std::string province;        // set for a province
  std::vector<size_t> others;  // what else it is called
};

void AppendSyllable(absl::string_view key, std::string& joined) {
  absl::StrAppend(&joined, joined.empty() ? "" : " ", key);
}

Name NameOf(absl::string_view form) {
  Name name;
  const text::AnalyzedText analyzed = text::Analyzer().Analyze(form);
  for (const text::Token& token : analyzed.tokens) {
    const absl::string_view key = analyzed.Key(token);
    if (token.kind == text::KeyKind::kExact && token.span == 1) AppendSyllable(key, name.exact);
    if (token.kind == text::KeyKind::kFolded && token.span == 1) AppendSyllable(key, name.folded);
    if (token.kind == text::KeyKind::kPair && token.span == 2) name.keys.pairs.emplace_back(key);
  }
  if (!name.keys.pairs.empty()) return name;
  name.keys.folded = !text::IsVietnameseSyllable(form);
  name.keys.syllable = name.keys.folded ? name.folded : name.exact;
  return name;
}

// All names and what else each is called. Immutable once built.
class AliasTable {
 public:
  static const AliasTable& Get() {
    static const AliasTable table;
    return table;
  }

  size_t longest() const { return longest_; }
  const Name& name(size_t index) const { return names_[index]; }

  // Null where the text is no name.
  const Name* Find(const std::string& exact, const std::string& folded, bool marked) const {
    const auto found = by_folded_.find(folded);
    if (found == by_folded_.end()) return nullptr;
    for (const size_t index : found->second) {
      if (!marked || !names_[index].needs_marks || names_[index].exact == exact) return &names_[index];
    }
    return nullptr;
  }

 private:
  AliasTable() {
    for (const absl::string_view line : absl::StrSplit(AliasLines(), '\n', absl::SkipEmpty())) {
      if (!absl::StartsWith(line, "#")) AddLine(absl::StrSplit(line, '\t'));
    }
    for (const places::ProvinceRow& row : places::Gazetteer::Get().provinces()) AddProvince(row);
  }

  void AddLine(const std::vector<absl::string_view>& fields) {
    const bool abbreviation = fields.front() == "abbr";
    std::vector<size_t> group;
    for (size_t i = 1; i < fields.size(); ++i) group.push_back(Add(fields[i], abbreviation && i > 1));
    for (size_t i = 0; i < group.size(); ++i) {
      for (size_t j = i + 1; j < group.size(); ++j) {
        if (!abbreviation || i == 0) Link(group[i], group[j]);
      }
    }
  }

  void AddProvince(const places::ProvinceRow& row) {
    const size_t index = AddProvince(row.name);
    if (row.today != row.name) Link(index, AddProvince(row.today));
  }

  size_t AddProvince(absl::string_view name) {
    const size_t index = Add(name == kCityOfAPerson.first ? kCityOfAPerson.second : name, true);
    names_[index].province = std::string(name);
    names_[index].everyday_word =
        std::find(std::begin(kEverydayWords), std::end(kEverydayWords), name) != std::end(kEverydayWords);
    return index;
  }

  size_t Add(absl::string_view form, bool needs_marks) {
    Name name = NameOf(form);
    std::vector<size_t>& alike = by_folded_[name.folded];
    for (const size_t index : alike) {
      if (names_[index].exact == name.exact) return index;
    }
    name.needs_marks = needs_marks;
    longest_ = std::max(longest_, static_cast<size_t>(std::count(name.folded.begin(), name.folded.end(), ' ')) + 1);
    alike.push_back(names_.size());
    names_.push_back(std::move(name));
    return names_.size() - 1;
  }

  void Link(size_t a, size_t b) {
    AddOnce(a, names_[b].others);
    AddOnce(b, names_[a].others);
  }

  static void AddOnce(size_t index, std::vector<size_t>& indices) {
    if (std::find(indices.begin(), indices.end(), index) == indices.end()) indices.push_back(index);
  }

  std::vector<Name> names_;
  absl::flat_hash_map<std::string, std::vector<size_t>> by_folded_;
  size_t longest_ = 0;
};

// The names of a text, in its order.
class NameFinder {
 public:
  NameFinder(absl::Span<const SyllableKeys> text, bool marked) : text_(text), marked_(marked) {}

  std::vector<const Name*> Find() const {
    std::vector<const Name*> names;
    for (size_t at = 0; at < text_.size();) {
      const auto [name, size] = LongestAt(at);
      if (name != nullptr) names.push_back(name);
      at += std::max<size_t>(size, 1);
    }
    return names;
  }

 private:
  std::pair<const Name*, size_t> LongestAt(size_t at) const {
    std::pair<const Name*, size_t> longest = {nullptr, 0};
    std::string exact, folded;
    for (size_t size = 1; size <= std::min(AliasTable::Get().longest(), text_.size() - at); ++size) {
      AppendSyllable(text_[at + size - 1].exact, exact);
      AppendSyllable(text_[at + size - 1].folded, folded);
      const Name* name = AliasTable::Get().Find(exact, folded, marked_);
      if (name != nullptr && (!name->everyday_word || BehindProvinceWord(at))) longest = {name, size};
    }
    return longest;
  }

  bool BehindProvinceWord(size_t at) const { return at > 0 && text_[at - 1].folded == kProvinceWord; }

  const absl::Span<const SyllableKeys> text_;
  const bool marked_;
};

ProvinceNames ProvinceNamesOf(const Name& name) {
  ProvinceNames names;
  names.named = name.province;
  const auto province = places::FindProvince(name.province);
  names.today = province.has_value() ? province->name_today : name.province;
  if (names.today != names.named) return names;
  for (const std::string& earlier : places::ProvinceNamesMergedInto(names.today)) {
    if (earlier != names.named) names.earlier.push_back(earlier);
  }
  return names;
}

}  // namespace

Aliases FindAliases(absl::Span<const SyllableKeys> text, bool marked) {
  const std::vector<const Name*> found = NameFinder(text, marked).Find();
  std::vector<const Name*> known = found;  // what is searched for anyway
  Aliases aliases;
  for (const Name* name : found) {
    bool another = false;
    for (const size_t index : name->others) {
      const Name* other = &AliasTable::Get().name(index);
      if (aliases.names.size() == kMaxAliases || std::find(known.begin(), known.end(), other) != known.end()) continue;
      known.push_back(other);
      aliases.names.push_back(other->keys);
      another |= !other->province.empty();
    }
    if (another && !name->province.empty()) aliases.provinces.push_back(ProvinceNamesOf(*name));
  }
  return aliases;
}

}  // namespace tintinh::query

#include "services/query/suggest/phrase_counter.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/text/letter.h"
#include "common/text/normal_form.h"
#include "common/text/utf8.h"
#include "services/query/parse/grammar_words.h"

namespace tintinh::query {
namespace {

// A phrase that goes on in one way in so many of ten titles is only a part of the longer one.
constexpr uint32_t kMostlyOfTen = 7;
constexpr uint32_t kRarelyOfTen = 2;
// Where so many agree on a phrase, those of one title are chance.
constexpr uint32_t kTitlesThatAgree = 4;

// Nothing but white space, or a sign inside a name or a number ("22-NQ/TW", "TP.HCM"), stands before the word.
bool FollowsClosely(const text::Word& before, const text::Word& word) {
  if (!before.IsNextTo(word)) return false;
  return word.gap.mark == 0 || word.gap.IsTight('-') || word.gap.IsTight('/') || word.gap.IsTight('.') ||
         word.gap.IsTight('\'');
}

// "Bắc - Nam" too, but nothing in quotes or behind a comma.
bool StandTogether(const text::WordList& title, size_t first, size_t last) {
  for (size_t i = first + 1; i <= last; ++i) {
    if (!FollowsClosely(title.words[i - 1], title.words[i]) && !title.words[i].gap.IsLoose('-')) return false;
  }
  return true;
}

bool BeginsUpper(absl::string_view word) {
  const char* const limit = word.data() + word.size();
  const text::CodePoint point = text::DecodeUtf8(word.data(), limit);
  return (text::ClassifyLetter(point.value).flags & text::Letter::kUpper) != 0;
}

// A name goes on with capital letters.
bool IsInsideName(const text::WordList& title, size_t word) {
  return word + 1 < title.words.size() && FollowsClosely(title.words[word], title.words[word + 1]) &&
         BeginsUpper(title.Source(title.words[word])) && BeginsUpper(title.Source(title.words[word + 1]));
}

// The first word of a title has a capital letter as such; unless the second has one too, or it has more of them, it is
// no name.
std::string SpellingIn(const text::WordList& title, size_t first, size_t last) {
  const uint32_t begin = title.words[first].begin;
  const absl::string_view spelled = title.source.substr(begin, title.words[last].end - begin);
  const bool name = first > 0 || (title.words.size() > 1 && BeginsUpper(title.Source(title.words[1])));
  const absl::string_view word = spelled.substr(0, title.words[first].end - begin);
  const size_t letter = text::DecodeUtf8(word.data(), word.data() + word.size()).size;
  const bool shouted = text::LowerCase(word.substr(letter)) != word.substr(letter);
  if (name || shouted) return std::string(spelled);
  return absl::StrCat(text::LowerCase(word), spelled.substr(word.size()));
}

}  // namespace

void PhraseCounter::Add(const text::WordList& title, const TypedPlaces& places) {
  ++titles_;
  const size_t first = places.front().word;
  const size_t typed_last = places.back().word;
  if (!StandTogether(title, first, typed_last)) return;
  const size_t end = std::min(title.words.size(), typed_last + 1 + kMaxFurtherWords);
  for (size_t last = typed_last; last < end; ++last) {
    if (last > typed_last && !FollowsClosely(title.words[last - 1], title.words[last])) return;
    const bool whole = last > typed_last || typed_.unfinished();
    const bool ends_well = !IsGrammarWord(title.Exact(title.words[last])) && !IsInsideName(title, last);
    if (whole && ends_well && !IsTyped(title, first, last)) Count(title, first, last);
  }
}

bool PhraseCounter::IsTyped(const text::WordList& title, size_t first, size_t last) const {
  if (last - first + 1 != typed_.words.size()) return false;
  for (size_t i = 0; i < typed_.words.size(); ++i) {
    if (title.Exact(title.words[first + i]) != typed_.words[i].exact) return false;
  }
  return true;
}

void PhraseCounter::Count(const text::WordList& title, size_t first, size_t last) {
  std::string keys;
  for (size_t i = first; i <= last; ++i) absl::StrAppend(&keys, title.Exact(title.words[i]), " ");
  Counted& counted = phrases_[keys];
  if (counted.titles++ == 0) counted.order = titles_;
  ++counted.spellings[SpellingIn(title, first, last)];
}

const std::string& PhraseCounter::SpellingOf(const Counted& counted) {
  return std::max_element(counted.spellings.begin(), counted.spellings.end(),
                          [](const auto& a, const auto& b) { return a.second < b.second; })
      ->first;
}

bool PhraseCounter::GoesOn(ByKeys::const_iterator phrase) const {
  const auto& [keys, counted] = *phrase;
  if (counted.titles == 1) return false;
  for (auto next = std::next(phrase); next != phrases_.end() && absl::StartsWith(next->first, keys); ++next) {
    if (next->second.titles * 10 >= counted.titles * kMostlyOfTen) return true;
  }
  return false;
}

std::vector<Phrase> PhraseCounter::Best(size_t most) const {
  std::vector<const Counted*> kept;
  std::vector<std::pair<absl::string_view, uint32_t>> shorter;  // kept phrases that the next ones may extend
  for (auto phrase = phrases_.begin(); phrase != phrases_.end(); ++phrase) {
    const auto& [keys, counted] = *phrase;
    while (!shorter.empty() && !absl::StartsWith(keys, shorter.back().first)) shorter.pop_back();
    const bool rare =
        !shorter.empty() && (counted.titles == 1 || counted.titles * 10 < shorter.back().second * kRarelyOfTen);
    if (rare || GoesOn(phrase)) continue;
    kept.push_back(&counted);
    shorter.emplace_back(keys, counted.titles);
  }
  std::stable_sort(kept.begin(), kept.end(), [](const Counted* a, const Counted* b) {
    return a->titles != b->titles ? a->titles > b->titles : a->order < b->order;
  });
  const bool agreed = !kept.empty() && kept.front()->titles >= kTitlesThatAgree;
  if (agreed) {
    const auto single = [](const Counted* counted) { return counted->titles == 1; };
    kept.erase(std::find_if(kept.begin(), kept.end(), single), kept.end());
  }
  std::vector<Phrase> best;
  for (size_t i = 0; i < std::min(most, kept.size()); ++i) best.push_back({SpellingOf(*kept[i]), kept[i]->titles});
  return best;
}

}  // namespace tintinh::query

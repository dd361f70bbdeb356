#include "services/query/suggest/title_words.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "common/text/letter.h"
#include "common/text/utf8.h"

namespace tintinh::query {
namespace {

// The letters of a word with the bytes each takes, combining marks with their letter.
struct SpelledLetter {
  text::Letter letter;
  uint32_t end = 0;
};

std::vector<SpelledLetter> Spell(absl::string_view word) {
  std::vector<SpelledLetter> letters;
  const char* const limit = word.data() + word.size();
  for (const char* at = word.data(); at != limit;) {
    const text::CodePoint point = text::DecodeUtf8(at, limit);
    at += point.size;
    const auto end = static_cast<uint32_t>(at - word.data());
    if (text::IsCombining(point.value) && !letters.empty()) {
      text::AddMark(text::ClassifyMark(point.value), &letters.back().letter);
      letters.back().end = end;
    } else if (!text::IsInvisible(point.value)) {
      letters.push_back({text::ClassifyLetter(point.value), end});
    }
  }
  return letters;
}

text::Tone ToneOf(const std::vector<SpelledLetter>& letters) {
  text::Tone tone = text::kLevel;
  for (const SpelledLetter& spelled : letters) tone = std::max(tone, spelled.letter.tone);
  return tone;
}

bool IsShaped(const text::Letter& letter) { return static_cast<char32_t>(letter.fold) != letter.toneless; }

char Unified(char fold) { return fold == 'y' ? 'i' : fold; }

bool MayBecome(const text::Letter& typed, const text::Letter& wanted) {
  if (typed.fold == 0 || IsShaped(typed)) return typed.toneless == wanted.toneless;
  return Unified(typed.fold) == Unified(wanted.fold);
}

// Bytes of `word` that the unfinished word has already; nothing when it does not begin so.
std::optional<uint32_t> BeginLike(absl::string_view word, absl::string_view unfinished) {
  const std::vector<SpelledLetter> wanted = Spell(word);
  const std::vector<SpelledLetter> typed = Spell(unfinished);
  if (typed.empty() || typed.size() > wanted.size()) return std::nullopt;
  for (size_t i = 0; i < typed.size(); ++i) {
    if (!MayBecome(typed[i].letter, wanted[i].letter)) return std::nullopt;
  }
  const text::Tone tone = ToneOf(typed);
  if (tone != text::kLevel && tone != ToneOf(wanted)) return std::nullopt;
  return wanted[typed.size() - 1].end;
}

std::optional<TypedPlace> PlaceAt(const text::WordList& title, size_t number, const TypedWord& typed) {
  const text::Word& word = title.words[number];
  if (typed.complete) {
    const bool same = title.Folded(word) == typed.folded && (!typed.marked || title.Exact(word) == typed.exact);
    return same ? std::optional<TypedPlace>({number, word.begin, word.end}) : std::nullopt;
  }
  if (word.IsLetters()) {
    const std::optional<uint32_t> begun = BeginLike(title.Source(word), typed.source);
    return begun.has_value() ? std::optional<TypedPlace>({number, word.begin, word.begin + *begun}) : std::nullopt;
  }
  // Of numbers and codes the source may have separators that the key has not.
  const bool begins = absl::StartsWith(title.Folded(word), typed.folded);
  return begins ? std::optional<TypedPlace>({number, word.begin, word.end}) : std::nullopt;
}

// The nearest place behind `from`, at most `words_between` words away.
std::optional<TypedPlace> Next(const text::WordList& title, size_t from, const TypedWord& typed, size_t words_between) {
  for (size_t i = from + 1; i < title.words.size() && i <= from + 1 + words_between; ++i) {
    if (!title.words[i - 1].IsNextTo(title.words[i])) return std::nullopt;
    if (std::optional<TypedPlace> place = PlaceAt(title, i, typed); place.has_value()) return place;
  }
  return std::nullopt;
}

std::optional<TypedPlaces> InOrderFrom(const text::WordList& title, size_t first, const TypedText& typed,
                                       size_t words_between) {
  TypedPlaces places;
  for (const TypedWord& word : typed.words) {
    const std::optional<TypedPlace> place =
        places.empty() ? PlaceAt(title, first, word) : Next(title, places.back().word, word, words_between);
    if (!place.has_value()) return std::nullopt;
    places.push_back(*place);
  }
  return places;
}

size_t SpanOf(const TypedPlaces& places) { return places.back().word - places.front().word; }

}  // namespace

std::optional<TypedPlaces> FindInOrder(const text::WordList& title, const TypedText& typed, size_t words_between) {
  std::optional<TypedPlaces> best;
  for (size_t first = 0; first < title.words.size() && !typed.words.empty(); ++first) {
    std::optional<TypedPlaces> places = InOrderFrom(title, first, typed, words_between);
    if (places.has_value() && (!best.has_value() || SpanOf(*places) < SpanOf(*best))) best = std::move(places);
  }
  return best;
}

std::optional<TypedPlaces> FindAnywhere(const text::WordList& title, const TypedText& typed) {
  TypedPlaces places;
  for (const TypedWord& word : typed.words) {
    std::optional<TypedPlace> place;
    for (size_t i = 0; i < title.words.size() && !place.has_value(); ++i) place = PlaceAt(title, i, word);
    if (!place.has_value()) return std::nullopt;
    places.push_back(*place);
  }
  return places;
}

}  // namespace tintinh::query

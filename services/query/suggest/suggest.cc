#include "services/query/suggest/suggest.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "common/text/words.h"
#include "services/query/suggest/found_titles.h"
#include "services/query/suggest/phrase_counter.h"
#include "services/query/suggest/place_names.h"
#include "services/query/suggest/title_words.h"
#include "services/query/suggest/typed_text.h"

namespace tintinh::query {
namespace {

// Of the places in an answer, those that are kept for other kinds where there are any.
constexpr uint32_t kShareOfPlaces = 4;
constexpr uint32_t kShareOfTitles = 4;
constexpr size_t kWordsOfTail = 2;

absl::Status CheckSuggest(const v1::SuggestRequest& request) {
  if (request.prefix().size() > kMaxTypedBytes) {
    return absl::InvalidArgumentError(
        absl::StrCat("prefix: ", request.prefix().size(), " bytes, at most ", kMaxTypedBytes, " are allowed"));
  }
  if (request.limit() > kMaxSuggestions) {
    return absl::InvalidArgumentError(absl::StrCat("limit: ", request.limit(), " is outside 1 to ", kMaxSuggestions));
  }
  return absl::OkStatus();
}

void AddHighlights(const TypedPlaces& places, size_t moved_by, v1::Suggestion& suggestion) {
  std::vector<std::pair<uint32_t, uint32_t>> ranges;
  for (const TypedPlace& place : places) ranges.emplace_back(place.begin, place.end);
  std::sort(ranges.begin(), ranges.end());
  ranges.erase(std::unique(ranges.begin(), ranges.end()), ranges.end());
  for (const auto& [begin, end] : ranges) {
    v1::Highlight& highlight = *suggestion.add_highlights();
    highlight.set_begin(begin + static_cast<uint32_t>(moved_by));
    highlight.set_end(end + static_cast<uint32_t>(moved_by));
  }
}

v1::Suggestion PhraseSuggestion(const Phrase& phrase, const TypedText& typed) {
  v1::Suggestion suggestion;
  suggestion.set_kind(v1::SUGGESTION_KIND_PHRASE);
  suggestion.set_text(absl::StrCat(typed.head, phrase.text));
  suggestion.set_titles(phrase.titles);
  const auto places = FindInOrder(text::ScanWords(phrase.text), typed, kMaxWordsBetween);
  if (places.has_value()) AddHighlights(*places, typed.head.size(), suggestion);
  return suggestion;
}

std::vector<v1::Suggestion> PhrasesOf(const FoundTitles& found, const TypedText& typed, size_t words_between) {
  PhraseCounter counter(typed);
  for (const v1::Article& article : found.articles) {
    const text::WordList title = text::ScanWords(article.title());
    const auto places = FindInOrder(title, typed, words_between);
    if (places.has_value()) counter.Add(title, *places);
  }
  std::vector<v1::Suggestion> phrases;
  for (const Phrase& phrase : counter.Best(kMaxSuggestions)) phrases.push_back(PhraseSuggestion(phrase, typed));
  return phrases;
}

// Those with the words in their order before others.
std::vector<v1::Suggestion> TitlesOf(const FoundTitles& found, const TypedText& typed) {
  std::vector<v1::Suggestion> titles;
  std::vector<v1::Suggestion> others;
  for (const v1::Article& article : found.articles) {
    const text::WordList title = text::ScanWords(article.title());
    const auto in_order = FindInOrder(title, typed, kMaxWordsBetween);
    const auto places = in_order.has_value() ? in_order : FindAnywhere(title, typed);
    if (!places.has_value()) continue;
    v1::Suggestion& added = (in_order.has_value() ? titles : others).emplace_back();
    added.set_kind(v1::SUGGESTION_KIND_TITLE);
    added.set_text(article.title());
    added.set_article_id(article.article_id());
    AddHighlights(*places, 0, added);
  }
  titles.insert(titles.end(), others.begin(), others.end());
  return titles;
}

std::vector<v1::Suggestion> PlacesOf(const TypedText& typed, size_t most) {
  std::vector<v1::Suggestion> places;
  for (const PlaceName& place : PlacesThatBegin(typed, most)) {
    v1::Suggestion& added = places.emplace_back();
    added.set_kind(v1::SUGGESTION_KIND_PLACE);
    added.set_text(place.name);
    added.set_detail(place.detail);
    const auto typed_places = FindAnywhere(text::ScanWords(place.name), typed);
    if (typed_places.has_value()) AddHighlights(*typed_places, 0, added);
  }
  return places;
}

// Searches wider and wider until there is something to say.
class Suggester {
 public:
  Suggester(TitleReader& titles, absl::Time deadline) : reader_(titles), deadline_(deadline) {}

  absl::Status Run(const TypedText& typed, bool names_place) {
    ASSIGN_OR_RETURN(FoundTitles beside, reader_.Find(TitlesWith(typed, Closeness::kSideBySide), deadline_));
    coverage_ = beside.coverage;
    phrases_ = PhrasesOf(beside, typed, 0);
    titles_ = TitlesOf(beside, typed);
    if (phrases_.empty()) Widen(typed, beside);
    const bool nothing = phrases_.empty() && titles_.empty() && !names_place;
    if (nothing && typed.words.size() > kWordsOfTail) CompleteTail(typed);
    return absl::OkStatus();
  }

  std::vector<v1::Suggestion>& phrases() { return phrases_; }
  std::vector<v1::Suggestion>& titles() { return titles_; }
  const Coverage& coverage() const { return coverage_; }

 private:
  // Of one complete word the titles found first will do: they have it anywhere.
  void Widen(const TypedText& typed, const FoundTitles& beside) {
    const size_t complete = typed.words.size() - (typed.unfinished() ? 1 : 0);
    if (complete < 2) {
      phrases_ = PhrasesOf(beside, typed, kMaxWordsBetween);
      return;
    }
    const absl::StatusOr<FoundTitles> found = reader_.Find(TitlesWith(typed, Closeness::kAnywhere), deadline_);
    if (!found.ok()) return;
    phrases_ = PhrasesOf(*found, typed, kMaxWordsBetween);
    titles_ = TitlesOf(*found, typed);
  }

  void CompleteTail(const TypedText& typed) {
    const TypedText tail = LastWords(typed, kWordsOfTail);
    const absl::StatusOr<FoundTitles> found = reader_.Find(TitlesWith(tail, Closeness::kSideBySide), deadline_);
    if (found.ok()) phrases_ = PhrasesOf(*found, tail, 0);
  }

  TitleReader& reader_;
  const absl::Time deadline_;
  std::vector<v1::Suggestion> phrases_;
  std::vector<v1::Suggestion> titles_;
  Coverage coverage_;
};

// Each kind has its share; what one does not use goes to the others.
void Assemble(std::vector<v1::Suggestion>& phrases, std::vector<v1::Suggestion>& places,
              std::vector<v1::Suggestion>& titles, size_t limit, v1::SuggestResponse& response) {
  const size_t for_titles = std::min(titles.size(), std::max<size_t>(1, limit / kShareOfTitles));
  const size_t most_phrases = limit - std::min(limit - 1, for_titles + places.size());
  phrases.resize(std::min(phrases.size(), most_phrases));
  for (auto* kind : {&phrases, &places, &titles}) {
    for (v1::Suggestion& suggestion : *kind) {
      if (response.items_size() == static_cast<int>(limit)) return;
      response.add_suggestions(suggestion.text());
      *response.add_items() = std::move(suggestion);
    }
  }
}

}  // namespace

absl::StatusOr<v1::SuggestResponse> Suggest(TitleReader& titles, const v1::SuggestRequest& request,
                                            absl::Time deadline) {
  RETURN_IF_ERROR(CheckSuggest(request));
  v1::SuggestResponse response;
  const TypedText typed = ReadTyped(request.prefix());
  if (typed.words.empty()) return response;
  const size_t limit = request.limit() == 0 ? kDefaultSuggestions : request.limit();
  std::vector<v1::Suggestion> places = PlacesOf(typed, std::max<size_t>(1, limit / kShareOfPlaces));
  Suggester suggester(titles, deadline);
  RETURN_IF_ERROR(suggester.Run(typed, !places.empty()));
  Assemble(suggester.phrases(), places, suggester.titles(), limit, response);
  response.set_shards_asked(suggester.coverage().shards_asked);
  response.set_shards_answered(suggester.coverage().shards_answered);
  return response;
}

}  // namespace tintinh::query

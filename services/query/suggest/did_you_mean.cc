#include "services/query/suggest/did_you_mean.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "common/text/letter.h"
#include "common/text/normal_form.h"
#include "common/text/syllable.h"
#include "common/text/utf8.h"
#include "common/text/words.h"
#include "services/query/suggest/found_titles.h"
#include "services/query/suggest/title_words.h"
#include "services/query/suggest/typed_text.h"

namespace tintinh::query {
namespace {

// How often two neighbouring words have these marks in titles; words in lower case.
using PairVotes = absl::btree_map<std::pair<std::string, std::string>, uint32_t>;

// Appends what was meant for a word.
void AddCorrection(v1::CorrectionKind kind, const std::string& word, std::string& meant,
                   v1::DidYouMeanResponse& response) {
  v1::Correction& correction = *response.add_corrections();
  correction.set_kind(kind);
  correction.mutable_place()->set_begin(static_cast<uint32_t>(meant.size()));
  absl::StrAppend(&meant, word);
  correction.mutable_place()->set_end(static_cast<uint32_t>(meant.size()));
}

TypedText TwoWords(absl::string_view first, absl::string_view second) {
  return ReadTyped(absl::StrCat(first, " ", second, " "));
}

void Vote(const FoundTitles& found, const TypedText& two, PairVotes& votes) {
  for (const v1::Article& article : found.articles) {
    const text::WordList title = text::ScanWords(article.title());
    const auto places = FindInOrder(title, two, 0);
    if (!places.has_value()) continue;
    const auto spelled = [&](size_t i) { return text::LowerCase(title.Source(title.words[(*places)[i].word])); };
    ++votes[{spelled(0), spelled(1)}];
  }
}

// Of the votes and as many more for nothing, so that what one title has says less than what many agree on.
constexpr double kDoubt = 2;

double ShareOf(const PairVotes& votes, const std::string& first, const std::string& second) {
  double all = kDoubt;
  for (const auto& [pair, count] : votes) all += count;
  const auto found = votes.find({first, second});
  return found == votes.end() ? 0 : found->second / all;
}

void AddOnce(const std::string& spelling, std::vector<std::string>& spellings) {
  if (std::find(spellings.begin(), spellings.end(), spelling) == spellings.end()) spellings.push_back(spelling);
}

// Of each word as typed, which comes first, and as the votes for it and its neighbours spell it.
std::vector<std::vector<std::string>> SpellingsOf(const std::vector<std::string>& typed,
                                                  const std::vector<PairVotes>& votes) {
  std::vector<std::vector<std::string>> spellings;
  for (const std::string& word : typed) spellings.push_back({word});
  for (size_t i = 0; i < votes.size(); ++i) {
    for (const auto& [pair, count] : votes[i]) {
      AddOnce(pair.first, spellings[i]);
      AddOnce(pair.second, spellings[i + 1]);
    }
  }
  return spellings;
}

// A spelling of a word with the best of those before it.
struct Path {
  double score = 0;
  size_t before = 0;
};

// The spellings for which the shares of votes of all neighbours add up to most (Viterbi 1967). `votes` are of each word
// and the next.
std::vector<std::string> BestSpellings(const std::vector<std::string>& typed, const std::vector<PairVotes>& votes) {
  const std::vector<std::vector<std::string>> spellings = SpellingsOf(typed, votes);
  std::vector<std::vector<Path>> paths = {std::vector<Path>(spellings[0].size())};
  for (size_t i = 1; i < typed.size(); ++i) {
    std::vector<Path>& here = paths.emplace_back();
    for (const std::string& spelling : spellings[i]) {
      Path& best = here.emplace_back(Path{-1, 0});
      for (size_t before = 0; before < spellings[i - 1].size(); ++before) {
        const double share = ShareOf(votes[i - 1], spellings[i - 1][before], spelling);
        const double score = paths[i - 1][before].score + share;
        if (score > best.score) best = {score, before};
      }
    }
  }
  const auto last = std::max_element(paths.back().begin(), paths.back().end(),
                                     [](const Path& a, const Path& b) { return a.score < b.score; });
  std::vector<std::string> words(typed.size());
  auto at = static_cast<size_t>(last - paths.back().begin());
  for (size_t i = typed.size(); i-- > 0; at = paths[i][at].before) words[i] = spellings[i][at];
  return words;
}

// With the capital that the word was typed with.
std::string AsTyped(absl::string_view typed, const std::string& spelling) {
  if (text::LowerCase(typed) == typed) return spelling;
  const text::CodePoint first = text::DecodeUtf8(spelling.data(), spelling.data() + spelling.size());
  if (text::ClassifyLetter(first.value).fold < 'a') return spelling;
  std::string capital;
  text::AppendUtf8(text::UpperOf(first.value), &capital);
  return absl::StrCat(capital, spelling.substr(first.size));
}

absl::StatusOr<std::vector<PairVotes>> AskForVotes(TitleReader& titles, const text::WordList& list, size_t words,
                                                   absl::Time deadline, v1::DidYouMeanResponse& response) {
  std::vector<PairVotes> votes(words - 1);
  for (size_t i = 0; i + 1 < words; ++i) {
    if (!list.words[i].IsNextTo(list.words[i + 1])) continue;
    const TypedText two = TwoWords(list.Source(list.words[i]), list.Source(list.words[i + 1]));
    const absl::StatusOr<FoundTitles> found = titles.Find(TitlesWith(two, Closeness::kSideBySide), deadline);
    if (!found.ok() && response.shards_asked() > 0) break;
    RETURN_IF_ERROR(found.status());
    response.set_shards_asked(found->coverage.shards_asked);
    response.set_shards_answered(found->coverage.shards_answered);
    Vote(*found, two, votes[i]);
  }
  return votes;
}

}  // namespace

absl::StatusOr<v1::DidYouMeanResponse> RestoreMarks(TitleReader& titles, absl::string_view text, absl::Time deadline) {
  v1::DidYouMeanResponse response;
  const std::string normal = text::NormalForm(text);
  const text::WordList list = text::ScanWords(normal);
  const size_t words = std::min(list.words.size(), kMaxRestoredWords);
  if (words < 2 || text::HasMark(normal)) return response;
  ASSIGN_OR_RETURN(const std::vector<PairVotes> votes, AskForVotes(titles, list, words, deadline, response));
  std::vector<std::string> typed;
  for (size_t i = 0; i < words; ++i) typed.push_back(text::LowerCase(list.Source(list.words[i])));
  const std::vector<std::string> best = BestSpellings(typed, votes);
  std::string meant;
  uint32_t copied = 0;
  for (size_t i = 0; i < words; ++i) {
    const text::Word& word = list.words[i];
    if (best[i] == typed[i]) continue;
    absl::StrAppend(&meant, normal.substr(copied, word.begin - copied));
    copied = word.end;
    AddCorrection(v1::CORRECTION_KIND_MARKS, AsTyped(list.Source(word), best[i]), meant, response);
  }
  if (response.corrections().empty()) return response;
  response.set_query(absl::StrCat(meant, normal.substr(copied)));
  return response;
}

v1::DidYouMeanResponse AsDecoded(absl::string_view meant) {
  v1::DidYouMeanResponse response;
  std::string query;
  const text::WordList list = text::ScanWords(meant);
  for (const text::Word& word : list.words) {
    const absl::string_view source = list.Source(word);
    if (!text::HasMark(source)) continue;
    absl::StrAppend(&query, meant.substr(query.size(), word.begin - query.size()));
    AddCorrection(v1::CORRECTION_KIND_TYPING, std::string(source), query, response);
  }
  response.set_query(std::string(meant));
  return response;
}

}  // namespace tintinh::query

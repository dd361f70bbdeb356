// Which distance between simhashes tells the same story from another: over a labelled sample made of real articles.
// Copies as papers make them (a credit line added, the last paragraph cut, figures brought up to date, a paragraph of
// their own put in, half of the text dropped) are labelled by their making; pairs of articles that are near by chance
// or because a paper printed a text twice are labelled by how many runs of three syllables they share. Prints both for
// every distance. Skipped where the corpus is absent.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/text/simhash.h"
#include "common/text/words.h"
#include "nlohmann/json.hpp"
#include "tests/support/compressed_lines.h"

namespace tintinh::testing {
namespace {

constexpr size_t kArticles = 20'000;
constexpr size_t kDistances = 11;
constexpr size_t kServed = 6;  // deploy/config/indexer.yaml: near_duplicate_distance

struct Story {
  std::vector<std::string> paragraphs;
  uint64_t simhash = 0;

  std::string Text() const { return absl::StrJoin(paragraphs, "\n"); }
};

std::vector<Story> ReadStories() {
  CompressedLines lines(absl::StrCat(TINTINH_SHARED_DATA, "/corpus/news-50k.jsonl.zst"));
  std::vector<Story> stories;
  stories.reserve(kArticles);
  for (std::string line; stories.size() < kArticles && lines.Next(line);) {
    Story story;
    story.paragraphs = absl::StrSplit(std::string(nlohmann::json::parse(line)["body"]), '\n', absl::SkipWhitespace());
    if (story.paragraphs.size() < 4) continue;
    story.simhash = text::Simhash(story.Text());
    stories.push_back(std::move(story));
  }
  return stories;
}

Story WithCredit(Story story, const Story&) {
  story.paragraphs.emplace_back("Theo Thông tấn xã, bài đăng lại với sự đồng ý của tòa soạn");
  return story;
}

Story WithoutEnd(Story story, const Story&) {
  story.paragraphs.pop_back();
  return story;
}

Story WithNewFigures(Story story, const Story&) {
  for (std::string& paragraph : story.paragraphs) {
    std::replace(paragraph.begin(), paragraph.end(), '3', '4');
    std::replace(paragraph.begin(), paragraph.end(), '7', '8');
  }
  return story;
}

Story WithOwnParagraph(Story story, const Story& other) {
  story.paragraphs.insert(story.paragraphs.begin() + 2, other.paragraphs[1]);
  return story;
}

Story HalfOf(Story story, const Story&) {
  story.paragraphs.resize((story.paragraphs.size() + 1) / 2);
  return story;
}

using Counts = std::array<size_t, kDistances>;  // at most so far apart
using Edit = Story (*)(Story, const Story&);

void CountUpFrom(size_t distance, Counts& counts) {
  for (size_t d = distance; d < kDistances; ++d) ++counts[d];
}

Counts FoundCopies(const std::vector<Story>& stories, Edit edit) {
  Counts found{};
  for (size_t i = 0; i + 1 < stories.size(); ++i) {
    const uint64_t copy = text::Simhash(edit(stories[i], stories[i + 1]).Text());
    CountUpFrom(static_cast<size_t>(std::popcount(copy ^ stories[i].simhash)), found);
  }
  return found;
}

void Print(const char* what, const Counts& counts, double of) {
  std::printf("%-28s", what);
  for (const size_t count : counts) std::printf(" %6.3f", of == 0 ? 1 : static_cast<double>(count) / of);
  std::printf("\n");
}

absl::flat_hash_set<uint64_t> Shingles(const Story& story) {
  const text::WordList words = text::ScanWords(story.Text());
  absl::flat_hash_set<uint64_t> shingles;
  for (size_t i = 2; i < words.words.size(); ++i) {
    shingles.insert((words.words[i - 2].folded_hash * 31 + words.words[i - 1].folded_hash) * 31 +
                    words.words[i].folded_hash);
  }
  return shingles;
}

// Half of the shorter one's shingles are the other's too.
bool AreOneStory(const Story& a, const Story& b) {
  const auto of_a = Shingles(a);
  const auto of_b = Shingles(b);
  const auto& shorter = of_a.size() < of_b.size() ? of_a : of_b;
  const auto& longer = of_a.size() < of_b.size() ? of_b : of_a;
  const auto common =
      std::count_if(shorter.begin(), shorter.end(), [&](uint64_t shingle) { return longer.contains(shingle); });
  return static_cast<size_t>(common) * 2 >= shorter.size();
}

TEST(NearDuplicateQuality, TheServedDistanceTellsCopiesFromOtherStories) {
  const std::vector<Story> stories = ReadStories();
  if (stories.empty()) GTEST_SKIP() << "no corpus in " << TINTINH_SHARED_DATA;
  std::printf("%-28s", "differing bits, at most");
  for (size_t d = 0; d < kDistances; ++d) std::printf(" %6zu", d);
  std::printf("\n");
  const auto copies = static_cast<double>(stories.size() - 1);
  const auto found = [&](const char* what, Edit edit) {
    const Counts counts = FoundCopies(stories, edit);
    Print(what, counts, copies);
    return static_cast<double>(counts[kServed]) / copies;
  };
  const double credit = found("copy with a credit line", &WithCredit);
  const double cut = found("last paragraph cut", &WithoutEnd);
  const double figures = found("other figures", &WithNewFigures);
  const double own = found("a paragraph put in", &WithOwnParagraph);
  found("half of it", &HalfOf);

  Counts near{}, same{};
  for (size_t i = 0; i < stories.size(); ++i) {
    for (size_t j = i + 1; j < stories.size(); ++j) {
      const auto distance = static_cast<size_t>(std::popcount(stories[i].simhash ^ stories[j].simhash));
      if (distance >= kDistances) continue;
      CountUpFrom(distance, near);
      if (AreOneStory(stories[i], stories[j])) CountUpFrom(distance, same);
    }
  }
  std::printf("%-28s", "pairs met");
  for (const size_t count : near) std::printf(" %6zu", count);
  std::printf("\n%-28s", "… of one story");
  for (const size_t count : same) std::printf(" %6zu", count);
  std::printf("\n");
  EXPECT_GE(static_cast<double>(same[kServed]), 0.95 * static_cast<double>(near[kServed]));
  EXPECT_GE(credit, 0.9);
  EXPECT_GE(figures, 0.83);
  EXPECT_GE(cut, 0.88);
  EXPECT_GE(own, 0.7);
}

}  // namespace
}  // namespace tintinh::testing

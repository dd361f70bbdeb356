#include "services/indexer/search/prefix_expansion.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/indexer/search/random_corpus.h"

namespace tintinh::indexer {
namespace {

using testing::IsOk;
using testing::kBodyExact;
using testing::StatusIs;

using Counts = std::vector<std::pair<std::string, uint64_t>>;

Counts Expand(const Snapshot& snapshot, const std::string& prefix, size_t most) {
  const auto terms = ExpandPrefix(snapshot, TermOf(kBodyExact, prefix), most, ScanDeadline());
  EXPECT_THAT(terms, IsOk());
  Counts counts;
  for (const ExpandedTerm& term : *terms) counts.emplace_back(term.term.substr(1), term.document_frequency);
  return counts;
}

// Most frequent first, then in byte order.
Counts CountNaively(const RandomCorpus& corpus, const std::string& prefix) {
  std::map<std::string, uint64_t> by_word;
  for (size_t segment = 0; segment < corpus.snapshot().segments.size(); ++segment) {
    for (const Words& words : corpus.documents(segment)) {
      for (const std::string& word : std::set<std::string>(words.begin(), words.end())) {
        if (word.rfind(prefix, 0) == 0) ++by_word[word];
      }
    }
  }
  Counts counts(by_word.begin(), by_word.end());
  std::stable_sort(counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  return counts;
}

TEST(ExpandPrefix, GivesTheMostFrequentTermsOverAllSegments) {
  const RandomCorpus corpus;
  for (const char* prefix : {"từ", "từ1", "từ19", "t", "từ190", "không"}) {
    const Counts all = CountNaively(corpus, prefix);
    for (const size_t most : {1u, 3u, 11u, 256u}) {
      const Counts want(all.begin(), all.begin() + static_cast<ptrdiff_t>(std::min(most, all.size())));
      EXPECT_EQ(Expand(corpus.snapshot(), prefix, most), want) << prefix << " " << most;
    }
  }
}

TEST(ExpandPrefix, LooksNoFurtherThanItsBound) {
  // Beyond the bound by byte order stands the most frequent term of all.
  std::vector<Words> documents(3, Words{"az"});
  Words many;
  for (uint32_t i = 0; i < kMaxScannedTerms; ++i) many.push_back(absl::StrFormat("a%06d", i));
  documents.push_back(many);
  const Snapshot snapshot = SnapshotOf(documents);
  EXPECT_EQ(Expand(snapshot, "a", 1), (Counts{{"a000000", 1}}));
  EXPECT_EQ(Expand(snapshot, "az", 1), (Counts{{"az", 3}}));
}

TEST(ExpandPrefix, StopsAtTheDeadline) {
  const Snapshot snapshot = SnapshotOf({{"a"}});
  const ClockOfReads clock;
  EXPECT_THAT(ExpandPrefix(snapshot, TermOf(kBodyExact, "a"), 1, ScanDeadline(clock, ClockOfReads::At(1))),
              StatusIs(absl::StatusCode::kDeadlineExceeded, ::testing::HasSubstr("deadline")));
}

}  // namespace
}  // namespace tintinh::indexer

#include "services/indexer/segment/gathered_postings.h"

#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace tintinh::indexer {
namespace {

using ::testing::ElementsAre;
using testing::IsOk;
using testing::StatusIs;

TEST(GatheredPostings, AreVisitedInTheOrderOfTheirDocuments) {
  GatheredPostings gathered;
  const std::vector<uint32_t> positions = {4, 9, 11};
  for (const uint32_t offset : {0u, 100u}) {
    gathered.Clear();
    gathered.Add({.doc = offset + 70, .freq = 2, .norm = 5, .positions = absl::MakeConstSpan(positions).subspan(0, 2)});
    gathered.Add({.doc = offset + 3, .freq = 1, .norm = 6, .positions = absl::MakeConstSpan(positions).subspan(2)});
    gathered.Add({.doc = 0xfffffff0, .freq = 7, .norm = 7, .positions = {}});
    std::vector<uint32_t> docs;
    std::vector<uint32_t> freqs;
    std::vector<int> norms;
    std::vector<std::vector<uint32_t>> lists;
    const auto visit = [&](const Posting& posting) {
      docs.push_back(posting.doc);
      freqs.push_back(posting.freq);
      norms.push_back(posting.norm);
      lists.emplace_back(posting.positions.begin(), posting.positions.end());
      return absl::OkStatus();
    };
    ASSERT_THAT(gathered.ForEach(visit), IsOk());
    EXPECT_THAT(docs, ElementsAre(offset + 3, offset + 70, 0xfffffff0));
    EXPECT_THAT(freqs, ElementsAre(1, 2, 7));
    EXPECT_THAT(norms, ElementsAre(6, 5, 7));
    EXPECT_THAT(lists, ElementsAre(ElementsAre(11), ElementsAre(4, 9), ElementsAre()));
  }
}

TEST(GatheredPostings, AFailureEndsTheVisit) {
  GatheredPostings gathered;
  gathered.Add({.doc = 1, .freq = 1, .norm = 1, .positions = {}});
  gathered.Add({.doc = 2, .freq = 1, .norm = 1, .positions = {}});
  int visited = 0;
  EXPECT_THAT(gathered.ForEach([&visited](const Posting&) {
    ++visited;
    return absl::UnavailableError("full");
  }),
              StatusIs(absl::StatusCode::kUnavailable, "full"));
  EXPECT_EQ(visited, 1);
}

}  // namespace
}  // namespace tintinh::indexer

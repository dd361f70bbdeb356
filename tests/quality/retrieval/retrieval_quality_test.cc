// How well articles are found through the public API, as one table: collections with judgements, and news articles to
// be found by their titles or a few words of them; each query with its marks and without. Skipped where the collections
// are absent. Floors of the judged collections are what the product promises; the others are just below what is
// measured, to catch a change that helps long questions at the cost of short searches.
#include <cstdio>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/text/normal_form.h"
#include "gtest/gtest.h"
#include "services/query/parse/parse.h"
#include "tests/quality/retrieval/judged_set.h"
#include "tests/quality/retrieval/search_stack.h"
#include "tests/support/status_matchers.h"

namespace tintinh::testing {
namespace {

constexpr uint32_t kHits = 100;

struct Row {
  std::string name;
  size_t words;             // of each query that are searched for; 0: all
  double marked, unmarked;  // reciprocal ranks that may not be fallen short of
};

struct Collection {
  std::string name;
  std::vector<Row> rows;
};

std::string Shared(const std::string& path) { return absl::StrCat(TINTINH_SHARED_DATA, "/", path); }

JudgedSet Read(const std::string& name) {
  return name == "news" ? ReadKnownItems(Shared("corpus/news-50k.jsonl.zst"), 5) : ReadJudgedSet(Shared("ir/" + name));
}

class RetrievalQuality : public ::testing::TestWithParam<Collection> {
 protected:
  static void SetUpTestSuite() {
    std::printf("%-34s %7s | with marks: MRR@10 nDCG@10 rec@100 | without: MRR@10 nDCG@10 rec@100\n", "collection",
                "queries");
  }

  void SetUp() override {
    set_ = Read(GetParam().name);
    if (set_.queries.empty()) GTEST_SKIP() << "no collection " << GetParam().name << " in " << TINTINH_SHARED_DATA;
    auto stack = SearchStack::Start();
    ASSERT_THAT(stack, IsOk());
    stack_ = *std::move(stack);
    ASSERT_THAT(stack_->Put(set_.articles), IsOk());
  }

  Figures FiguresOf(const std::string& text, const std::set<std::string>& right) {
    const auto hits = stack_->Search(text.substr(0, query::kMaxQueryBytes), kHits);
    EXPECT_THAT(hits, IsOk());
    return hits.ok() ? Judge(*hits, right) : Figures();
  }

  Figures Average(const std::vector<JudgedQuery>& queries, bool marks) {
    Figures sum;
    for (const JudgedQuery& query : queries) {
      // What is quoted in a question is no demand for that very phrase.
      const std::string text = absl::StrReplaceAll(query.text, {{"\"", " "}, {"“", " "}, {"”", " "}});
      const Figures figures = FiguresOf(marks ? text : text::Fold(text), query.right);
      sum.reciprocal_rank += figures.reciprocal_rank;
      sum.ndcg += figures.ndcg;
      sum.recall += figures.recall;
    }
    const double count = static_cast<double>(queries.size());
    return {sum.reciprocal_rank / count, sum.ndcg / count, sum.recall / count};
  }

  void Check(const Row& row) {
    const std::vector<JudgedQuery> queries = row.words == 0 ? set_.queries : WindowsOf(set_.queries, row.words);
    const Figures marked = Average(queries, true);
    const Figures unmarked = Average(queries, false);
    std::printf("%-34s %7zu | %18.4f %7.4f %7.4f | %15.4f %7.4f %7.4f\n", row.name.c_str(), queries.size(),
                marked.reciprocal_rank, marked.ndcg, marked.recall, unmarked.reciprocal_rank, unmarked.ndcg,
                unmarked.recall);
    EXPECT_GE(marked.reciprocal_rank, row.marked) << row.name;
    EXPECT_GE(unmarked.reciprocal_rank, row.unmarked) << row.name;
  }

  JudgedSet set_;
  std::unique_ptr<SearchStack> stack_;
};

TEST_P(RetrievalQuality, RightArticlesRankAsHighAsPromised) {
  for (const Row& row : GetParam().rows) Check(row);
}

INSTANTIATE_TEST_SUITE_P(
    Collections, RetrievalQuality,
    ::testing::Values(Collection{"alqac_vire", {{"alqac_vire", 0, 0.953, 0.950}}},
                      Collection{"vimedaqa", {{"vimedaqa", 0, 0.830, 0.80}}},
                      Collection{"virhe4qa", {{"virhe4qa", 0, 0.826, 0.82}}},
                      Collection{"news_topics_vims",
                                 {{"news_topics_vims", 0, 0.99, 0.97}, {"news_topics_vims, 5 words", 5, 0.85, 0.90}}},
                      Collection{"news", {{"news titles", 0, 0.90, 0.885}, {"news titles, 4 words", 4, 0.52, 0.475}}}),
    [](const auto& collection) { return collection.param.name; });

}  // namespace
}  // namespace tintinh::testing

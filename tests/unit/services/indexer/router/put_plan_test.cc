#include "services/indexer/router/put_plan.h"

#include <map>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "services/indexer/record/log_entry.h"
#include "tests/support/status_matchers.h"

namespace tintinh::indexer {
namespace {

using testing::IsOk;
using testing::StatusIs;

std::string Id(char digit) { return std::string(32, digit); }

v1::Article Article(char id, char hash, uint64_t simhash = 0) {
  v1::Article article;
  article.set_article_id(Id(id));
  article.set_content_hash(Id(hash));
  article.set_simhash(simhash);
  article.set_title("Mở lại tuyến đò ngang");
  return article;
}

// Two shards: even last digit of the prefix goes to 0, odd to 1.
class PutPlanTest : public ::testing::Test {
 protected:
  PutPlan Make(const std::vector<v1::Article>& articles) {
    std::vector<const v1::Article*> pointers;
    for (const v1::Article& article : articles) pointers.push_back(&article);
    auto plan = PutPlan::Make(knowledge_, pointers, "trace-7");
    EXPECT_THAT(plan, IsOk());
    return *std::move(plan);
  }

  std::map<std::string, LoggedVersion> known_;
  std::vector<NearArticle> near_;
  RouterKnowledge knowledge_{
      2, 3, [this](uint32_t, absl::string_view id) -> absl::StatusOr<LoggedVersion> { return known_[std::string(id)]; },
      [this](uint64_t) { return near_; }};
};

TEST_F(PutPlanTest, NewArticlesGoToTheLogsOfTheirShardsInOrder) {
  PutPlan plan = Make({Article('1', 'a'), Article('2', 'b'), Article('3', 'c')});
  ASSERT_EQ(plan.appends().size(), 2u);
  EXPECT_EQ(plan.appends().at(0).articles, (std::vector<size_t>{1}));
  EXPECT_EQ(plan.appends().at(1).articles, (std::vector<size_t>{0, 2}));
  plan.Logged(0, {10});
  plan.Logged(1, {20, 21});
  const std::vector<v1::PutResult> results = plan.Results();
  ASSERT_EQ(results.size(), 3u);
  EXPECT_EQ(results[0].log_position(), 20u);
  EXPECT_EQ(results[1].log_position(), 10u);
  EXPECT_EQ(results[2].log_position(), 21u);
  EXPECT_EQ(results[1].article_id(), Id('2'));
  EXPECT_EQ(results[1].shard(), 0u);
  for (const v1::PutResult& result : results) EXPECT_EQ(result.outcome(), v1::PUT_OUTCOME_STORED);
}

TEST_F(PutPlanTest, ThePayloadIsTheArticleAsLogEntryUnderItsId) {
  const PutPlan plan = Make({Article('2', 'b')});
  const article_log::LogPayload& payload = plan.appends().at(0).payloads[0];
  EXPECT_EQ(payload.key, Id('2'));
  const auto entry = DecodeLogEntry(payload.bytes);
  ASSERT_THAT(entry, IsOk());
  EXPECT_EQ(entry->kind(), disk::v1::LOG_ENTRY_KIND_PUT);
  EXPECT_EQ(entry->trace_id(), "trace-7");
  EXPECT_EQ(entry->article().title(), "Mở lại tuyến đò ngang");
}

TEST_F(PutPlanTest, TheNewestVersionAgainIsUnchangedAndNotLogged) {
  known_[Id('2')] = {5, Id('b'), 0, ""};
  const PutPlan plan = Make({Article('2', 'b')});
  EXPECT_TRUE(plan.appends().empty());
  EXPECT_EQ(plan.Results()[0].outcome(), v1::PUT_OUTCOME_UNCHANGED);
  EXPECT_EQ(plan.Results()[0].log_position(), 5u);
}

TEST_F(PutPlanTest, AnotherContentOrADeletedArticleIsStored) {
  known_[Id('2')] = {5, Id('b'), 0, ""};
  known_[Id('4')] = {6, "", 0, ""};
  PutPlan plan = Make({Article('2', 'c'), Article('4', 'b')});
  plan.Logged(0, {7, 8});
  EXPECT_EQ(plan.Results()[0].outcome(), v1::PUT_OUTCOME_STORED);
  EXPECT_EQ(plan.Results()[1].outcome(), v1::PUT_OUTCOME_STORED);
}

TEST_F(PutPlanTest, ARepetitionWithinTheBatchIsUnchangedAtTheEarlierPosition) {
  PutPlan plan = Make({Article('2', 'b'), Article('2', 'b'), Article('2', 'c'), Article('2', 'b')});
  EXPECT_EQ(plan.appends().at(0).articles, (std::vector<size_t>{0, 2, 3}));
  plan.Logged(0, {1, 2, 3});
  EXPECT_EQ(plan.Results()[1].outcome(), v1::PUT_OUTCOME_UNCHANGED);
  EXPECT_EQ(plan.Results()[1].log_position(), 1u);
  EXPECT_EQ(plan.Results()[3].outcome(), v1::PUT_OUTCOME_STORED);
}

TEST_F(PutPlanTest, ANearDuplicateIsStoredWithItsClusterInTheEntry) {
  near_ = {{Id('9'), "", 2}};
  PutPlan plan = Make({Article('2', 'b', 0xF0F0)});
  plan.Logged(0, {1});
  EXPECT_EQ(plan.Results()[0].outcome(), v1::PUT_OUTCOME_NEAR_DUPLICATE);
  EXPECT_EQ(plan.Results()[0].duplicate_of(), Id('9'));
  EXPECT_EQ(DecodeLogEntry(plan.appends().at(0).payloads[0].bytes)->article().duplicate_cluster(), Id('9'));
}

TEST_F(PutPlanTest, NearDuplicatesWithinOneBatchFindEachOther) {
  PutPlan plan = Make({Article('2', 'b', 0xF0F0), Article('4', 'c', 0xF0F1), Article('6', 'd', 0x0F0F)});
  plan.Logged(0, {1, 2, 3});
  EXPECT_EQ(plan.Results()[0].duplicate_of(), "");
  EXPECT_EQ(plan.Results()[1].duplicate_of(), Id('2'));
  EXPECT_EQ(plan.Results()[2].duplicate_of(), "");
}

TEST_F(PutPlanTest, ShortArticlesAreNotCompared) {
  near_ = {{Id('9'), "", 0}};
  EXPECT_EQ(Make({Article('2', 'b', 0)}).Results()[0].duplicate_of(), "");
}

TEST_F(PutPlanTest, TheClusterTheSenderWroteIsReplacedByTheRouters) {
  v1::Article article = Article('2', 'b', 1);
  article.set_duplicate_cluster(Id('8'));
  const PutPlan plan = Make({article});
  EXPECT_EQ(DecodeLogEntry(plan.appends().at(0).payloads[0].bytes)->article().duplicate_cluster(), "");
}

TEST_F(PutPlanTest, AFailedAppendFailsItsArticlesAndTheirRepetitionsOnly) {
  PutPlan plan = Make({Article('1', 'a'), Article('2', 'b'), Article('2', 'b')});
  plan.Logged(1, {4});
  plan.Failed(0, absl::ResourceExhaustedError("append queue is full"));
  const std::vector<v1::PutResult> results = plan.Results();
  EXPECT_EQ(results[0].outcome(), v1::PUT_OUTCOME_STORED);
  for (const size_t i : {1u, 2u}) {
    EXPECT_EQ(results[i].outcome(), v1::PUT_OUTCOME_FAILED);
    EXPECT_THAT(results[i].error(), ::testing::HasSubstr("append queue is full"));
    EXPECT_EQ(results[i].log_position(), 0u);
  }
}

TEST_F(PutPlanTest, AVersionThatCannotBeReadFailsTheBatchBeforeAnythingIsLogged) {
  knowledge_.newest = [](uint32_t, absl::string_view) -> absl::StatusOr<LoggedVersion> {
    return absl::DataLossError("block 7");
  };
  const v1::Article article = Article('2', 'b');
  EXPECT_THAT(PutPlan::Make(knowledge_, {&article}, ""), StatusIs(absl::StatusCode::kDataLoss, "block 7"));
}

}  // namespace
}  // namespace tintinh::indexer

#include "services/indexer/limits/request_limits.h"

#include <string>

#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace tintinh::indexer {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

constexpr absl::StatusCode kInvalid = absl::StatusCode::kInvalidArgument;

v1::PutArticlesRequest Put(int articles, size_t lead_bytes = 0) {
  v1::PutArticlesRequest request;
  for (int i = 0; i < articles; ++i) {
    v1::Article& article = *request.add_articles();
    article.set_article_id(std::string(32, 'a'));
    article.set_content_hash(std::string(32, '0'));
    article.set_lead(std::string(lead_bytes, 'x'));
  }
  return request;
}

TEST(RequestLimits, APutHolds1To256Articles) {
  EXPECT_THAT(CheckPut(Put(0)), StatusIs(kInvalid, AllOf(HasSubstr("articles: 0"), HasSubstr("1 to 256"))));
  EXPECT_THAT(CheckPut(Put(1)), IsOk());
  EXPECT_THAT(CheckPut(Put(256)), IsOk());
  EXPECT_THAT(CheckPut(Put(257)), StatusIs(kInvalid, HasSubstr("257")));
}

TEST(RequestLimits, TheArticlesOfAPutAreTogetherAtMost16MiB) {
  constexpr size_t kFourth = (size_t{4} << 20) - 100;
  EXPECT_THAT(CheckPut(Put(4, kFourth)), IsOk());
  EXPECT_THAT(CheckPut(Put(5, kFourth)), StatusIs(kInvalid, AllOf(HasSubstr("together"), HasSubstr("16777216"))));
}

TEST(RequestLimits, TheFaultyArticleOfABatchIsNamed) {
  v1::PutArticlesRequest request = Put(3);
  request.mutable_articles(2)->set_article_id("x");
  EXPECT_THAT(CheckPut(request), StatusIs(kInvalid, HasSubstr("articles[2].article_id: \"x\"")));
}

TEST(RequestLimits, ATraceIdHasAtMost256Bytes) {
  v1::PutArticlesRequest request = Put(1);
  request.set_trace_id(std::string(256, 't'));
  EXPECT_THAT(CheckPut(request), IsOk());
  request.set_trace_id(std::string(257, 't'));
  EXPECT_THAT(CheckPut(request), StatusIs(kInvalid, AllOf(HasSubstr("trace_id: 257"), HasSubstr("256"))));
}

TEST(RequestLimits, ADeleteNamesAnArticleId) {
  v1::DeleteArticleRequest request;
  EXPECT_THAT(CheckDelete(request), StatusIs(kInvalid, HasSubstr("article_id")));
  request.set_article_id(std::string(32, 'f'));
  EXPECT_THAT(CheckDelete(request), IsOk());
  request.set_trace_id(std::string(257, 't'));
  EXPECT_THAT(CheckDelete(request), StatusIs(kInvalid, HasSubstr("trace_id")));
}

TEST(RequestLimits, AGetAsksFor1To1000Ids) {
  v1::GetArticlesRequest request;
  EXPECT_THAT(CheckGet(request), StatusIs(kInvalid, HasSubstr("1 to 1000")));
  for (int i = 0; i < 1000; ++i) request.add_article_ids(std::string(32, 'f'));
  EXPECT_THAT(CheckGet(request), IsOk());
  request.set_article_ids(5, "?");
  EXPECT_THAT(CheckGet(request), StatusIs(kInvalid, HasSubstr("article_ids[5]: \"?\"")));
  request.add_article_ids(std::string(32, 'f'));
  EXPECT_THAT(CheckGet(request), StatusIs(kInvalid, HasSubstr("1001")));
}

TEST(RequestLimits, ACheckpointNameIsShortLowerCaseAndNeverAPath) {
  v1::CreateCheckpointRequest request;
  for (const std::string& good : {std::string("a"), std::string("2026-08-18-x"), std::string(64, '9')}) {
    request.set_name(good);
    EXPECT_THAT(CheckCheckpoint(request), IsOk()) << good;
  }
  for (const std::string& bad : {std::string(), std::string(65, 'a'), std::string("A"), std::string(".."),
                                 std::string("a/b"), std::string("a\0b", 3), std::string("đ")}) {
    request.set_name(bad);
    EXPECT_THAT(CheckCheckpoint(request), StatusIs(kInvalid, HasSubstr("[a-z0-9-]{1,64}"))) << bad;
  }
}

TEST(RequestLimits, ShardsAskedMustExistAndBeNamedOnce) {
  google::protobuf::RepeatedField<uint32_t> shards;
  EXPECT_THAT(CheckShards(shards, 2), IsOk());
  shards.Add(1);
  shards.Add(0);
  EXPECT_THAT(CheckShards(shards, 2), IsOk());
  shards.Add(1);
  EXPECT_THAT(CheckShards(shards, 2), StatusIs(kInvalid, AllOf(HasSubstr("shards[2]"), HasSubstr("twice"))));
  shards.Set(2, 2);
  EXPECT_THAT(CheckShards(shards, 2), StatusIs(kInvalid, AllOf(HasSubstr("shard 2"), HasSubstr("0 to 1"))));
}

TEST(RequestLimits, MinimumPositionsMustNameShardsThatExistOnce) {
  google::protobuf::RepeatedPtrField<v1::ShardPosition> positions;
  positions.Add()->set_shard(1);
  EXPECT_THAT(CheckMinimumPositions(positions, 2), IsOk());
  positions.Add()->set_shard(1);
  EXPECT_THAT(CheckMinimumPositions(positions, 2), StatusIs(kInvalid, HasSubstr("minimum_positions[1]")));
  positions[1].set_shard(9);
  EXPECT_THAT(CheckMinimumPositions(positions, 2), StatusIs(kInvalid, HasSubstr("shard 9")));
}

}  // namespace
}  // namespace tintinh::indexer

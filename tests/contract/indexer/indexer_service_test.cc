// tintinh.v1.IndexerService as its proto states it, over an in-process channel.
#include "services/indexer/indexer_service.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/server/server.h"
#include "common/sharding/shard_of.h"
#include "common/text/analyzer.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "tests/support/sample_article.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace tintinh::indexer {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::SampleArticle;
using testing::SampleId;

constexpr uint32_t kShards = 3;

MATCHER_P2(GrpcStatusIs, code, message, "is a gRPC status with the code and message expected") {
  *result_listener << arg.error_code() << ": " << arg.error_message();
  return arg.error_code() == code && ::testing::ExplainMatchResult(message, arg.error_message(), result_listener);
}

class IndexerServiceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    config::v1::IndexerConfig config;
    config.set_data_directory(dir_.path() + "/indexer");
    config.set_shards(kShards);
    config.set_memory_segment_bytes(64 << 20);
    config.set_block_cache_bytes(8 << 20);
    config.set_max_queued_appends(64);
    config.set_near_duplicate_distance(6);
    auto core = Indexer::Open(config, clock_, metrics_);
    ASSERT_THAT(core, IsOk());
    core_ = *std::move(core);
    ASSERT_THAT(core_->Start(), IsOk());
    service_ = std::make_unique<IndexerService>(*core_);
    server_ = *Server::StartInProcess({service_.get()});
    stub_ = v1::IndexerService::NewStub(server_->InProcessChannel());
  }

  template <typename Request, typename Response>
  grpc::Status Call(grpc::Status (v1::IndexerService::Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                    const Request& request, Response* response, absl::Duration deadline = absl::Seconds(30)) {
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(clock_.Now() + deadline));
    return (stub_.get()->*method)(&context, request, response);
  }

  v1::PutArticlesResponse Put(const std::vector<v1::Article>& articles) {
    v1::PutArticlesRequest request;
    request.mutable_articles()->Add(articles.begin(), articles.end());
    v1::PutArticlesResponse response;
    EXPECT_TRUE(Call(&v1::IndexerService::Stub::PutArticles, request, &response).ok());
    EXPECT_EQ(response.results_size(), static_cast<int>(articles.size()));
    for (const v1::PutResult& result : response.results()) {
      positions_[result.shard()] = std::max(positions_[result.shard()], result.log_position());
    }
    return response;
  }

  grpc::Status TryPut(const v1::PutArticlesRequest& request) {
    v1::PutArticlesResponse response;
    return Call(&v1::IndexerService::Stub::PutArticles, request, &response);
  }

  // Every article, as of the last put.
  v1::LeafSearchRequest SearchRequest() {
    v1::LeafSearchRequest request;
    request.mutable_query()->mutable_match_all();
    request.set_sort(v1::SORT_ORDER_NEWEST);
    request.set_limit(100);
    for (const auto& [shard, position] : positions_) {
      v1::ShardPosition& minimum = *request.add_minimum_positions();
      minimum.set_shard(shard);
      minimum.set_log_position(position);
    }
    return request;
  }

  std::multiset<std::string> Search(const v1::LeafSearchRequest& request) {
    v1::LeafSearchResponse response;
    const grpc::Status status = Call(&v1::IndexerService::Stub::LeafSearch, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    std::multiset<std::string> ids;
    for (const v1::ShardResult& shard : response.shards()) {
      for (const v1::LeafHit& hit : shard.hits()) ids.insert(hit.article_id());
    }
    return ids;
  }

  v1::GetIndexStatusResponse Status() {
    v1::GetIndexStatusResponse response;
    EXPECT_TRUE(Call(&v1::IndexerService::Stub::GetIndexStatus, v1::GetIndexStatusRequest(), &response).ok());
    return response;
  }

  uint64_t LoggedRecords() {
    uint64_t records = 0;
    const v1::GetIndexStatusResponse status = Status();
    for (const v1::ShardStatus& shard : status.shards()) records += shard.log_last_position();
    return records;
  }

  testing::TempDir dir_;
  SystemClock clock_;
  Metrics metrics_;
  std::unique_ptr<Indexer> core_;
  std::unique_ptr<IndexerService> service_;
  std::unique_ptr<Server> server_;
  std::unique_ptr<v1::IndexerService::Stub> stub_;
  std::map<uint32_t, uint64_t> positions_;
};

std::vector<v1::Article> Articles(int count) {
  std::vector<v1::Article> articles;
  for (int i = 0; i < count; ++i) articles.push_back(SampleArticle(i));
  return articles;
}

v1::TermKey ExactTitleKey(absl::string_view syllable) {
  const text::AnalyzedText analyzed = text::Analyzer().Analyze(syllable);
  v1::TermKey key;
  key.set_part(v1::PART_TITLE);
  key.set_kind(v1::KEY_KIND_EXACT);
  for (const text::Token& token : analyzed.tokens) {
    if (token.kind == text::KeyKind::kExact) key.set_key(std::string(analyzed.Key(token)));
  }
  return key;
}

TEST_F(IndexerServiceTest, PutArticlesAnswersOneResultPerArticleInOrderAtPositionsOfItsShard) {
  const v1::PutArticlesResponse response = Put(Articles(12));
  std::map<uint32_t, uint64_t> last;
  for (int i = 0; i < response.results_size(); ++i) {
    const v1::PutResult& result = response.results(i);
    EXPECT_EQ(result.article_id(), SampleId(i));
    EXPECT_EQ(result.outcome(), v1::PUT_OUTCOME_STORED);
    EXPECT_EQ(result.shard(), ShardOf(SampleId(i), kShards));
    EXPECT_EQ(result.log_position(), ++last[result.shard()]) << "the first position is 1";
  }
}

TEST_F(IndexerServiceTest, AnArticleIsSearchableAtThePositionOfItsPut) {
  for (int i = 0; i < 5; ++i) {
    Put({SampleArticle(i)});
    EXPECT_EQ(Search(SearchRequest()).count(SampleId(i)), 1u) << i;
  }
}

TEST_F(IndexerServiceTest, TheSameContentAgainIsUnchangedAndNotLogged) {
  const v1::PutArticlesResponse first = Put({SampleArticle(1), SampleArticle(1)});
  EXPECT_EQ(first.results(1).outcome(), v1::PUT_OUTCOME_UNCHANGED);
  const v1::PutArticlesResponse second = Put({SampleArticle(1)});
  EXPECT_EQ(second.results(0).outcome(), v1::PUT_OUTCOME_UNCHANGED);
  EXPECT_GE(second.results(0).log_position(), first.results(0).log_position());
  EXPECT_EQ(LoggedRecords(), 1u);
}

TEST_F(IndexerServiceTest, AnotherContentReplacesTheArticle) {
  Put({SampleArticle(1)});
  EXPECT_EQ(Put({SampleArticle(1, 2)}).results(0).outcome(), v1::PUT_OUTCOME_STORED);
  EXPECT_EQ(Search(SearchRequest()).count(SampleId(1)), 1u);
  EXPECT_EQ(Put({SampleArticle(1)}).results(0).outcome(), v1::PUT_OUTCOME_STORED) << "back to the first content";
}

TEST_F(IndexerServiceTest, ANearDuplicateNamesTheFirstSeenMemberWhicheverShardHoldsIt) {
  v1::Article first = SampleArticle(1);
  first.set_simhash(0x0123456789ABCDEF);
  Put({first});
  for (int i = 2; i < 8; ++i) {
    v1::Article copy = SampleArticle(i);
    copy.set_simhash(0x0123456789ABCDEF ^ (1ull << i));
    const v1::PutResult result = Put({copy}).results(0);
    EXPECT_EQ(result.outcome(), v1::PUT_OUTCOME_NEAR_DUPLICATE);
    EXPECT_EQ(result.duplicate_of(), SampleId(1));
  }
  v1::Article other = SampleArticle(9);
  other.set_simhash(~0x0123456789ABCDEFull);
  EXPECT_EQ(Put({other}).results(0).outcome(), v1::PUT_OUTCOME_STORED);
  v1::GetArticlesRequest get;
  get.add_article_ids(SampleId(3));
  v1::GetArticlesResponse got;
  ASSERT_TRUE(Call(&v1::IndexerService::Stub::GetArticles, get, &got).ok());
  EXPECT_EQ(got.articles(0).duplicate_cluster(), SampleId(1));
}

TEST_F(IndexerServiceTest, AFaultyArticleRefusesTheWholeBatchBeforeAnythingIsLogged) {
  v1::PutArticlesRequest request;
  *request.add_articles() = SampleArticle(1);
  *request.add_articles() = SampleArticle(2);
  request.mutable_articles(1)->set_title(std::string(1025, 't'));
  EXPECT_THAT(TryPut(request),
              GrpcStatusIs(grpc::StatusCode::INVALID_ARGUMENT,
                           AllOf(HasSubstr("articles[1].title"), HasSubstr("1025"), HasSubstr("1024"))));
  EXPECT_EQ(LoggedRecords(), 0u);
}

TEST_F(IndexerServiceTest, PutArticlesTakes1To256ArticlesOf16MiBTogether) {
  v1::PutArticlesRequest request;
  EXPECT_THAT(TryPut(request), GrpcStatusIs(grpc::StatusCode::INVALID_ARGUMENT, HasSubstr("articles: 0")));
  for (int i = 0; i < 256; ++i) *request.add_articles() = SampleArticle(i);
  EXPECT_TRUE(TryPut(request).ok());
  *request.add_articles() = SampleArticle(256);
  EXPECT_THAT(TryPut(request), GrpcStatusIs(grpc::StatusCode::INVALID_ARGUMENT, HasSubstr("articles: 257")));
  v1::PutArticlesRequest large;
  for (int i = 0; i < 5; ++i) {
    *large.add_articles() = SampleArticle(i);
    large.mutable_articles(i)->set_lead(std::string((4 << 20) - 2000, 'x'));
  }
  EXPECT_THAT(TryPut(large), GrpcStatusIs(grpc::StatusCode::INVALID_ARGUMENT, HasSubstr("16777216")));
  large.clear_articles();
  *large.add_articles() = SampleArticle(1);
  large.mutable_articles(0)->set_lead(std::string(4 << 20, 'x'));
  EXPECT_THAT(TryPut(large), GrpcStatusIs(grpc::StatusCode::INVALID_ARGUMENT, HasSubstr("4194304")));
}

TEST_F(IndexerServiceTest, ACallWhoseDeadlineHasPassedIsDeadlineExceeded) {
  v1::PutArticlesRequest request;
  *request.add_articles() = SampleArticle(1);
  v1::PutArticlesResponse response;
  EXPECT_THAT(Call(&v1::IndexerService::Stub::PutArticles, request, &response, -absl::Seconds(1)),
              GrpcStatusIs(grpc::StatusCode::DEADLINE_EXCEEDED, ::testing::_));
  EXPECT_EQ(LoggedRecords(), 0u);
}

TEST_F(IndexerServiceTest, DeleteArticleRemovesItAndSaysWhetherItWasThere) {
  Put({SampleArticle(1), SampleArticle(2)});
  v1::DeleteArticleRequest request;
  request.set_article_id(SampleId(1));
  v1::DeleteArticleResponse response;
  ASSERT_TRUE(Call(&v1::IndexerService::Stub::DeleteArticle, request, &response).ok());
  EXPECT_TRUE(response.found());
  positions_[response.shard()] = response.log_position();
  EXPECT_EQ(Search(SearchRequest()), (std::multiset<std::string>{SampleId(2)}));
  ASSERT_TRUE(Call(&v1::IndexerService::Stub::DeleteArticle, request, &response).ok());
  EXPECT_FALSE(response.found()) << "deleting again";
  EXPECT_EQ(LoggedRecords(), 3u);
  EXPECT_EQ(Put({SampleArticle(1)}).results(0).outcome(), v1::PUT_OUTCOME_STORED) << "the same content after a delete";
  request.set_article_id("../x");
  EXPECT_THAT(Call(&v1::IndexerService::Stub::DeleteArticle, request, &response),
              GrpcStatusIs(grpc::StatusCode::INVALID_ARGUMENT, HasSubstr("article_id: \"../x\"")));
}

TEST_F(IndexerServiceTest, GetArticlesAnswersInTheOrderAskedAndLeavesUnknownIdsOut) {
  Put(Articles(4));
  v1::GetArticlesRequest request;
  for (const int number : {3, 99, 0, 2}) request.add_article_ids(SampleId(number));
  v1::GetArticlesResponse response;
  ASSERT_TRUE(Call(&v1::IndexerService::Stub::GetArticles, request, &response).ok());
  ASSERT_EQ(response.articles_size(), 3);
  EXPECT_EQ(response.articles(0).SerializeAsString(), SampleArticle(3).SerializeAsString());
  EXPECT_EQ(response.articles(1).article_id(), SampleId(0));
  EXPECT_EQ(response.articles(2).article_id(), SampleId(2));
}

TEST_F(IndexerServiceTest, GetArticlesTakes1To1000Ids) {
  v1::GetArticlesRequest request;
  v1::GetArticlesResponse response;
  EXPECT_THAT(Call(&v1::IndexerService::Stub::GetArticles, request, &response),
              GrpcStatusIs(grpc::StatusCode::INVALID_ARGUMENT, HasSubstr("article_ids: 0")));
  for (int i = 0; i < 1001; ++i) request.add_article_ids(SampleId(1));
  EXPECT_THAT(Call(&v1::IndexerService::Stub::GetArticles, request, &response),
              GrpcStatusIs(grpc::StatusCode::INVALID_ARGUMENT, HasSubstr("1001")));
}

TEST_F(IndexerServiceTest, GetArticlesRefusesAnAnswerAbove16MiBNamingTheLimit) {
  v1::GetArticlesRequest request;
  for (int i = 0; i < 5; ++i) {
    v1::Article article = SampleArticle(i);
    article.set_lead(std::string((4 << 20) - 4000, 'x'));
    Put({article});
    request.add_article_ids(SampleId(i));
  }
  v1::GetArticlesResponse response;
  EXPECT_THAT(Call(&v1::IndexerService::Stub::GetArticles, request, &response),
              GrpcStatusIs(grpc::StatusCode::RESOURCE_EXHAUSTED, HasSubstr("16777216")));
}

TEST_F(IndexerServiceTest, LeafStatisticsAreSummedOverTheShardsAsked) {
  Put(Articles(12));
  Search(SearchRequest());
  v1::LeafStatisticsRequest request;
  *request.add_terms() = ExactTitleKey("gặt");
  *request.add_terms() = ExactTitleKey("tuyết");
  v1::LeafStatisticsResponse all;
  ASSERT_TRUE(Call(&v1::IndexerService::Stub::LeafStatistics, request, &all).ok());
  EXPECT_EQ(all.statistics().document_count(), 12u);
  EXPECT_THAT(all.statistics().document_frequencies(), ElementsAre(12u, 0u));
  uint64_t sum = 0;
  for (uint32_t shard = 0; shard < kShards; ++shard) {
    request.clear_shards();
    request.add_shards(shard);
    v1::LeafStatisticsResponse one;
    ASSERT_TRUE(Call(&v1::IndexerService::Stub::LeafStatistics, request, &one).ok());
    sum += one.statistics().document_frequencies(0);
  }
  EXPECT_EQ(sum, 12u);
  request.add_shards(kShards);
  EXPECT_THAT(Call(&v1::IndexerService::Stub::LeafStatistics, request, &all),
              GrpcStatusIs(grpc::StatusCode::INVALID_ARGUMENT, AllOf(HasSubstr("shard 3"), HasSubstr("0 to 2"))));
}

TEST_F(IndexerServiceTest, LeafSearchFindsByTermAndSaysWhatEachShardHasApplied) {
  Put(Articles(6));
  v1::LeafSearchRequest request = SearchRequest();
  const v1::TermKey key = ExactTitleKey("gặt");
  v1::TermQuery& term = *request.mutable_query()->mutable_term();
  term.set_part(key.part());
  term.set_kind(key.kind());
  term.set_key(key.key());
  term.set_weight(1);
  request.set_sort(v1::SORT_ORDER_RELEVANCE);
  v1::LeafSearchResponse response;
  ASSERT_TRUE(Call(&v1::IndexerService::Stub::LeafSearch, request, &response).ok());
  ASSERT_EQ(response.shards_size(), static_cast<int>(kShards));
  int hits = 0;
  for (const v1::ShardResult& shard : response.shards()) {
    hits += shard.hits_size();
    EXPECT_GE(shard.applied_position(), positions_[shard.shard()]);
  }
  EXPECT_EQ(hits, 6);
}

TEST_F(IndexerServiceTest, LeafSearchAsksOnlyTheShardsNamed) {
  Put(Articles(12));
  v1::LeafSearchRequest request = SearchRequest();
  request.add_shards(1);
  for (const std::string& id : Search(request)) EXPECT_EQ(ShardOf(id, kShards), 1u);
  request.add_shards(7);
  v1::LeafSearchResponse response;
  EXPECT_THAT(Call(&v1::IndexerService::Stub::LeafSearch, request, &response),
              GrpcStatusIs(grpc::StatusCode::INVALID_ARGUMENT, HasSubstr("shards[1]: shard 7")));
}

TEST_F(IndexerServiceTest, LeafSearchWaitsForAMinimumPositionWithinTheDeadline) {
  v1::LeafSearchRequest request = SearchRequest();
  v1::ShardPosition& minimum = *request.add_minimum_positions();
  minimum.set_shard(0);
  minimum.set_log_position(1'000'000);
  v1::LeafSearchResponse response;
  EXPECT_THAT(Call(&v1::IndexerService::Stub::LeafSearch, request, &response, absl::Milliseconds(50)),
              GrpcStatusIs(grpc::StatusCode::DEADLINE_EXCEEDED, ::testing::_));
  minimum.set_shard(kShards);
  EXPECT_THAT(Call(&v1::IndexerService::Stub::LeafSearch, request, &response),
              GrpcStatusIs(grpc::StatusCode::INVALID_ARGUMENT, HasSubstr("minimum_positions[0]")));
}

TEST_F(IndexerServiceTest, LeafSearchRefusesALimitOutside1To10000AndQueriesBeyondTheirLimits) {
  v1::LeafSearchResponse response;
  for (const uint32_t limit : {0u, 10'001u}) {
    v1::LeafSearchRequest request = SearchRequest();
    request.set_limit(limit);
    EXPECT_THAT(Call(&v1::IndexerService::Stub::LeafSearch, request, &response),
                GrpcStatusIs(grpc::StatusCode::INVALID_ARGUMENT, AllOf(HasSubstr("limit"), HasSubstr("10000"))));
  }
  v1::LeafSearchRequest deep = SearchRequest();
  v1::LeafQuery* node = deep.mutable_query();
  for (int i = 0; i < 17; ++i) node = node->mutable_boolean()->add_must();
  node->mutable_match_all();
  EXPECT_THAT(Call(&v1::IndexerService::Stub::LeafSearch, deep, &response),
              GrpcStatusIs(grpc::StatusCode::INVALID_ARGUMENT, HasSubstr("16")));
  v1::LeafSearchRequest wide = SearchRequest();
  for (int i = 0; i < 1024; ++i) wide.mutable_query()->mutable_boolean()->add_must()->mutable_match_all();
  EXPECT_THAT(Call(&v1::IndexerService::Stub::LeafSearch, wide, &response),
              GrpcStatusIs(grpc::StatusCode::INVALID_ARGUMENT, HasSubstr("1024")));
}

TEST_F(IndexerServiceTest, LeafFacetsAreMergedOverAllShards) {
  Put(Articles(12));
  Search(SearchRequest());
  v1::LeafFacetsRequest request;
  request.mutable_query()->mutable_match_all();
  request.add_fields(v1::FACET_FIELD_SITE);
  request.add_fields(v1::FACET_FIELD_PROVINCE_TODAY);
  request.set_limit(10);
  v1::LeafFacetsResponse response;
  ASSERT_TRUE(Call(&v1::IndexerService::Stub::LeafFacets, request, &response).ok());
  ASSERT_EQ(response.facets_size(), 2);
  ASSERT_EQ(response.facets(0).values_size(), 2);
  EXPECT_EQ(response.facets(0).values(0).value(), "bao-bien");
  EXPECT_EQ(response.facets(0).values(0).count(), 6u);
  EXPECT_EQ(response.facets(1).values(0).value(), "Hưng Yên");
  EXPECT_EQ(response.facets(1).values(0).count(), 12u);
  request.set_limit(1001);
  EXPECT_THAT(Call(&v1::IndexerService::Stub::LeafFacets, request, &response),
              GrpcStatusIs(grpc::StatusCode::INVALID_ARGUMENT, HasSubstr("1000")));
}

TEST_F(IndexerServiceTest, GetIndexStatusDescribesEveryShard) {
  Put(Articles(12));
  Search(SearchRequest());
  const v1::GetIndexStatusResponse response = Status();
  ASSERT_EQ(response.shards_size(), static_cast<int>(kShards));
  EXPECT_EQ(response.analyzer_version(), text::Analyzer::kVersion);
  EXPECT_GT(response.format_version(), 0u);
  uint64_t articles = 0;
  for (uint32_t shard = 0; shard < kShards; ++shard) {
    const v1::ShardStatus& status = response.shards(static_cast<int>(shard));
    EXPECT_EQ(status.shard(), shard);
    EXPECT_EQ(status.log_first_position(), 1u);
    EXPECT_EQ(status.applied_position(), status.log_last_position());
    EXPECT_EQ(status.digest().size(), 16u);
    articles += status.articles();
  }
  EXPECT_EQ(articles, 12u);
}

TEST_F(IndexerServiceTest, FlushWritesTheMemorySegmentsOutAndTrimsTheLogs) {
  Put(Articles(12));
  v1::FlushResponse response;
  ASSERT_TRUE(Call(&v1::IndexerService::Stub::Flush, v1::FlushRequest(), &response).ok());
  const v1::GetIndexStatusResponse after = Status();
  for (const v1::ShardStatus& status : after.shards()) {
    EXPECT_GE(status.segments(), 1u);
    EXPECT_EQ(status.log_first_position(), status.log_last_position() + 1);
  }
  EXPECT_EQ(Search(SearchRequest()).size(), 12u);
}

TEST_F(IndexerServiceTest, ACheckpointIsADataDirectoryOfItsOwn) {
  Put(Articles(8));
  v1::FlushResponse flushed;
  ASSERT_TRUE(Call(&v1::IndexerService::Stub::Flush, v1::FlushRequest(), &flushed).ok());
  Put({SampleArticle(8), SampleArticle(9)});
  v1::CreateCheckpointRequest request;
  request.set_name("before-change");
  v1::CreateCheckpointResponse response;
  ASSERT_TRUE(Call(&v1::IndexerService::Stub::CreateCheckpoint, request, &response).ok());
  EXPECT_THAT(response.directory(), HasSubstr("/checkpoints/before-change"));
  for (const v1::ShardPosition& position : response.positions()) {
    EXPECT_EQ(position.log_position(), Status().shards(static_cast<int>(position.shard())).log_last_position());
  }
  Put({SampleArticle(10)});
  config::v1::IndexerConfig config;
  config.set_data_directory(response.directory());
  config.set_shards(kShards);
  config.set_memory_segment_bytes(64 << 20);
  config.set_block_cache_bytes(8 << 20);
  config.set_max_queued_appends(64);
  const auto copy = Indexer::Open(config, clock_, metrics_);
  ASSERT_THAT(copy, IsOk());
  ASSERT_THAT((*copy)->Start(), IsOk());
  v1::GetArticlesRequest get;
  for (int i = 0; i <= 10; ++i) get.add_article_ids(SampleId(i));
  EXPECT_EQ((*copy)->Get(get, absl::InfiniteFuture())->articles_size(), 10);
}

TEST_F(IndexerServiceTest, ACheckpointNameIsCheckedAndUsedOnce) {
  v1::CreateCheckpointRequest request;
  v1::CreateCheckpointResponse response;
  request.set_name("../outside");
  EXPECT_THAT(Call(&v1::IndexerService::Stub::CreateCheckpoint, request, &response),
              GrpcStatusIs(grpc::StatusCode::INVALID_ARGUMENT, HasSubstr("[a-z0-9-]{1,64}")));
  request.set_name("once");
  ASSERT_TRUE(Call(&v1::IndexerService::Stub::CreateCheckpoint, request, &response).ok());
  EXPECT_THAT(Call(&v1::IndexerService::Stub::CreateCheckpoint, request, &response),
              GrpcStatusIs(grpc::StatusCode::ALREADY_EXISTS, HasSubstr("once")));
}

TEST_F(IndexerServiceTest, StreamCheckpointSendsAManifestAndEveryFileOfIt) {
  grpc::ClientContext context;
  const auto reader = stub_->StreamCheckpoint(&context, v1::StreamCheckpointRequest());
  v1::StreamCheckpointResponse message;
  ASSERT_TRUE(reader->Read(&message));
  ASSERT_TRUE(message.has_manifest());
  std::map<std::string, uint64_t> missing;
  for (const v1::CheckpointFile& file : message.manifest().files()) missing[file.name()] = file.bytes();
  EXPECT_GT(missing.size(), 2u);
  while (reader->Read(&message)) {
    uint64_t& bytes = missing.at(message.file());
    ASSERT_LE(message.data().size(), bytes);
    bytes -= message.data().size();
    if (bytes == 0) missing.erase(message.file());
  }
  EXPECT_THAT(reader->Finish(), GrpcStatusIs(grpc::StatusCode::OK, ""));
  EXPECT_TRUE(missing.empty());
}

}  // namespace
}  // namespace tintinh::indexer

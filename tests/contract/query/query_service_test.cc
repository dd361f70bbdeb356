// The border of QueryService, over the wire of an in-process channel.
#include "services/query/query_service.h"

#include <chrono>
#include <memory>
#include <string>

#include "common/metrics/metrics.h"
#include "common/time/clock.h"
#include "gmock/gmock.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "gtest/gtest.h"
#include "tests/support/articles.h"
#include "tests/support/naive_indexer.h"

namespace tintinh::query {
namespace {

using ::testing::HasSubstr;
using ::tintinh::testing::ArticleId;
using ::tintinh::testing::MakeArticle;
using ::tintinh::testing::NaiveIndexer;

class QueryServiceTest : public ::testing::Test {
 protected:
  QueryServiceTest() {
    indexer_.Add(MakeArticle(1, "Nghề dệt thổ cẩm", "Khung cửi vang khắp bản."));
    grpc::ServerBuilder builder;
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
    stub_ = v1::QueryService::NewStub(server_->InProcessChannel(grpc::ChannelArguments()));
  }
  ~QueryServiceTest() override { server_->Shutdown(); }

  SystemClock clock_;
  Metrics metrics_;
  NaiveIndexer indexer_{0};
  Query query_{{absl::Seconds(20), 4}, {&indexer_.stub()}, clock_, metrics_};
  QueryService service_{query_};
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<v1::QueryService::Stub> stub_;
};

TEST_F(QueryServiceTest, SearchAnswersWithHits) {
  grpc::ClientContext context;
  v1::SearchRequest request;
  request.set_query("thổ cẩm");
  v1::SearchResponse response;
  const grpc::Status status = stub_->Search(&context, request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  ASSERT_EQ(response.hits_size(), 1);
  EXPECT_EQ(response.hits(0).title(), "Nghề dệt thổ cẩm");
  EXPECT_TRUE(response.has_took());
}

TEST_F(QueryServiceTest, ErrorsKeepTheirCode) {
  grpc::ClientContext context;
  v1::SearchResponse response;
  EXPECT_EQ(stub_->Search(&context, {}, &response).error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  grpc::ClientContext other_context;
  v1::GetArticleRequest request;
  request.set_article_id(ArticleId(7));
  v1::GetArticleResponse article;
  EXPECT_EQ(stub_->GetArticle(&other_context, request, &article).error_code(), grpc::StatusCode::NOT_FOUND);
}

TEST_F(QueryServiceTest, TheCallersDeadlineReachesTheIndexers) {
  indexer_.Hang();
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(100));
  v1::SearchRequest request;
  request.set_query("thổ cẩm");
  v1::SearchResponse response;
  EXPECT_EQ(stub_->Search(&context, request, &response).error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  indexer_.Release();
}

TEST_F(QueryServiceTest, BatchGetAndFacetsAnswer) {
  grpc::ClientContext context;
  v1::BatchGetArticlesRequest batch;
  batch.add_article_ids(ArticleId(1));
  v1::BatchGetArticlesResponse articles;
  ASSERT_TRUE(stub_->BatchGetArticles(&context, batch, &articles).ok());
  EXPECT_EQ(articles.articles_size(), 1);
  grpc::ClientContext facets_context;
  v1::FacetsResponse facets;
  ASSERT_TRUE(stub_->Facets(&facets_context, {}, &facets).ok());
  EXPECT_EQ(facets.facets_size(), 5);
}

TEST_F(QueryServiceTest, SuggestAndDidYouMeanAnswer) {
  grpc::ClientContext context;
  v1::SuggestRequest request;
  request.set_prefix("det tho c");
  v1::SuggestResponse response;
  const grpc::Status status = stub_->Suggest(&context, request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  ASSERT_EQ(response.items_size(), 2);
  EXPECT_EQ(response.items(0).text(), "dệt thổ cẩm");
  EXPECT_EQ(response.items(1).article_id(), ArticleId(1));
  EXPECT_TRUE(response.has_took());
  EXPECT_EQ(response.shards_answered(), 1u);
  grpc::ClientContext meant_context;
  v1::DidYouMeanRequest typed;
  typed.set_query("tho cam");
  v1::DidYouMeanResponse meant;
  ASSERT_TRUE(stub_->DidYouMean(&meant_context, typed, &meant).ok());
  EXPECT_EQ(meant.query(), "thổ cẩm");
}

TEST_F(QueryServiceTest, SuggestAndDidYouMeanNameTheirLimits) {
  grpc::ClientContext context;
  v1::SuggestRequest request;
  request.set_prefix(std::string(257, 'a'));
  v1::SuggestResponse response;
  const grpc::Status status = stub_->Suggest(&context, request, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), HasSubstr("prefix: 257 bytes"));
  grpc::ClientContext meant_context;
  v1::DidYouMeanRequest typed;
  typed.set_query(std::string(1025, 'a'));
  v1::DidYouMeanResponse meant;
  EXPECT_EQ(stub_->DidYouMean(&meant_context, typed, &meant).error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(QueryServiceTest, WhatIsNotOfferedSaysItsName) {
  grpc::ClientContext context;
  v1::SimilarResponse response;
  const grpc::Status status = stub_->Similar(&context, {}, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNIMPLEMENTED);
  EXPECT_THAT(status.error_message(), HasSubstr("Similar"));
  grpc::ClientContext watch_context;
  const auto reader = stub_->Watch(&watch_context, {});
  v1::WatchResponse watched;
  EXPECT_FALSE(reader->Read(&watched));
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::UNIMPLEMENTED);
}

}  // namespace
}  // namespace tintinh::query

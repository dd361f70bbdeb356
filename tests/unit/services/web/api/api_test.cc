#include "services/web/api/api.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/support/articles.h"
#include "tests/support/web_peers.h"

namespace tintinh::web {
namespace {

using ::testing::HasSubstr;
using ::tintinh::testing::ArticleId;
using ::tintinh::testing::MakeArticle;
using ::tintinh::testing::WebPeers;

class ApiTest : public ::testing::Test {
 protected:
  WebPeers peers_;
  Api api_{{peers_.query(), peers_.crawler(), peers_.indexer(), absl::Seconds(20)}};
};

TEST_F(ApiTest, SearchAnswersInTheJsonMappingOfProto3) {
  v1::SearchResponse response;
  response.set_total(12);
  response.set_total_is_exact(true);
  v1::Hit& hit = *response.add_hits();
  hit.set_article_id(ArticleId(1));
  hit.mutable_published()->set_seconds(1'632'934'800);
  peers_.search.Answer(response);
  const Answer answer = api_.Search({{"q", "tôm"}});
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.content_type, HasSubstr("application/json"));
  const auto json = nlohmann::json::parse(answer.body);
  EXPECT_EQ(json["total"], "12");
  EXPECT_EQ(json["totalIsExact"], true);
  EXPECT_EQ(json["hits"][0]["articleId"], ArticleId(1));
  EXPECT_EQ(json["hits"][0]["published"], "2021-09-29T17:00:00Z");
  EXPECT_EQ(peers_.search.asked().query(), "tôm");
}

TEST_F(ApiTest, ErrorsOfServicesBecomeHttpStatuses) {
  peers_.search.Fail(grpc::StatusCode::RESOURCE_EXHAUSTED, "64 searches are running");
  const Answer answer = api_.Search({{"q", "tôm"}});
  EXPECT_EQ(answer.status, 429);
  EXPECT_EQ(nlohmann::json::parse(answer.body)["error"]["message"], "64 searches are running");
  EXPECT_EQ(api_.Search({{"page_size", "x"}}).status, 400);
}

TEST_F(ApiTest, ArticleAnswersWithTheArticleOr404) {
  v1::GetArticleResponse response;
  *response.mutable_article() = MakeArticle(1, "Tôm càng xanh");
  peers_.article.Answer(response);
  const Answer answer = api_.Article(ArticleId(1));
  EXPECT_EQ(nlohmann::json::parse(answer.body)["article"]["title"], "Tôm càng xanh");
  EXPECT_EQ(peers_.article.asked().article_id(), ArticleId(1));
  peers_.article.Fail(grpc::StatusCode::NOT_FOUND, "no");
  EXPECT_EQ(api_.Article(ArticleId(1)).status, 404);
}

TEST_F(ApiTest, StatusShowsBothServicesAndTheErrorOfOneThatIsSilent) {
  v1::GetCrawlerStatusResponse crawler;
  crawler.set_idle(true);
  peers_.crawler_status.Answer(crawler);
  peers_.index_status.Fail(grpc::StatusCode::UNAVAILABLE, "down");
  const Answer answer = api_.Status();
  EXPECT_EQ(answer.status, 200);
  const auto json = nlohmann::json::parse(answer.body);
  EXPECT_EQ(json["crawler"]["idle"], true);
  EXPECT_EQ(json["indexer"]["error"]["status"], "UNAVAILABLE");
  peers_.crawler_status.Fail(grpc::StatusCode::UNAVAILABLE, "down");
  EXPECT_EQ(api_.Status().status, 503);
}

}  // namespace
}  // namespace tintinh::web

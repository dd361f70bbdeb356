#include "services/web/reader_pages.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/articles.h"
#include "tests/support/web_peers.h"

namespace tintinh::web {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::tintinh::testing::ArticleId;
using ::tintinh::testing::MakeArticle;
using ::tintinh::testing::WebPeers;

class ReaderPagesTest : public ::testing::Test {
 protected:
  WebPeers peers_;
  Api api_{{peers_.query(), peers_.crawler(), peers_.indexer(), absl::Seconds(20)}};
  ReaderPages pages_{api_};
};

TEST_F(ReaderPagesTest, SearchShowsHitsWithTheirCounts) {
  v1::SearchResponse response;
  response.add_hits()->set_title("Hồ Ba Bể");
  peers_.search.Answer(response);
  v1::FacetsResponse counts;
  v1::Facet& facet = *counts.add_facets();
  facet.set_field(v1::FACET_FIELD_SECTION);
  facet.add_values()->set_value("Du lịch");
  peers_.facets.Answer(counts);
  const Answer answer = pages_.Search({{"q", "ba bể"}});
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.body, HasSubstr("Hồ Ba Bể"));
  EXPECT_THAT(answer.body, HasSubstr("Du lịch"));
  EXPECT_EQ(peers_.facets.asked().query(), "ba bể");
}

TEST_F(ReaderPagesTest, ASearchIsShownThoughCountsFail) {
  v1::SearchResponse response;
  response.add_hits()->set_title("Hồ Ba Bể");
  peers_.search.Answer(response);
  peers_.facets.Fail(grpc::StatusCode::RESOURCE_EXHAUSTED, "64 searches are running");
  const Answer answer = pages_.Search({{"q", "ba bể"}});
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.body, HasSubstr("Hồ Ba Bể"));
}

TEST_F(ReaderPagesTest, ASearchThatFailsKeepsItsStatusAndItsForm) {
  peers_.search.Fail(grpc::StatusCode::RESOURCE_EXHAUSTED, "64 searches are running");
  const Answer answer = pages_.Search({{"q", "ba bể"}});
  EXPECT_EQ(answer.status, 429);
  EXPECT_THAT(answer.body, HasSubstr("value=\"ba bể\""));
  EXPECT_EQ(pages_.Search({{"q", "a"}, {"from", "hôm qua"}}).status, 400);
}

TEST_F(ReaderPagesTest, ASearchForNothingIsTheHomePage) {
  v1::SearchResponse latest;
  latest.add_hits()->set_title("Tin mới");
  peers_.search.Answer(latest);
  EXPECT_THAT(pages_.Search({{"q", " "}}).body, HasSubstr("Tin mới"));
  EXPECT_EQ(peers_.search.asked().sort(), v1::SORT_ORDER_NEWEST);
  peers_.search.Fail(grpc::StatusCode::UNAVAILABLE, "down");
  peers_.facets.Fail(grpc::StatusCode::UNAVAILABLE, "down");
  const Answer home = pages_.Home({});
  EXPECT_EQ(home.status, 200);
  EXPECT_THAT(home.body, HasSubstr("class=\"welcome\""));
}

TEST_F(ReaderPagesTest, AnArticleIsShownWithAndWithoutSimilarOnes) {
  v1::GetArticleResponse stored;
  *stored.mutable_article() = MakeArticle(1, "Hồ Ba Bể");
  peers_.article.Answer(stored);
  v1::SimilarResponse similar;
  similar.add_hits()->set_title("Thuyền độc mộc");
  peers_.similar.Answer(similar);
  EXPECT_THAT(pages_.Article({{"id", ArticleId(1)}}).body, HasSubstr("Thuyền độc mộc"));
  EXPECT_EQ(peers_.similar.asked().article_id(), ArticleId(1));
  peers_.similar.Fail(grpc::StatusCode::UNIMPLEMENTED, "Similar is not offered");
  const Answer answer = pages_.Article({{"id", ArticleId(1)}});
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.body, HasSubstr("<h1>Hồ Ba Bể</h1>"));
  EXPECT_THAT(answer.body, Not(HasSubstr("Bài liên quan")));
}

TEST_F(ReaderPagesTest, AnArticleThatIsNotThereIs404InTheReadersLanguage) {
  peers_.article.Fail(grpc::StatusCode::NOT_FOUND, "no");
  EXPECT_EQ(pages_.Article({{"id", ArticleId(1)}}).status, 404);
  const Answer answer = pages_.Article({{"id", "../etc"}, {"lang", "en"}});
  EXPECT_EQ(answer.status, 404);
  EXPECT_THAT(answer.body, HasSubstr("There is no such article"));
}

TEST_F(ReaderPagesTest, TheOperatorSeesBothServicesOrWhoIsSilent) {
  v1::GetCrawlerStatusResponse crawler;
  crawler.add_sites()->set_site("bao-mau");
  peers_.crawler_status.Answer(crawler);
  peers_.index_status.Fail(grpc::StatusCode::UNAVAILABLE, "down");
  const Answer answer = pages_.Operator({}, absl::FromUnixSeconds(1'700'000'000));
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.body, HasSubstr("bao-mau"));
  EXPECT_THAT(answer.body, HasSubstr("Kho bài không trả lời"));
}

}  // namespace
}  // namespace tintinh::web

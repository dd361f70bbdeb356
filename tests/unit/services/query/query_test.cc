#include "services/query/query.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/metrics/metrics.h"
#include "common/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/articles.h"
#include "tests/support/naive_indexer.h"
#include "tests/support/status_matchers.h"

namespace tintinh::query {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::tintinh::testing::ArticleId;
using ::tintinh::testing::IsOk;
using ::tintinh::testing::MakeArticle;
using ::tintinh::testing::NaiveIndexer;
using ::tintinh::testing::StatusIs;

class QueryTest : public ::testing::Test {
 protected:
  void Add(const v1::Article& article) { (++added_ % 2 == 0 ? first_ : second_).Add(article); }

  v1::SearchResponse Search(const std::string& text, uint32_t page_size = 10) {
    v1::SearchRequest request;
    request.set_query(text);
    request.set_page_size(page_size);
    const auto response = query_.Search(request, absl::InfiniteFuture());
    EXPECT_THAT(response, IsOk());
    return response.value_or(v1::SearchResponse());
  }

  static bool HasNotice(const v1::SearchResponse& response, v1::NoticeKind kind) {
    for (const v1::Notice& notice : response.notices()) {
      if (notice.kind() == kind) return true;
    }
    return false;
  }

  int added_ = 0;
  SystemClock clock_;
  Metrics metrics_;
  NaiveIndexer first_{0}, second_{1};
  Query query_{{absl::Seconds(20), 2}, {&first_.stub(), &second_.stub()}, clock_, metrics_};
};

TEST_F(QueryTest, ExactSpellingComesBeforeOtherMarks) {
  Add(MakeArticle(1, "Ông Dương kể chuyện"));
  Add(MakeArticle(2, "Con đường ven biển"));
  const auto response = Search("đường");
  ASSERT_EQ(response.hits_size(), 2);
  EXPECT_EQ(response.hits(0).article_id(), ArticleId(2));
  EXPECT_TRUE(HasNotice(response, v1::NOTICE_KIND_WIDENED));
}

TEST_F(QueryTest, AFullPageIsNotWidened) {
  Add(MakeArticle(1, "Ông Dương kể chuyện"));
  Add(MakeArticle(2, "Con đường ven biển"));
  const auto response = Search("đường", 1);
  ASSERT_EQ(response.hits_size(), 1);
  EXPECT_FALSE(HasNotice(response, v1::NOTICE_KIND_WIDENED));
  EXPECT_EQ(response.next_page_token(), "");
}

TEST_F(QueryTest, WithoutMarksEverythingIsFoundWithoutANotice) {
  Add(MakeArticle(1, "Ông Dương kể chuyện"));
  Add(MakeArticle(2, "Con đường ven biển"));
  const auto response = Search("duong");
  EXPECT_EQ(response.hits_size(), 2);
  EXPECT_EQ(response.notices_size(), 0);
}

TEST_F(QueryTest, PagesShowEveryHitOnce) {
  for (uint32_t i = 0; i < 25; ++i) Add(MakeArticle(i, "Vải thiều vào vụ", i % 4 == 0 ? "vải ngon" : "được mùa"));
  v1::SearchRequest request;
  request.set_query("vải thiều");
  request.set_page_size(7);
  std::set<std::string> seen;
  int pages = 0;
  double last_score = 1e9;
  do {
    const auto response = query_.Search(request, absl::InfiniteFuture());
    ASSERT_THAT(response, IsOk());
    for (const v1::Hit& hit : response->hits()) {
      EXPECT_TRUE(seen.insert(hit.article_id()).second);
      EXPECT_LE(hit.score(), last_score);
      last_score = hit.score();
    }
    request.set_page_token(response->next_page_token());
    ++pages;
  } while (!request.page_token().empty());
  EXPECT_EQ(seen.size(), 25U);
  EXPECT_EQ(pages, 4);
}

TEST_F(QueryTest, AnEmptyTextWithAFilterIsNewestFirst) {
  for (uint32_t i = 1; i <= 3; ++i) Add(MakeArticle(i, absl::StrCat("Tin số ", i)));
  v1::SearchRequest request;
  request.mutable_filter()->add_sites("baomau");
  const auto response = query_.Search(request, absl::InfiniteFuture());
  ASSERT_THAT(response, IsOk());
  ASSERT_EQ(response->hits_size(), 3);
  EXPECT_EQ(response->hits(0).article_id(), ArticleId(3));
}

TEST_F(QueryTest, AnOldProvinceNameAndTheNewOneBothFindTheArchive) {
  v1::Article article = MakeArticle(1, "Lập Thạch vào thu");
  article.mutable_place()->set_province("Vĩnh Phúc");
  article.mutable_place()->set_province_today("Phú Thọ");
  Add(article);
  for (const char* name : {"Vĩnh Phúc", "phu tho"}) {
    v1::SearchRequest request;
    request.mutable_filter()->add_provinces(name);
    const auto response = query_.Search(request, absl::InfiniteFuture());
    ASSERT_THAT(response, IsOk());
    ASSERT_EQ(response->hits_size(), 1) << name;
    EXPECT_EQ(response->hits(0).place().province(), "Vĩnh Phúc");
  }
}

TEST_F(QueryTest, OddWordsThatOccurNowhereAreReadAsTelex) {
  Add(MakeArticle(1, "Đường sắt Việt Nam"));
  Add(MakeArticle(2, "Tuổi teen vùng cao"));
  const auto telex = Search("dduwowngf sawts");
  ASSERT_EQ(telex.hits_size(), 1);
  EXPECT_EQ(telex.hits(0).article_id(), ArticleId(1));
  EXPECT_TRUE(HasNotice(telex, v1::NOTICE_KIND_REPAIRED));
  EXPECT_FALSE(HasNotice(Search("tuoi teen"), v1::NOTICE_KIND_REPAIRED)) << "teen would be tên";
}

TEST_F(QueryTest, PagesOfARepairedSearchFollowEachOther) {
  for (uint32_t i = 0; i < 3; ++i) Add(MakeArticle(i, "Đường sắt"));
  v1::SearchRequest request;
  request.set_query("dduwowngf");
  request.set_page_size(2);
  const auto first = query_.Search(request, absl::InfiniteFuture());
  ASSERT_THAT(first, IsOk());
  request.set_page_token(first->next_page_token());
  const auto second = query_.Search(request, absl::InfiniteFuture());
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->hits_size(), 1);
}

TEST_F(QueryTest, TheLanguageIsUnderstood) {
  v1::Article flood = MakeArticle(1, "Lũ quét ở Sa Pa", "Mưa lớn suốt đêm");
  flood.mutable_place()->set_province("Lào Cai");
  Add(flood);
  v1::Article storm = MakeArticle(2, "Bão vào Huế", "Xây kè chắn sóng");
  storm.set_site("baokhac");
  Add(storm);
  Add(MakeArticle(3, "Xay lúa ngoài đồng"));
  const std::pair<const char*, std::vector<uint32_t>> searches[] = {
      {"lũ OR bão", {1, 2}},
      {"mưa (lũ OR bão)", {1, 2}},
      {"+mưa (lũ OR bão)", {1}},
      {"-(lũ OR bão)", {3}},
      {"xây*", {2}},
      {"xay*", {2, 3}},
      {"title:xay*", {3}},
      {"title:mưa", {}},
      {"title:(mưa OR bão)", {2}},
      {"site:baokhac", {2}},
      {"-site:baokhac", {1, 3}},
      {"-site:baokhac -province:lao cai", {3}},
      {"(lũ OR bão OR lúa) province:Lào Cai", {1}},
  };
  for (const auto& [text, articles] : searches) {
    std::set<std::string> want;
    for (const uint32_t number : articles) want.insert(ArticleId(number));
    // A full page is not widened.
    const v1::SearchResponse response = Search(text, std::max<uint32_t>(1, static_cast<uint32_t>(articles.size())));
    std::set<std::string> found;
    for (const v1::Hit& hit : response.hits()) found.insert(hit.article_id());
    EXPECT_EQ(response.total(), want.size()) << text;
    EXPECT_EQ(found, want) << text;
  }
}

TEST_F(QueryTest, ConditionsHoldBesideTheFilterOfTheRequest) {
  v1::Article storm = MakeArticle(1, "Bão vào Huế");
  storm.set_site("baokhac");
  Add(storm);
  Add(MakeArticle(2, "Bão tan"));
  v1::SearchRequest request;
  request.set_query("bão site:baokhac");
  request.mutable_filter()->add_sites("baomau");
  const auto response = query_.Search(request, absl::InfiniteFuture());
  ASSERT_THAT(response, IsOk());
  EXPECT_EQ(response->hits_size(), 0) << "no article is of both papers";
  v1::FacetsRequest facets;
  facets.set_query("-site:baokhac");
  facets.add_fields(v1::FACET_FIELD_SITE);
  const auto counted = query_.Facets(facets, absl::InfiniteFuture());
  ASSERT_THAT(counted, IsOk());
  ASSERT_EQ(counted->facets(0).values_size(), 1);
  EXPECT_EQ(counted->facets(0).values(0).value(), "baomau");
}

TEST_F(QueryTest, TelexIsReadBesideTheLanguage) {
  Add(MakeArticle(1, "Đường sắt Việt Nam"));
  Add(MakeArticle(2, "Mưa lớn"));
  const auto response = Search("site:baomau (dduwowngf OR huees)");
  ASSERT_EQ(response.hits_size(), 1);
  EXPECT_EQ(response.hits(0).article_id(), ArticleId(1));
}

TEST_F(QueryTest, TextWithoutWordsFindsNothing) { EXPECT_EQ(Search("?!").hits_size(), 0); }

TEST_F(QueryTest, MissingShardsAreSaidOpenly) {
  first_.Add(MakeArticle(1, "Cá lồng"));
  second_.FailWith(grpc::Status(grpc::StatusCode::UNAVAILABLE, "down"));
  const auto response = Search("cá");
  EXPECT_EQ(response.hits_size(), 1);
  EXPECT_EQ(response.shards_asked(), 2U);
  EXPECT_EQ(response.shards_answered(), 1U);
  EXPECT_TRUE(HasNotice(response, v1::NOTICE_KIND_PARTIAL));
}

TEST_F(QueryTest, HitsWhoseArticlesAnIndexerFailsToGiveAreSaidOpenly) {
  first_.Add(MakeArticle(1, "Gạo nếp"));
  second_.Add(MakeArticle(2, "Gạo nếp"));
  second_.FailArticlesWith(grpc::Status(grpc::StatusCode::UNAVAILABLE, "down"));
  const auto response = Search("gạo nếp");
  ASSERT_EQ(response.hits_size(), 1);
  EXPECT_EQ(response.hits(0).article_id(), ArticleId(1));
  EXPECT_EQ(response.shards_answered(), response.shards_asked());
  EXPECT_TRUE(HasNotice(response, v1::NOTICE_KIND_PARTIAL));
}

TEST_F(QueryTest, BeyondTheLimitSearchesAreRefused) {
  Query none({absl::Seconds(20), 0}, {&first_.stub()}, clock_, metrics_);
  v1::SearchRequest request;
  request.set_query("cá");
  EXPECT_THAT(none.Search(request, absl::InfiniteFuture()),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("max_concurrent_searches")));
  EXPECT_THAT(none.Facets(v1::FacetsRequest(), absl::InfiniteFuture()),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("max_concurrent_searches")));
}

TEST_F(QueryTest, GetArticleNamesWhatIsWrong) {
  Add(MakeArticle(1, "Cá lồng"));
  v1::GetArticleRequest request;
  request.set_article_id(ArticleId(1));
  EXPECT_THAT(query_.GetArticle(request, absl::InfiniteFuture()), IsOk());
  request.set_article_id(ArticleId(2));
  EXPECT_THAT(query_.GetArticle(request, absl::InfiniteFuture()),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr(ArticleId(2))));
  request.set_article_id("x");
  EXPECT_THAT(query_.GetArticle(request, absl::InfiniteFuture()),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("article_id")));
}

TEST_F(QueryTest, BatchGetKeepsTheOrderAndItsLimit) {
  Add(MakeArticle(1, "Một"));
  Add(MakeArticle(2, "Hai"));
  v1::BatchGetArticlesRequest request;
  for (const uint32_t number : {2U, 9U, 1U}) request.add_article_ids(ArticleId(number));
  const auto response = query_.BatchGetArticles(request, absl::InfiniteFuture());
  ASSERT_THAT(response, IsOk());
  ASSERT_EQ(response->articles_size(), 2);
  EXPECT_EQ(response->articles(0).title(), "Hai");
  for (int i = 0; i < 100; ++i) request.add_article_ids(ArticleId(1));
  EXPECT_THAT(query_.BatchGetArticles(request, absl::InfiniteFuture()),
              StatusIs(absl::StatusCode::kInvalidArgument, AllOf(HasSubstr("103"), HasSubstr("100"))));
}

TEST_F(QueryTest, FacetsCountTheMatches) {
  Add(MakeArticle(1, "Cá lồng"));
  Add(MakeArticle(2, "Cá đồng"));
  Add(MakeArticle(3, "Lúa đồng"));
  v1::FacetsRequest request;
  request.set_query("cá");
  request.add_fields(v1::FACET_FIELD_SITE);
  const auto response = query_.Facets(request, absl::InfiniteFuture());
  ASSERT_THAT(response, IsOk());
  ASSERT_EQ(response->facets_size(), 1);
  EXPECT_EQ(response->facets(0).values(0).count(), 2U);
  EXPECT_EQ(response->shards_answered(), 2U);
}

TEST(QueryOptionsOf, CallsAreHedgedWhereEveryIndexerHasReplicas) {
  config::v1::QueryConfig config;
  config.mutable_hedge_after()->set_nanos(100'000'000);
  EXPECT_EQ(QueryOptionsOf(config).hedge_after, absl::InfiniteDuration()) << "in a node";
  config.add_indexers()->set_target("127.0.0.1:1,127.0.0.1:2");
  EXPECT_EQ(QueryOptionsOf(config).hedge_after, absl::Milliseconds(100));
  config.add_indexers()->set_target("127.0.0.1:3");
  EXPECT_EQ(QueryOptionsOf(config).hedge_after, absl::InfiniteDuration()) << "the second indexer is alone";
  config.mutable_indexers(1)->set_target("dns:///indexer.vidu.vn:7000");
  EXPECT_EQ(QueryOptionsOf(config).hedge_after, absl::Milliseconds(100)) << "a name may stand for several";
  config.mutable_hedge_after()->set_nanos(0);
  EXPECT_EQ(QueryOptionsOf(config).hedge_after, absl::InfiniteDuration()) << "switched off";
}

}  // namespace
}  // namespace tintinh::query

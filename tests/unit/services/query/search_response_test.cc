#include "services/query/search_response.h"

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/articles.h"
#include "tests/support/status_matchers.h"

namespace tintinh::query {
namespace {

using ::tintinh::testing::ArticleId;
using ::tintinh::testing::IsOk;
using ::tintinh::testing::MakeArticle;

class BuildSearchResponseTest : public ::testing::Test {
 protected:
  BuildSearchResponseTest() {
    request_.set_query("gạo nếp");
    request_.set_page_size(1);
    plan_ = *PlanSearch(request_);
    for (uint32_t i = 1; i <= 2; ++i) {
      RootHit& hit = found_.hits.emplace_back();
      hit.hit.set_article_id(ArticleId(i));
      hit.hit.set_score(3.0 - i);
    }
    found_.coverage = {2, 2};
    found_.total = 2;
  }

  v1::SearchRequest request_;
  SearchPlan plan_;
  RootResult found_;
};

TEST_F(BuildSearchResponseTest, ShowsAPageAndLeadsToTheNext) {
  const auto response = BuildSearchResponse(plan_, request_, found_, {{MakeArticle(1, "Gạo nếp cái hoa vàng")}, {}});
  ASSERT_EQ(response.hits_size(), 1);
  EXPECT_EQ(response.hits(0).article_id(), ArticleId(1));
  EXPECT_EQ(response.hits(0).url(), "https://bao.example/bai-1");
  EXPECT_EQ(response.hits(0).score(), 2.0);
  EXPECT_GT(response.hits(0).title_highlights_size(), 0);
  request_.set_page_token(response.next_page_token());
  const auto next = ReadPageToken(request_);
  ASSERT_THAT(next, IsOk());
  EXPECT_EQ(next->after.article_id(), ArticleId(1));
}

TEST_F(BuildSearchResponseTest, TheLastPageLeadsNowhere) {
  found_.hits.resize(1);
  EXPECT_EQ(BuildSearchResponse(plan_, request_, found_, {}).next_page_token(), "");
}

TEST_F(BuildSearchResponseTest, AnArticleDeletedSinceIsLeftOutSilently) {
  const auto response = BuildSearchResponse(plan_, request_, found_, {});
  EXPECT_EQ(response.hits_size(), 0);
  EXPECT_EQ(response.notices_size(), 0);
}

TEST_F(BuildSearchResponseTest, AnArticleMissingBecauseAnIndexerFailedIsLeftOutWithANotice) {
  const auto response = BuildSearchResponse(plan_, request_, found_, {{}, absl::UnavailableError("down")});
  EXPECT_EQ(response.hits_size(), 0);
  ASSERT_EQ(response.notices_size(), 1);
  EXPECT_EQ(response.notices(0).kind(), v1::NOTICE_KIND_PARTIAL);
}

TEST_F(BuildSearchResponseTest, NoticesSayWhatWasDoneDifferently) {
  found_.coverage = {3, 2};
  plan_.widened = true;
  plan_.parsed.shortened = true;
  const auto response = BuildSearchResponse(plan_, request_, found_, {});
  ASSERT_EQ(response.notices_size(), 3);
  EXPECT_EQ(response.notices(0).kind(), v1::NOTICE_KIND_WIDENED);
  EXPECT_EQ(response.notices(1).kind(), v1::NOTICE_KIND_SHORTENED);
  EXPECT_EQ(response.notices(2).kind(), v1::NOTICE_KIND_PARTIAL);
  EXPECT_EQ(response.shards_asked(), 3U);
  EXPECT_EQ(response.shards_answered(), 2U);
}

TEST_F(BuildSearchResponseTest, ANoticeSaysWhichProvinceIsWhich) {
  plan_.parsed.provinces = {{"Vĩnh Phúc", "Phú Thọ", {}}, {"Phú Thọ", "Phú Thọ", {"Vĩnh Phúc", "Hòa Bình"}}};
  const auto response = BuildSearchResponse(plan_, request_, found_, {});
  ASSERT_EQ(response.notices_size(), 2);
  EXPECT_EQ(response.notices(0).kind(), v1::NOTICE_KIND_PLACES);
  EXPECT_EQ(response.notices(0).text(),
            "Vĩnh Phúc từ 1/7/2025 thuộc Phú Thọ: bài viết về Phú Thọ cũng được tìm, xếp sau.");
  EXPECT_EQ(response.notices(1).text(),
            "Phú Thọ từ 1/7/2025 gồm cả Vĩnh Phúc, Hòa Bình: bài viết về đó cũng được tìm, xếp sau.");
}

}  // namespace
}  // namespace tintinh::query

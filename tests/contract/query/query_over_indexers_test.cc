// The query root over real indexers: what comes out must be what a scan over all articles finds, and must not depend
// on how articles are spread.
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/metrics/metrics.h"
#include "common/server/server.h"
#include "common/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/indexer/indexer.h"
#include "services/indexer/indexer_service.h"
#include "services/query/query.h"
#include "tests/support/articles.h"
#include "tests/support/naive_indexer.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace tintinh::query {
namespace {

using ::testing::ElementsAre;
using ::tintinh::testing::ArticleId;
using ::tintinh::testing::IsOk;
using ::tintinh::testing::MakeArticle;
using ::tintinh::testing::NaiveIndexer;
using ::tintinh::testing::TempDir;

// An indexer of its own, in this process.
class RealIndexer {
 public:
  explicit RealIndexer(uint32_t shards) {
    config::v1::IndexerConfig config;
    config.set_data_directory(dir_.path() + "/indexer");
    config.set_shards(shards);
    config.set_memory_segment_bytes(16 << 20);
    config.set_block_cache_bytes(8 << 20);
    config.set_max_queued_appends(64);
    auto core = indexer::Indexer::Open(config, clock_, metrics_);
    EXPECT_THAT(core, IsOk());
    core_ = *std::move(core);
    EXPECT_THAT(core_->Start(), IsOk());
    service_ = std::make_unique<indexer::IndexerService>(*core_);
    server_ = *Server::StartInProcess({service_.get()});
    stub_ = v1::IndexerService::NewStub(server_->InProcessChannel());
  }

  IndexerStub& stub() { return *stub_; }

  void Put(const std::vector<v1::Article>& articles) {
    for (size_t begin = 0; begin < articles.size(); begin += 200) {
      v1::PutArticlesRequest request;
      for (size_t i = begin; i < std::min(articles.size(), begin + 200); ++i) *request.add_articles() = articles[i];
      EXPECT_THAT(core_->Put(request, clock_.Now() + absl::Seconds(30)), IsOk());
    }
    EXPECT_THAT(core_->Flush(clock_.Now() + absl::Seconds(30)), IsOk());
  }

 private:
  TempDir dir_;
  SystemClock clock_;
  Metrics metrics_;
  std::unique_ptr<indexer::Indexer> core_;
  std::unique_ptr<indexer::IndexerService> service_;
  std::unique_ptr<Server> server_;
  std::unique_ptr<v1::IndexerService::Stub> stub_;
};

constexpr const char* kPieces[] = {
    "lũ về trên sông Lô",       "đường lên bản Mây",
    "ông Dương trồng chè",      "hội làng Gióng mở sớm",
    "giá lúa đông xuân tăng",   "mưa lớn ở miền Trung",
    "tàu cá cập cảng",          "Nghị quyết 35-NQ/TW đi vào cuộc sống",
    "khách đến Ia H'Drai",      "chợ nổi Cái Răng",
    "xã Tân Thành đón bão",     "học sinh vùng cao đến trường",
    "bảo hiểm y tế toàn dân",   "trạm y tế xã mới xây",
    "ngày 3/11/2020 khởi công", "thuỷ điện xả lũ",
};
constexpr const char* kProvinces[][2] = {{"Vĩnh Phúc", "Phú Thọ"}, {"Phú Thọ", "Phú Thọ"}, {"Hà Nội", "Hà Nội"}};

std::vector<v1::Article> MakeArticles(uint32_t count) {
  std::mt19937 random(11);
  const auto piece = [&] { return std::string(kPieces[random() % std::size(kPieces)]); };
  std::vector<v1::Article> articles;
  for (uint32_t i = 0; i < count; ++i) {
    v1::Article& article = articles.emplace_back(MakeArticle(i, piece(), absl::StrCat(piece(), ". ", piece())));
    if (random() % 3 == 0) article.add_photos()->set_caption(piece());
    const auto& province = kProvinces[random() % std::size(kProvinces)];
    article.mutable_place()->set_province(province[0]);
    article.mutable_place()->set_province_today(province[1]);
    if (random() % 20 == 0) {
      article.clear_published();
      article.set_published_precision(v1::TIME_PRECISION_UNSPECIFIED);
    }
    article.set_content_hash(ArticleId(1'000'000 + i));
  }
  return articles;
}

class QueryOverIndexersTest : public ::testing::Test {
 protected:
  QueryOverIndexersTest() {
    const std::vector<v1::Article> articles = MakeArticles(300);
    for (const v1::Article& article : articles) naive_.Add(article);
    one_.Put(articles);
    const auto middle = articles.begin() + 100;
    left_.Put({articles.begin(), middle});
    right_.Put({middle, articles.end()});
  }

  // Every hit of every page: id → score, and that pages are in order.
  static std::map<std::string, double> All(Query& query, v1::SearchRequest request) {
    std::map<std::string, double> hits;
    request.set_page_size(37);
    request.set_exact_total(true);
    do {
      const auto response = query.Search(request, absl::InfiniteFuture());
      EXPECT_THAT(response, IsOk());
      if (!response.ok()) return hits;
      for (const v1::Hit& hit : response->hits()) {
        EXPECT_TRUE(hits.emplace(hit.article_id(), hit.score()).second) << "twice: " << hit.article_id();
      }
      if (response->next_page_token().empty()) {
        EXPECT_EQ(hits.size(), response->total());
      }
      request.set_page_token(response->next_page_token());
    } while (!request.page_token().empty());
    return hits;
  }

  static std::set<std::string> Ids(const std::map<std::string, double>& hits) {
    std::set<std::string> ids;
    for (const auto& [id, score] : hits) ids.insert(id);
    return ids;
  }

  static v1::SearchRequest Ask(const std::string& text) {
    v1::SearchRequest request;
    request.set_query(text);
    return request;
  }

  SystemClock clock_;
  Metrics metrics_;
  const QueryOptions options_{absl::Seconds(30), 8};
  NaiveIndexer naive_{0};
  RealIndexer one_{1}, left_{2}, right_{3};
  Query by_scan_{options_, {&naive_.stub()}, clock_, metrics_};
  Query by_index_{options_, {&one_.stub()}, clock_, metrics_};
  Query spread_{options_, {&left_.stub(), &right_.stub()}, clock_, metrics_};
};

constexpr const char* kQueries[] = {
    "lũ sông Lô",      "lu song lo",          "đường",           "duong",         "\"sông Lô\"",
    "\"song lo\"",     "+lũ -sông",           "bảo hiểm y tế",   "bao hiem y te", "35-NQ/TW",
    "+35-NQ/TW",       "-35-nq/tw lũ",        "Ia H’Drai",       "hdrai",         "\"Ia H'Drai\"",
    "thủy điện",       "\"thuỷ điện xả lũ\"", "ngày 3 tháng 11", "-lũ",           "\"không có câu này\" lũ",
    "xã -\"đón bão\"", "\"cảng\" mưa",        "học\u0323c",      "MIỀN TRUNG"};

TEST_F(QueryOverIndexersTest, FindsWhatAScanFinds) {
  for (const char* text : kQueries) {
    for (const v1::SortOrder sort : {v1::SORT_ORDER_RELEVANCE, v1::SORT_ORDER_NEWEST, v1::SORT_ORDER_OLDEST}) {
      v1::SearchRequest request = Ask(text);
      request.set_sort(sort);
      EXPECT_EQ(Ids(All(by_index_, request)), Ids(All(by_scan_, request))) << text << " sort " << sort;
    }
  }
}

TEST_F(QueryOverIndexersTest, ScoresDoNotDependOnHowArticlesAreSpread) {
  for (const char* text : kQueries) {
    const auto together = All(by_index_, Ask(text));
    const auto apart = All(spread_, Ask(text));
    EXPECT_EQ(Ids(apart), Ids(together)) << text;
    for (const auto& [id, score] : together) {
      const auto it = apart.find(id);
      if (it != apart.end()) {
        EXPECT_NEAR(it->second, score, 1e-6 * (1 + score)) << text << " " << id;
      }
    }
  }
}

TEST_F(QueryOverIndexersTest, FiltersFindWhatAScanFinds) {
  v1::SearchRequest request;
  request.mutable_filter()->add_provinces("tỉnh Vĩnh Phúc");
  EXPECT_EQ(Ids(All(spread_, request)), Ids(All(by_scan_, request)));
  request.mutable_filter()->clear_provinces();
  request.mutable_filter()->add_provinces("phu tho");
  const auto merged = All(spread_, request);
  EXPECT_EQ(Ids(merged), Ids(All(by_scan_, request)));
  EXPECT_GT(merged.size(), 100U) << "today's province holds the archive of the earlier ones";
  request.mutable_filter()->mutable_published_from()->set_seconds(1'609'459'200 + 86'400 * 50);
  request.mutable_filter()->mutable_published_before()->set_seconds(1'609'459'200 + 86'400 * 90);
  request.set_query("lũ");
  EXPECT_EQ(Ids(All(spread_, request)), Ids(All(by_scan_, request)));
}

TEST_F(QueryOverIndexersTest, DateOrdersAreTheSameHoweverSpread) {
  for (const v1::SortOrder sort : {v1::SORT_ORDER_NEWEST, v1::SORT_ORDER_OLDEST}) {
    v1::SearchRequest request;
    request.mutable_filter()->add_sites("baomau");
    request.set_sort(sort);
    request.set_page_size(100);
    for (int page = 0; page < 3; ++page) {
      const auto scanned = by_scan_.Search(request, absl::InfiniteFuture());
      const auto found = spread_.Search(request, absl::InfiniteFuture());
      ASSERT_THAT(scanned, IsOk());
      ASSERT_THAT(found, IsOk());
      ASSERT_EQ(found->hits_size(), scanned->hits_size());
      for (int i = 0; i < found->hits_size(); ++i) {
        EXPECT_EQ(found->hits(i).article_id(), scanned->hits(i).article_id()) << sort << " " << page << " " << i;
      }
      request.set_page_token(found->next_page_token());
    }
  }
}

TEST_F(QueryOverIndexersTest, FacetsAreThoseOfTheMatches) {
  v1::FacetsRequest request;
  request.set_query("lũ sông Lô");
  request.add_fields(v1::FACET_FIELD_PROVINCE);
  const auto scanned = by_scan_.Facets(request, absl::InfiniteFuture());
  const auto found = spread_.Facets(request, absl::InfiniteFuture());
  ASSERT_THAT(scanned, IsOk());
  ASSERT_THAT(found, IsOk());
  EXPECT_EQ(found->facets(0).DebugString(), scanned->facets(0).DebugString());
  EXPECT_EQ(found->shards_asked(), 5U);
  EXPECT_EQ(found->shards_answered(), 5U);
}

TEST_F(QueryOverIndexersTest, SuggestionsAreThoseOfAScanHoweverSpread) {
  int suggested = 0;
  for (const char* typed :
       {"l", "lũ", "lu ve tr", "mưa", "mua lon o m", "hoc sinh vung", "bảo hiểm y tế t", "nghi quyet 35", "ia h'd",
        "xa t", "tau ca", "Ông D", "khong co gi", "cho noi cai rang va lu v"}) {
    v1::SuggestRequest request;
    request.set_prefix(typed);
    request.set_limit(20);
    const auto scanned = by_scan_.Suggest(request, absl::InfiniteFuture());
    ASSERT_THAT(scanned, IsOk());
    suggested += scanned->items_size();
    for (Query* query : {&by_index_, &spread_}) {
      const auto found = query->Suggest(request, absl::InfiniteFuture());
      ASSERT_THAT(found, IsOk());
      ASSERT_EQ(found->items_size(), scanned->items_size()) << typed;
      for (int i = 0; i < found->items_size(); ++i) {
        EXPECT_EQ(found->items(i).DebugString(), scanned->items(i).DebugString()) << typed;
      }
    }
  }
  EXPECT_GT(suggested, 25);
}

TEST_F(QueryOverIndexersTest, PositionsMakeOnesOwnWritesVisible) {
  const auto before = by_index_.Search(Ask("lũ"), absl::InfiniteFuture());
  ASSERT_THAT(before, IsOk());
  v1::SearchRequest request = Ask("lũ");
  *request.mutable_minimum_positions() = before->positions();
  EXPECT_THAT(by_index_.Search(request, absl::InfiniteFuture()), IsOk());
}

}  // namespace
}  // namespace tintinh::query

#include "services/web/html/pages.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/articles.h"

namespace tintinh::web {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::tintinh::testing::ArticleId;

v1::SearchResponse Found() {
  v1::SearchResponse response;
  response.set_total(1234);
  response.mutable_took()->set_nanos(34'000'000);
  v1::Hit& hit = *response.add_hits();
  hit.set_article_id(ArticleId(1));
  hit.set_title("Lúa & gạo");
  v1::Notice& notice = *response.add_notices();
  notice.set_kind(v1::NOTICE_KIND_REPAIRED);
  notice.set_text("Câu tìm kiếm được đọc là: lúa <gạo>");
  response.set_next_page_token("tok-en_");
  response.set_shards_asked(4);
  response.set_shards_answered(4);
  return response;
}

v1::FacetsResponse Counts() {
  v1::FacetsResponse counts;
  v1::Facet& facet = *counts.add_facets();
  facet.set_field(v1::FACET_FIELD_PROVINCE_TODAY);
  v1::FacetValue& value = *facet.add_values();
  value.set_value("Nghệ An");
  value.set_count(72);
  return counts;
}

TEST(ResultsPage, ShowsHitsTotalTimeNoticesCountsAndTheNextPage) {
  const std::string html = ResultsPage({{"q", "lúa"}}, Found(), Counts());
  EXPECT_THAT(html, HasSubstr("<title>lúa – Tin Tỉnh</title>"));
  EXPECT_THAT(html, HasSubstr("Ít nhất 1.234 bài viết <small>0,03 giây</small>"));
  EXPECT_THAT(html, HasSubstr("Câu tìm kiếm được đọc là: lúa &lt;gạo&gt;"));
  EXPECT_THAT(html, HasSubstr("Lúa &amp; gạo"));
  EXPECT_THAT(html, HasSubstr("<a href=\"/search?q=l%C3%BAa&amp;page_token=tok-en_\" class=\"button next\""));
  EXPECT_THAT(html, HasSubstr("<span class=\"value\">Nghệ An</span> <span class=\"count\">72</span>"));
}

TEST(ResultsPage, SpeaksEnglishToo) {
  const std::string html = ResultsPage({{"q", "lúa"}, {"lang", "en"}}, Found(), Counts());
  EXPECT_THAT(html, HasSubstr("Articles: at least 1,234"));
  EXPECT_THAT(html, HasSubstr("read differently from how it was typed. <q lang=\"vi\">Câu tìm kiếm"));
  EXPECT_THAT(html, HasSubstr("page_token=tok-en_&amp;lang=en"));
}

TEST(ResultsPage, EscapesWhatTheReaderTyped) {
  const std::string html =
      ResultsPage({{"q", "<script>alert(1)</script>"}, {"sort", "\"><script>"}}, Found(), Counts());
  EXPECT_THAT(html, Not(HasSubstr("<script>")));
}

TEST(ResultsPage, SaysOnceThatPartsAreMissing) {
  v1::SearchResponse response = Found();
  response.set_shards_answered(3);
  EXPECT_THAT(ResultsPage({{"q", "x"}}, response, Counts()), HasSubstr("Chỉ 3/4 phần của kho bài trả lời"));
  response.mutable_notices(0)->set_kind(v1::NOTICE_KIND_PARTIAL);
  response.mutable_notices(0)->set_text("Thiếu.");
  const std::string html = ResultsPage({{"q", "x"}}, response, Counts());
  EXPECT_THAT(html, AllOf(HasSubstr("Thiếu."), Not(HasSubstr("Chỉ 3/4"))));
}

TEST(ResultsPage, SaysThatCountsAreOfTheSearchAsTyped) {
  constexpr char kStrict[] = "chỉ gồm bài khớp đúng như đã gõ";
  v1::SearchResponse response = Found();
  EXPECT_THAT(ResultsPage({{"q", "x"}}, response, Counts()), Not(HasSubstr(kStrict)));
  response.add_notices()->set_kind(v1::NOTICE_KIND_WIDENED);
  EXPECT_THAT(ResultsPage({{"q", "x"}}, response, Counts()), HasSubstr(kStrict));
}

TEST(ResultsPage, NothingFoundOffersTheSearchWithoutConditions) {
  const std::string filtered =
      ResultsPage({{"q", "x"}, {"province", "Huế"}}, v1::SearchResponse(), v1::FacetsResponse());
  EXPECT_THAT(filtered, HasSubstr("Không tìm thấy"));
  EXPECT_THAT(filtered, HasSubstr("<a href=\"/search?q=x\" class=\"button\">Tìm lại, không lọc</a>"));
  EXPECT_THAT(ResultsPage({{"q", "x"}}, v1::SearchResponse(), v1::FacetsResponse()), Not(HasSubstr("không lọc")));
}

TEST(ErrorPage, SpeaksToReadersAndNamesWhatIsWrongWithARequest) {
  EXPECT_THAT(ErrorPage({}, absl::InvalidArgumentError("filter.provinces: \"<x>\"")),
              HasSubstr("filter.provinces: &quot;&lt;x&gt;&quot;"));
  EXPECT_THAT(ErrorPage({}, absl::UnavailableError("10.0.0.7 refused")), Not(HasSubstr("10.0.0.7")));
}

TEST(ErrorPage, OffersTheSameAgainOnlyWhereThatMayHelp) {
  const Params params{{"q", "lúa"}, {"page_token", "t"}};
  EXPECT_THAT(ErrorPage(params, absl::UnavailableError("")),
              HasSubstr("<a href=\"/search?q=l%C3%BAa&amp;page_token=t\" class=\"button\">Thử lại</a>"));
  EXPECT_THAT(ErrorPage(params, absl::InvalidArgumentError("")), Not(HasSubstr("Thử lại")));
  EXPECT_THAT(ErrorPage({}, absl::NotFoundError("")), HasSubstr("<a href=\"/\" class=\"button\">"));
}

TEST(HomePage, TellsHowToSearchAndShowsTheLatestAndThePlaces) {
  const std::string html = HomePage({}, Found(), Counts());
  EXPECT_THAT(html, HasSubstr("không dấu"));
  EXPECT_THAT(html, HasSubstr("<a href=\"/search?q=n%C3%B4ng%20th%C3%B4n%20m%E1%BB%9Bi\""));
  EXPECT_THAT(html, HasSubstr("Lúa &amp; gạo"));
  EXPECT_THAT(html, HasSubstr(">Nghệ An</a> <span class=\"count\">72</span>"));
}

TEST(HomePage, IsThereWithoutThem) {
  const std::string html = HomePage({}, v1::SearchResponse(), v1::FacetsResponse());
  EXPECT_THAT(html, HasSubstr("không dấu"));
  EXPECT_THAT(html, Not(HasSubstr("Theo tỉnh, thành")));
}

}  // namespace
}  // namespace tintinh::web

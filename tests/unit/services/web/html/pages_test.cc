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
using ::tintinh::testing::MakeArticle;

v1::SearchResponse Found() {
  v1::SearchResponse response;
  response.set_total(1234);
  response.mutable_took()->set_nanos(34'000'000);
  v1::Hit& hit = *response.add_hits();
  hit.set_article_id(ArticleId(1));
  hit.set_url("https://bao.example/a?b=1&c=2");
  hit.set_source_name("Báo <Mẫu>");
  hit.set_title("Lúa & gạo");
  v1::Highlight& highlight = *hit.add_title_highlights();
  highlight.set_begin(0);
  highlight.set_end(4);
  v1::Snippet& snippet = *hit.add_snippets();
  snippet.set_part(v1::PART_CAPTION);
  snippet.set_text("Ảnh chụp <script>alert(1)</script>");
  response.add_notices()->set_text("Kết quả có thể thiếu.");
  response.set_next_page_token("tok-en_");
  return response;
}

TEST(ResultsPage, ShowsHitsTotalTimeNoticesAndTheNextPage) {
  const std::string html = ResultsPage({{"q", "lúa"}}, Found());
  EXPECT_THAT(html, HasSubstr("<title>lúa – Tin Tỉnh</title>"));
  EXPECT_THAT(html, HasSubstr("Ít nhất 1.234 bài viết (0,03 giây)"));
  EXPECT_THAT(html, HasSubstr("Kết quả có thể thiếu."));
  EXPECT_THAT(html, HasSubstr("href=\"https://bao.example/a?b=1&amp;c=2\""));
  EXPECT_THAT(html, HasSubstr("<mark>Lúa</mark> &amp; gạo"));
  EXPECT_THAT(html, HasSubstr("/article?id=" + ArticleId(1)));
  EXPECT_THAT(html, HasSubstr("href=\"/search?q=l%C3%BAa&amp;page_token=tok-en_\">Trang sau"));
}

TEST(ResultsPage, EscapesEveryTextFromOutside) {
  const std::string html = ResultsPage({{"q", "<script>"}}, Found());
  EXPECT_THAT(html, Not(HasSubstr("<script>")));
  EXPECT_THAT(html, Not(HasSubstr("Báo <Mẫu>")));
}

TEST(ResultsPage, OnlyWebAddressesBecomeLinks) {
  v1::SearchResponse response = Found();
  response.mutable_hits(0)->set_url("javascript:alert(1)");
  EXPECT_THAT(ResultsPage({}, response), Not(HasSubstr("javascript:")));
}

TEST(ResultsPage, SaysThatNothingWasFound) {
  EXPECT_THAT(ResultsPage({{"q", "x"}}, v1::SearchResponse()), HasSubstr("Không tìm thấy"));
}

TEST(ArticlePage, ShowsLeadParagraphsCaptionsAndTheSource) {
  v1::Article article = MakeArticle(1, "Mùa <nước> nổi", "Nước về.");
  article.set_lead("Tháng chín.");
  article.mutable_paragraphs(0)->set_kind(v1::PARAGRAPH_KIND_QUOTE);
  article.add_authors("Lê Văn Mẫu");
  v1::Photo& photo = *article.add_photos();
  photo.set_caption("Xuồng trên đồng");
  photo.set_credit("V.M");
  const std::string html = ArticlePage(article);
  EXPECT_THAT(html, AllOf(HasSubstr("<h1>Mùa &lt;nước&gt; nổi</h1>"), HasSubstr("<p class=\"lead\">Tháng chín.</p>"),
                          HasSubstr("<blockquote>Nước về.</blockquote>"), HasSubstr("Xuồng trên đồng <cite>V.M</cite>"),
                          HasSubstr("Lê Văn Mẫu"), HasSubstr("href=\"https://bao.example/bai-1\""),
                          HasSubstr("Đọc tại Báo Mẫu"), HasSubstr("02/01/2021")));
}

TEST(ErrorPage, SpeaksToReadersAndNamesWhatIsWrongWithARequest) {
  EXPECT_THAT(ErrorPage({}, absl::InvalidArgumentError("filter.provinces: \"<x>\"")),
              HasSubstr("filter.provinces: &quot;&lt;x&gt;&quot;"));
  EXPECT_THAT(ErrorPage({}, absl::UnavailableError("10.0.0.7 refused")), Not(HasSubstr("10.0.0.7")));
}

TEST(HomePage, TellsHowToSearch) { EXPECT_THAT(HomePage({}), HasSubstr("không dấu")); }

}  // namespace
}  // namespace tintinh::web

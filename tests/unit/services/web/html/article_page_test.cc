#include "services/web/html/article_page.h"

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

TEST(ArticlePage, ShowsLeadParagraphsCaptionsAndTheSource) {
  v1::Article article = MakeArticle(1, "Mùa <nước> nổi", "Nước về.");
  article.set_lead("Tháng chín.");
  article.mutable_paragraphs(0)->set_kind(v1::PARAGRAPH_KIND_QUOTE);
  article.add_authors("Lê Văn Mẫu");
  article.set_agency("TTXVN");
  v1::Photo& photo = *article.add_photos();
  photo.set_caption("Xuồng trên đồng");
  photo.set_credit("V.M");
  photo.set_url("https://bao.example/xuong.jpg");
  const std::string html = ArticlePage({}, article, {});
  EXPECT_THAT(
      html,
      AllOf(HasSubstr("<h1>Mùa &lt;nước&gt; nổi</h1>"), HasSubstr("<p class=\"lead\">Tháng chín.</p>"),
            HasSubstr("<blockquote>Nước về.</blockquote>"), HasSubstr("<span>Xuồng trên đồng</span><cite>V.M</cite>"),
            HasSubstr("href=\"https://bao.example/xuong.jpg\""), HasSubstr("Lê Văn Mẫu, TTXVN"),
            HasSubstr("href=\"https://bao.example/bai-1\""), HasSubstr("Đọc tại Báo Mẫu"), HasSubstr("02/01/2021")));
  EXPECT_THAT(html, Not(HasSubstr("<img"))) << "no picture is fetched from others";
}

TEST(ArticlePage, DocumentsTagsSectionsAndPlacesAreSearches) {
  v1::Article article = MakeArticle(1, "Bài", "Đoạn.");
  v1::DocumentReference& document = *article.add_documents();
  document.set_number("22-NQ/TW");
  document.set_kind("Nghị quyết");
  article.add_tags("lúa <mùa>");
  article.add_section_path("Kinh tế");
  article.mutable_place()->set_province("Vĩnh Phúc");
  article.mutable_place()->set_province_today("Phú Thọ");
  const std::string html = ArticlePage({{"lang", "en"}}, article, {});
  EXPECT_THAT(html, HasSubstr("<a href=\"/search?document=22-NQ%2FTW&amp;lang=en\">Nghị quyết 22-NQ/TW</a>"));
  EXPECT_THAT(html, HasSubstr(">lúa &lt;mùa&gt;</a>"));
  EXPECT_THAT(html, HasSubstr("<a href=\"/search?section=Kinh%20t%E1%BA%BF&amp;lang=en\">Kinh tế</a>"));
  EXPECT_THAT(html, HasSubstr(">Vĩnh Phúc (today Phú Thọ)</a>"));
}

TEST(ArticlePage, TellsWhereTheCopyComesFrom) {
  v1::Article article = MakeArticle(1, "Bài", "Đoạn.");
  article.mutable_fetched()->set_seconds(1'606'367'460);
  article.set_normalizer_version(7);
  article.set_duplicate_cluster(ArticleId(2));
  article.set_body_obfuscated(true);
  const std::string html = ArticlePage({}, article, {});
  EXPECT_THAT(html, HasSubstr("<dt>Thu thập lúc</dt><dd><time datetime=\"2020-11-26T12:11+07:00\">"));
  EXPECT_THAT(html, HasSubstr("<dt>Bộ trích xuất</dt><dd>7</dd>"));
  EXPECT_THAT(html, HasSubstr("/article?id=" + ArticleId(2)));
  EXPECT_THAT(html, HasSubstr("che phần thân bài"));
  EXPECT_THAT(html, HasSubstr("/v1/articles/" + ArticleId(1)));
}

TEST(ArticlePage, OfAnImportedFileTheNameIsShownOnly) {
  v1::Article article = MakeArticle(1, "Bài", "Đoạn.");
  article.set_url("file:/srv/kho/bai <1>.html");
  const std::string html = ArticlePage({}, article, {});
  EXPECT_THAT(html, HasSubstr("<dd>bai &lt;1&gt;.html</dd>"));
  EXPECT_THAT(html, Not(HasSubstr("/srv/kho")));
}

TEST(ArticlePage, LeadsBackToTheSearchItWasFoundBy) {
  const v1::Article article = MakeArticle(1, "Bài", "Đoạn.");
  EXPECT_THAT(ArticlePage({{"q", "lúa"}, {"site", "bao-mau"}, {"id", "x"}}, article, {}),
              HasSubstr("<p class=\"back\"><a href=\"/search?q=l%C3%BAa&amp;site=bao-mau\">"));
  EXPECT_THAT(ArticlePage({{"id", "x"}}, article, {}), Not(HasSubstr("class=\"back\"")));
}

TEST(ArticlePage, ShowsSimilarArticlesButNotItself) {
  const v1::Article article = MakeArticle(1, "Bài", "Đoạn.");
  Hits similar;
  similar.Add()->set_article_id(ArticleId(1));
  EXPECT_THAT(ArticlePage({}, article, similar), Not(HasSubstr("Bài liên quan")));
  v1::Hit& other = *similar.Add();
  other.set_article_id(ArticleId(3));
  other.set_title("Bài <khác>");
  EXPECT_THAT(ArticlePage({}, article, similar), AllOf(HasSubstr("Bài liên quan"), HasSubstr("Bài &lt;khác&gt;")));
}

TEST(ArticlePage, NoTextFromOutsideIsHtmlAndNoForeignSchemeALink) {
  v1::Article article = MakeArticle(1, "<script>alert(1)</script>", "<script>");
  article.set_url("javascript:alert(1)");
  article.set_canonical_url("javascript:alert(2)");
  article.set_source_name("<script>");
  article.set_lead("<script>");
  article.set_content_hash("<script>");
  article.add_authors("<script>");
  article.add_photos()->set_caption("<script>");
  article.mutable_photos(0)->set_url("javascript:alert(3)");
  article.add_documents()->set_number("\"><script>");
  article.mutable_place()->set_province("<script>");
  const std::string html = ArticlePage({{"q", "<script>"}}, article, {});
  EXPECT_THAT(html, Not(HasSubstr("<script>")));
  EXPECT_THAT(html, Not(HasSubstr("href=\"javascript:")));
}

}  // namespace
}  // namespace tintinh::web

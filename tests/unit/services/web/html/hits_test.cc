#include "services/web/html/hits.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/articles.h"

namespace tintinh::web {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::tintinh::testing::ArticleId;

v1::Hit MakeHit(int number, const std::string& source, const std::string& cluster = "") {
  v1::Hit hit;
  hit.set_article_id(ArticleId(number));
  hit.set_url("https://bao.example/a?b=1&c=2");
  hit.set_source_name(source);
  hit.set_title("Bài " + std::to_string(number));
  hit.set_duplicate_cluster(cluster);
  return hit;
}

Hits HitsOf(std::initializer_list<v1::Hit> list) {
  Hits hits;
  for (const v1::Hit& hit : list) *hits.Add() = hit;
  return hits;
}

TEST(GroupDuplicates, AClusterComesWhereItsFirstIs) {
  const Hits hits = HitsOf({MakeHit(5, "A", ArticleId(1)), MakeHit(2, "B"), MakeHit(1, "C"), MakeHit(3, "D"),
                            MakeHit(4, "E", ArticleId(1))});
  const std::vector<HitGroup> groups = GroupDuplicates(hits);
  ASSERT_EQ(groups.size(), 3);
  EXPECT_EQ(groups[0].first, &hits[0]);
  ASSERT_EQ(groups[0].others.size(), 2) << "the first seen member has no cluster of its own";
  EXPECT_EQ(groups[0].others[0], &hits[2]);
  EXPECT_EQ(groups[0].others[1], &hits[4]);
  EXPECT_EQ(groups[1].first, &hits[1]);
  EXPECT_EQ(groups[2].first, &hits[3]);
}

TEST(HitListHtml, SaysHowManyPapersCarryIt) {
  const Hits papers = HitsOf({MakeHit(1, "A"), MakeHit(2, "B", ArticleId(1)), MakeHit(3, "C", ArticleId(1))});
  EXPECT_THAT(HitListHtml({}, papers), HasSubstr("<summary>2 báo khác cũng đăng</summary>"));
  const Hits copies = HitsOf({MakeHit(1, "A"), MakeHit(2, "A", ArticleId(1))});
  EXPECT_THAT(HitListHtml({}, copies), HasSubstr("<summary>1 bản khác của bài này</summary>"));
  EXPECT_THAT(HitListHtml({}, HitsOf({MakeHit(1, "A")})), Not(HasSubstr("<summary>")));
}

TEST(HitListHtml, EscapesEveryTextAndMarksWhatWasFound) {
  v1::Hit hit = MakeHit(1, "Báo <Mẫu>");
  hit.set_title("Lúa & <b>gạo</b>");
  v1::Highlight& highlight = *hit.add_title_highlights();
  highlight.set_begin(0);
  highlight.set_end(4);
  hit.add_section_path("Kinh tế");
  hit.add_section_path("<i>Nông nghiệp");
  hit.mutable_place()->set_province("<Huế>");
  v1::Snippet& snippet = *hit.add_snippets();
  snippet.set_part(v1::PART_CAPTION);
  snippet.set_text("Ảnh <script>alert(1)</script>");
  const std::string html = HitListHtml({{"q", "\"><script>"}}, HitsOf({hit}));
  EXPECT_THAT(html, HasSubstr("<mark>Lúa</mark> &amp; &lt;b&gt;gạo"));
  EXPECT_THAT(html, HasSubstr("<span class=\"source\">Báo &lt;Mẫu&gt;</span><span>&lt;i&gt;Nông nghiệp</span>"));
  EXPECT_THAT(html, HasSubstr("&lt;Huế&gt;"));
  EXPECT_THAT(html, HasSubstr("<p class=\"snippet caption\">Ảnh &lt;script&gt;"));
  EXPECT_THAT(html, Not(HasSubstr("<script>")));
  EXPECT_THAT(html, HasSubstr("href=\"/article?id=" + ArticleId(1) + "&amp;q=%22%3E%3Cscript%3E\""));
}

TEST(HitListHtml, LinksToThePaperOnlyWhereItIsOnTheWeb) {
  v1::Hit hit = MakeHit(1, "Báo Mẫu");
  EXPECT_THAT(HitListHtml({}, HitsOf({hit})), HasSubstr("href=\"https://bao.example/a?b=1&amp;c=2\""));
  EXPECT_THAT(HitListHtml({}, HitsOf({hit})), HasSubstr("Đọc tại Báo Mẫu"));
  hit.set_url("javascript:alert(1)");
  EXPECT_THAT(HitListHtml({}, HitsOf({hit})), Not(HasSubstr("javascript:")));
}

TEST(HitListHtml, AnArticleWithoutATitleShowsItsAddress) {
  v1::Hit hit = MakeHit(1, "A");
  hit.clear_title();
  EXPECT_THAT(HitListHtml({}, HitsOf({hit})), HasSubstr(">https://bao.example/a?b=1&amp;c=2</a></h2>"));
}

TEST(HeadlinesHtml, ShowsOneOfACluster) {
  const std::string html = HeadlinesHtml({}, HitsOf({MakeHit(1, "A"), MakeHit(2, "B", ArticleId(1))}));
  EXPECT_THAT(html, HasSubstr("Bài 1"));
  EXPECT_THAT(html, Not(HasSubstr("Bài 2")));
  EXPECT_EQ(HeadlinesHtml({}, {}), "");
}

}  // namespace
}  // namespace tintinh::web

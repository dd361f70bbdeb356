#include "deploy/demo/layouts.h"

#include <array>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/substitute.h"
#include "absl/time/time.h"
#include "common/time/clock.h"

namespace tintinh::demo {
namespace {

constexpr char kPaper[] = "Báo Sông Lam";

std::string TimeText(const char* format, absl::Time time) { return absl::FormatTime(format, time, VietnamTimeZone()); }

// What a layout is made of, escaped.
struct Parts {
  std::string url;
  std::string section;
  std::string title;
  std::string lead;
  std::string author;
  std::string related;  // <li> elements
};

std::string Links(const std::vector<Article>& articles) {
  std::string items;
  for (const Article& article : articles) {
    absl::StrAppend(&items, "<li><a href=\"", PathOf(article), "\">", EscapeMarkup(article.title),
                    "</a> <span class=\"date\">", TimeText("%H:%M %d/%m/%Y", article.published), "</span></li>\n");
  }
  return items;
}

Parts PartsOf(const Article& article, const std::vector<Article>& related, absl::string_view base) {
  return {absl::StrCat(base, PathOf(article)), Sections()[article.section].name, EscapeMarkup(article.title),
          EscapeMarkup(article.lead),          EscapeMarkup(article.author),     Links(related)};
}

std::string Menu() {
  std::string menu = "<nav class=\"menu\"><ul><li><a href=\"/\">Trang chủ</a></li>";
  for (const Section& section : Sections()) {
    absl::StrAppend(&menu, "<li><a href=\"/", section.slug, "/\">", section.name, "</a></li>");
  }
  return menu + "</ul></nav>\n";
}

std::string Head(absl::string_view title, absl::string_view more) {
  return absl::StrCat("<!DOCTYPE html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n<title>", title, " - ",
                      kPaper,
                      "</title>\n<link rel=\"stylesheet\" href=\"/style.css\">\n"
                      "<link rel=\"alternate\" type=\"application/rss+xml\" href=\"/rss/home.rss\">\n",
                      more, "</head>\n<body>\n<header><a class=\"logo\" href=\"/\">", kPaper,
                      "</a><span class=\"slogan\">Trang tin trình diễn</span></header>\n", Menu());
}

std::string Footer() {
  return absl::StrCat("<footer><p>", kPaper,
                      " (trình diễn): tờ báo không có thật, mọi chuyện trong đây đều được đặt ra.</p>"
                      "<p>Tổng Biên tập: Người Trình Diễn. Giấy phép số 00/GP-TD. Điện thoại: 000 000 "
                      "000</p></footer>\n</body>\n</html>\n");
}

std::string PlainParagraphs(const Article& article, absl::string_view open) {
  std::string html;
  for (const std::string& paragraph : article.paragraphs) {
    absl::StrAppend(&html, open, EscapeMarkup(paragraph), "</p>\n");
  }
  return html;
}

// Photographs with a caption in the dialect's own frame: $0 the picture's address, $1 the caption, $2 the credit.
std::string Photos(const Article& article, const char* frame) {
  std::string html;
  for (size_t i = 0; i < article.photos.size(); ++i) {
    html += absl::Substitute(frame, absl::StrCat("/images/", (article.number + i) % 4, ".svg"),
                             EscapeMarkup(article.photos[i].caption), EscapeMarkup(article.photos[i].credit));
  }
  return html;
}

std::string OpenGraph(const Parts& parts, absl::Time published) {
  return absl::Substitute(
      "<meta property=\"og:title\" content=\"$0\">\n<meta property=\"og:type\" content=\"article\">\n"
      "<meta property=\"og:url\" content=\"$1\">\n<link rel=\"canonical\" href=\"$1\">\n"
      "<meta property=\"article:published_time\" content=\"$2\">\n<meta property=\"article:section\" content=\"$3\">\n",
      parts.title, parts.url, TimeText("%Y-%m-%dT%H:%M:%S%Ez", published), parts.section);
}

std::string RenderVccorp(const Article& article, const Parts& parts) {
  return absl::StrCat(
      Head(parts.title, OpenGraph(parts, article.published)),
      absl::Substitute("<main><div class=\"detail-cate\"><a href=\"/$0/\">$1</a></div>\n"
                       "<h1 class=\"detail-title article-title\" data-role=\"title\">$2</h1>\n"
                       "<div class=\"detail-time\" data-role=\"publishdate\">$3 GMT+7</div>\n"
                       "<h2 class=\"detail-sapo\" data-role=\"sapo\">$4</h2>\n",
                       Sections()[article.section].slug, parts.section, parts.title,
                       TimeText("%d/%m/%Y %H:%M", article.published), parts.lead),
      "<div class=\"detail-content afcbc-body\" data-role=\"content\">\n",
      Photos(
          article,
          "<figure class=\"VCSortableInPreviewMode\"><img src=\"$0\" alt=\"\"><figcaption class=\"PhotoCMS_Caption\">"
          "<p data-placeholder=\"Nhập chú thích ảnh\">$1 Ảnh: $2</p></figcaption></figure>\n"),
      PlainParagraphs(article, "<p>"), "</div>\n<div class=\"detail-author\" data-role=\"author\">", parts.author,
      "</div>\n<div class=\"box-relate\"><h3>Tin liên quan</h3><ul>", parts.related, "</ul></div></main>\n", Footer());
}

std::string RenderZce(const Article& article, const Parts& parts) {
  return absl::StrCat(
      Head(parts.title, OpenGraph(parts, article.published)),
      absl::Substitute("<article class=\"article\"><ul class=\"breadcrumb\"><li><a href=\"/$0/\">$1</a></li></ul>\n"
                       "<h1 class=\"article__title cms-title\">$2</h1>\n<div class=\"article__meta\">"
                       "<span class=\"cms-author\">$3</span> <time class=\"cms-date\" datetime=\"$4\">$5</time></div>\n"
                       "<div class=\"article__sapo cms-desc\">(BSL)- $6</div>\n",
                       Sections()[article.section].slug, parts.section, parts.title, parts.author,
                       TimeText("%Y-%m-%dT%H:%M:%S%Ez", article.published),
                       TimeText("%d/%m/%Y %H:%M", article.published), parts.lead),
      "<div class=\"article__body zce-content-body cms-body\">\n",
      Photos(article,
             "<table class=\"picture\"><tr><td class=\"pic\"><img data-src=\"$0\" src=\"/images/1.svg\"></td></tr>"
             "<tr><td class=\"caption\">$1 Ảnh: $2</td></tr></table>\n"),
      PlainParagraphs(article, "<p>"), "<p class=\"author\"><strong>", parts.author,
      "</strong></p>\n</div>\n<div class=\"story-related\"><h3>Đọc thêm</h3><ul>", parts.related,
      "</ul></div></article>\n", Footer());
}

std::string RenderOneCms(const Article& article, const Parts& parts) {
  return absl::StrCat(
      Head(parts.title, OpenGraph(parts, article.published)),
      absl::Substitute(
          "<div class=\"c-news-detail\"><div class=\"b-breadcrumb\"><a href=\"/$0/\">$1</a></div>\n"
          "<h1 class=\"sc-longform-header-title block-sc-title\"><span class=\"block-sc-title-sub\">$2</span></h1>\n"
          "<div class=\"sc-longform-header-meta\"><span class=\"block-sc-author\">$3</span>"
          "<span class=\"block-sc-publish-time\">$4</span></div>\n"
          "<p class=\"sc-longform-header-sapo block-sc-sapo\">$5</p>\n",
          Sections()[article.section].slug, parts.section, parts.title, parts.author,
          TimeText("%d/%m/%Y - %H:%M", article.published), parts.lead),
      "<div class=\"b-maincontent\">\n",
      Photos(article, "<figure><img src=\"$0\" alt=\"\"><figcaption>$1 - Ảnh: $2</figcaption></figure>\n"),
      PlainParagraphs(article, "<p>"), "</div>\n<div class=\"b-grid\"><h3>Tin cùng chuyên mục</h3><ul>", parts.related,
      "</ul></div></div>\n", Footer());
}

std::string RenderMasterCms(const Article& article, const Parts& parts) {
  return absl::StrCat(
      Head(parts.title, absl::Substitute("<link rel=\"canonical\" href=\"$0\">\n", parts.url)),
      absl::Substitute("<div class=\"article-detail\"><div class=\"bx-cat\"><a href=\"/$0/\">$1</a></div>\n"
                       "<h1 class=\"article-detail-title\">$2</h1>\n<div class=\"bx-time format_date\">$3</div>\n"
                       "<div class=\"article-detail-desc\">$4</div>\n",
                       Sections()[article.section].slug, parts.section, parts.title,
                       TimeText("%H:%M | %d/%m/%Y", article.published), parts.lead),
      "<div class=\"__MASTERCMS_CONTENT __MB_MASTERCMS_EL\">\n",
      Photos(
          article,
          "<table class=\"MASTERCMS_TPL_TABLE\"><tbody><tr><td><img src=\"$0\"></td></tr><tr><td>$1 Ảnh: $2</td></tr>"
          "</tbody></table>\n"),
      PlainParagraphs(article, "<p style=\"text-align: justify;\">"),
      "<p style=\"text-align: right;\"><strong>Bài, ảnh: ", parts.author,
      "</strong></p>\n</div>\n<div class=\"bx-other\"><h3>Tin khác</h3><ul>", parts.related, "</ul></div></div>\n",
      Footer());
}

std::string RenderNukeViet(const Article& article, const Parts& parts) {
  return absl::StrCat(
      Head(parts.title, absl::Substitute("<meta property=\"og:title\" content=\"$0\">\n", parts.title)),
      absl::Substitute(
          "<div class=\"news_column\"><ul class=\"breadcrumb\"><li><a href=\"/\">Trang nhất</a></li>"
          "<li><a href=\"/$0/\">$1</a></li></ul>\n<h1 class=\"title margin-bottom-lg\" itemprop=\"headline\">$2</h1>\n"
          "<div class=\"h5\">Đăng lúc: $3 - Người đăng bài viết: ban biên tập</div>\n"
          "<div class=\"hometext\">$4</div>\n",
          Sections()[article.section].slug, parts.section, parts.title, TimeText("%d/%m/%Y %H:%M", article.published),
          parts.lead),
      "<div id=\"news-bodyhtml\" class=\"bodytext\">\n",
      Photos(article,
             "<div class=\"article\"><img src=\"$0\" alt=\"\"><p class=\"imgalt\"><em>$1 Ảnh: $2</em></p></div>\n"),
      PlainParagraphs(article, "<p>"),
      "</div>\n<div class=\"margin-bottom\"><p class=\"h5 text-right\"><strong>Tác giả: </strong>", parts.author,
      "</p></div>\n<p class=\"h3\"><strong>Những tin cũ hơn</strong></p><ul class=\"related\">", parts.related,
      "</ul></div>\n", Footer());
}

std::string RenderWordPress(const Article& article, const Parts& parts) {
  return absl::StrCat(
      Head(parts.title,
           absl::StrCat("<meta name=\"generator\" content=\"WordPress\">\n", OpenGraph(parts, article.published))),
      absl::Substitute("<div class=\"single-content\"><div class=\"breadcrumbs\"><a href=\"/$0/\">$1</a></div>\n"
                       "<h1 class=\"entry-title\">$2</h1>\n<time class=\"entry-date published\" datetime=\"$3\">Ngày "
                       "đăng: $4</time>\n"
                       "<div class=\"entry-content\"><p><strong>$5</strong></p>\n",
                       Sections()[article.section].slug, parts.section, parts.title,
                       TimeText("%Y-%m-%dT%H:%M:%S%Ez", article.published), TimeText("%d/%m/%Y", article.published),
                       parts.lead),
      Photos(article,
             "<div class=\"wp-caption\"><img src=\"$0\" alt=\"\"><p class=\"wp-caption-text\">$1 Ảnh: $2</p></div>\n"),
      PlainParagraphs(article, "<p>"), "<p style=\"text-align:right\"><strong>", parts.author,
      "</strong></p>\n</div>\n<div id=\"respond\"><h3>Bình luận</h3><form><label>Tên của "
      "bạn</label><input></form></div>\n"
      "<div class=\"related-posts\"><h3>Bài liên quan</h3><ul>",
      parts.related, "</ul></div></div>\n", Footer());
}

// A page-wide form, as old ASP.NET sites have it.
std::string RenderAspNet(const Article& article, const Parts& parts) {
  return absl::StrCat(
      Head(parts.title, ""),
      absl::Substitute(
          "<form method=\"post\" action=\"$0\"><input type=\"hidden\" name=\"__VIEWSTATE\" value=\"xyz\">\n"
          "<table width=\"100%\"><tr><td class=\"main\"><div class=\"path\"><a href=\"/$1/\">$2</a></div>\n"
          "<h1 class=\"news_title\">$3</h1><span class=\"news_date\">$4</span>\n<div class=\"news_lead\">$5</div>\n",
          PathOf(article), Sections()[article.section].slug, parts.section, parts.title,
          TimeText("%d/%m/%Y %H:%M", article.published), parts.lead),
      "<div id=\"newscontents\">\n",
      Photos(article,
             "<p align=\"center\"><img src=\"$0\"></p><p align=\"center\" class=\"caption\"><i>$1 Ảnh: $2</i></p>\n"),
      PlainParagraphs(article, "<p>"), "<p align=\"right\"><b>", parts.author,
      "</b></p>\n</div></td><td class=\"side\"><b>Đọc nhiều</b><ul>", parts.related, "</ul></td></tr></table></form>\n",
      Footer());
}

}  // namespace

std::string EscapeMarkup(absl::string_view text) {
  return absl::StrReplaceAll(text, {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}});
}

std::string PathOf(const Article& article) {
  return absl::StrCat("/", Sections()[article.section].slug, "/", article.slug, ".html");
}

std::string RenderArticle(const Article& article, const std::vector<Article>& related, absl::string_view base) {
  static constexpr std::array kRenderers = {RenderVccorp,   RenderZce,       RenderOneCms, RenderMasterCms,
                                            RenderNukeViet, RenderWordPress, RenderAspNet};
  static_assert(kRenderers.size() == kLayouts);
  return kRenderers[article.number % kLayouts](article, PartsOf(article, related, base));
}

std::string RenderList(absl::string_view heading, const std::vector<Article>& articles, absl::string_view base) {
  const std::string title = heading.empty() ? "Trang chủ" : EscapeMarkup(heading);
  std::string html = Head(title, absl::StrCat("<link rel=\"canonical\" href=\"", base, "/\">\n"));
  absl::StrAppend(&html, "<main class=\"list\"><h1>", title, "</h1>\n");
  for (const Article& article : articles) {
    absl::StrAppend(&html, "<div class=\"item\"><h3><a href=\"", PathOf(article), "\">", EscapeMarkup(article.title),
                    "</a></h3><p>", EscapeMarkup(article.lead), "</p></div>\n");
  }
  return html + "</main>\n" + Footer();
}

}  // namespace tintinh::demo

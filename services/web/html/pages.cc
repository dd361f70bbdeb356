#include "services/web/html/pages.h"

#include <cstdint>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/time/time.h"
#include "services/web/html/page_frame.h"
#include "services/web/html/text.h"

namespace tintinh::web {
namespace {

constexpr char kSourceLink[] = " rel=\"noopener external\" referrerpolicy=\"origin\"";

// <tag class="name">text</tag>, or nothing for an empty text. `html` is HTML already.
std::string Element(absl::string_view tag, absl::string_view name, absl::string_view html) {
  if (html.empty()) return "";
  return absl::StrCat("<", tag, name.empty() ? "" : absl::StrCat(" class=\"", name, "\""), ">", html, "</", tag, ">");
}

std::string SourceName(const std::string& source_name, const std::string& site) {
  return source_name.empty() ? site : source_name;
}

std::string MetaLine(const std::vector<std::string>& parts) {
  std::string line;
  for (const std::string& part : parts) absl::StrAppend(&line, Element("span", "", Escape(part)));
  return Element("p", "meta", line);
}

std::string StoredCopyUrl(const std::string& article_id) { return absl::StrCat("/article?id=", Escape(article_id)); }

std::string HitHtml(const v1::Hit& hit) {
  const std::string title =
      hit.title().empty() ? Escape(hit.url()) : EscapeWithMarks(hit.title(), hit.title_highlights());
  const std::string link = IsWebUrl(hit.url()) ? absl::StrCat("<a href=\"", Escape(hit.url()), "\"", kSourceLink, ">")
                                               : absl::StrCat("<a href=\"", StoredCopyUrl(hit.article_id()), "\">");
  std::string html = absl::StrCat("<h2>", link, title, "</a></h2>");
  html += MetaLine({SourceName(hit.source_name(), hit.site()),
                    FormatPublished(hit.published(), hit.published_precision()), FormatPlace(hit.place())});
  for (const v1::Snippet& snippet : hit.snippets()) {
    html += Element("p", snippet.part() == v1::PART_CAPTION ? "snippet caption" : "snippet",
                    EscapeWithMarks(snippet.text(), snippet.highlights()));
  }
  absl::StrAppend(&html, "<p class=\"stored\"><a href=\"", StoredCopyUrl(hit.article_id()), "\">Xem bản lưu</a></p>");
  return Element("li", "hit", html);
}

std::string Summary(const v1::SearchResponse& response) {
  const double seconds = static_cast<double>(response.took().seconds()) + response.took().nanos() / 1e9;
  const std::string time = absl::StrReplaceAll(absl::StrFormat("%.2f", seconds), {{".", ","}});
  return Element("p", "summary",
                 absl::StrCat(response.total_is_exact() ? "" : "Ít nhất ", FormatCount(response.total()), " bài viết (",
                              time, " giây)"));
}

std::string Notices(const v1::SearchResponse& response) {
  std::string html;
  for (const v1::Notice& notice : response.notices()) html += Element("p", "notice", Escape(notice.text()));
  return html;
}

constexpr char kNothingFound[] =
    "<div class=\"state\"><p><strong>Không tìm thấy bài viết nào.</strong></p>"
    "<p>Thử ít từ hơn, bỏ dấu ngoặc kép, hoặc bỏ bớt điều kiện lọc.</p></div>";

constexpr char kWelcome[] =
    "<div class=\"state welcome\"><p>Tin tức của các tỉnh, thành Việt Nam, tìm được cả khi gõ không dấu.</p>"
    "<p class=\"hints\">Gõ <kbd>\"cụm từ\"</kbd> để tìm đúng cụm, <kbd>+từ</kbd> để bắt buộc, "
    "<kbd>-từ</kbd> để loại trừ.</p></div>";

std::string Hits(const v1::SearchResponse& response) {
  std::string items;
  for (const v1::Hit& hit : response.hits()) items += HitHtml(hit);
  return items.empty() ? kNothingFound : Element("ol", "hits", items);
}

std::string NextLink(const Params& params, const v1::SearchResponse& response) {
  if (response.next_page_token().empty()) return "";
  const std::string url = Escape(SearchUrl(params, response.next_page_token()));
  return absl::StrCat("<nav class=\"pages\"><a class=\"next\" rel=\"next\" href=\"", url, "\">Trang sau</a></nav>");
}

std::string PageTitle(const Params& params) {
  const absl::string_view query = Param(params, "q");
  return query.empty() ? "Tin Tỉnh" : absl::StrCat(query, " – Tin Tỉnh");
}

std::string ParagraphHtml(const v1::Paragraph& paragraph) {
  const std::string text = Escape(paragraph.text());
  switch (paragraph.kind()) {
    case v1::PARAGRAPH_KIND_HEADING:
      return Element("h2", "", text);
    case v1::PARAGRAPH_KIND_QUOTE:
      return Element("blockquote", "", text);
    case v1::PARAGRAPH_KIND_TABLE_ROW:
      return Element("p", "row", text);
    case v1::PARAGRAPH_KIND_LIST_ITEM:
      return Element("p", "item", text);
    default:
      return Element("p", "", text);
  }
}

std::string PhotosHtml(const v1::Article& article) {
  std::string items;
  for (const v1::Photo& photo : article.photos()) {
    std::string text = Escape(photo.caption());
    if (!photo.credit().empty()) absl::StrAppend(&text, " <cite>", Escape(photo.credit()), "</cite>");
    items += Element("li", "", text);
  }
  return items.empty() ? ""
                       : absl::StrCat("<section class=\"photos\"><h2>Ảnh</h2>", Element("ul", "", items), "</section>");
}

std::string SourceHtml(const v1::Article& article) {
  if (!IsWebUrl(article.url())) return "";
  return absl::StrCat("<p class=\"source\"><a href=\"", Escape(article.url()), "\"", kSourceLink, ">Đọc tại ",
                      Escape(SourceName(article.source_name(), article.site())), "</a></p>");
}

std::string AuthorLine(const v1::Article& article) {
  std::vector<std::string> names(article.authors().begin(), article.authors().end());
  if (!article.agency().empty()) names.push_back(article.agency());
  return Element("p", "authors", Escape(absl::StrJoin(names, ", ")));
}

// Says what a reader can do about it.
std::string ReaderMessage(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kInvalidArgument:
      return "Yêu cầu tìm kiếm này không đọc được.";
    case absl::StatusCode::kNotFound:
      return "Không có bài viết hay trang này.";
    case absl::StatusCode::kResourceExhausted:
      return "Đang có quá nhiều người tìm. Xin thử lại sau ít giây.";
    case absl::StatusCode::kDeadlineExceeded:
      return "Tìm lâu quá mà chưa xong. Xin thử lại.";
    default:
      return "Chưa tìm được lúc này. Xin thử lại sau.";
  }
}

}  // namespace

std::string HomePage(const Params& params) { return Frame("home", "Tin Tỉnh", params, kWelcome); }

std::string ResultsPage(const Params& params, const v1::SearchResponse& response) {
  return Frame("results", PageTitle(params), params,
               absl::StrCat(Summary(response), Notices(response), Hits(response), NextLink(params, response)));
}

std::string ArticlePage(const v1::Article& article) {
  std::string html = Element("h1", "", Escape(article.title()));
  html += MetaLine({SourceName(article.source_name(), article.site()),
                    FormatPublished(article.published(), article.published_precision()), FormatPlace(article.place())});
  html += Element("p", "lead", Escape(article.lead()));
  for (const v1::Paragraph& paragraph : article.paragraphs()) html += ParagraphHtml(paragraph);
  absl::StrAppend(&html, AuthorLine(article), PhotosHtml(article), SourceHtml(article));
  return Frame("article", absl::StrCat(article.title(), " – Tin Tỉnh"), {}, Element("article", "", html));
}

std::string ErrorPage(const Params& params, const absl::Status& status) {
  std::string html = Element("p", "", Element("strong", "", ReaderMessage(status)));
  const absl::string_view message = status.message();
  if (status.code() == absl::StatusCode::kInvalidArgument) html += Element("p", "detail", Escape(message));
  return Frame("error", "Tin Tỉnh", params, absl::StrCat("<div class=\"state error\" role=\"alert\">", html, "</div>"));
}

}  // namespace tintinh::web

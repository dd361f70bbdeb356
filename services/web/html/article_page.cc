#include "services/web/html/article_page.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "absl/strings/substitute.h"
#include "services/web/html/links.h"
#include "services/web/html/page_frame.h"
#include "services/web/html/phrases.h"
#include "services/web/html/text.h"

namespace tintinh::web {
namespace {

absl::string_view SourceOf(const v1::Article& article) {
  return article.source_name().empty() ? article.site() : article.source_name();
}

std::string Paragraph(const v1::Paragraph& paragraph) {
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

std::string Kicker(const Params& params, const v1::Article& article) {
  std::string parts =
      Element("span", "source", Link(SearchFor(params, "site", article.site()), Escape(SourceOf(article))));
  for (const std::string& section : article.section_path()) {
    parts += Element("span", "", Link(SearchFor(params, "section", section), Escape(section)));
  }
  return Element("p", "kicker", parts);
}

std::string Place(const Params& params, const v1::Place& place) {
  if (place.province().empty()) return Escape(FormatPlace(place, PhrasesOf(params)));
  return Link(SearchFor(params, "province", place.province()), Escape(FormatPlace(place, PhrasesOf(params))));
}

std::string Meta(const Params& params, const v1::Article& article) {
  const Phrases& phrases = PhrasesOf(params);
  std::string parts =
      Element("span", "", TimeHtml(article.published(), article.published_precision(), phrases, DateForm::kLong));
  parts += Element("span", "place", Place(params, article.place()));
  if (article.reading_seconds() > 0) {
    const std::string minutes = absl::Substitute(phrases.minutes, (article.reading_seconds() + 59) / 60);
    parts += Element("span", "", Escape(absl::StrCat(phrases.reading, " ", minutes)));
  }
  return Element("p", "meta", parts);
}

std::string Authors(const v1::Article& article) {
  std::vector<std::string> names(article.authors().begin(), article.authors().end());
  if (!article.agency().empty()) names.push_back(article.agency());
  return Element("p", "authors", Escape(absl::StrJoin(names, ", ")));
}

std::string Source(const v1::Article& article, const Phrases& phrases) {
  if (!IsWebUrl(article.url())) return "";
  return Element("p", "read", OuterLink(article.url(), Escape(absl::Substitute(phrases.read_at, SourceOf(article)))));
}

std::string PhotoItem(const v1::Photo& photo, const Phrases& phrases) {
  std::string html = Element("span", "", Escape(photo.caption()));
  html += Element("cite", "", Escape(photo.credit()));
  if (IsWebUrl(photo.url())) html += OuterLink(photo.url(), Escape(phrases.photo));
  return Element("li", "", html);
}

std::string Section(absl::string_view name, absl::string_view heading, const std::string& html) {
  if (html.empty()) return "";
  return Element("section", name, absl::StrCat(Element("h2", "", Escape(heading)), html));
}

std::string Photos(const v1::Article& article, const Phrases& phrases) {
  std::string items;
  for (const v1::Photo& photo : article.photos()) {
    if (!photo.caption().empty()) items += PhotoItem(photo, phrases);
  }
  return Section("photos", phrases.photos, Element("ul", "", items));
}

std::string Documents(const Params& params, const v1::Article& article) {
  std::string items;
  for (const v1::DocumentReference& document : article.documents()) {
    const std::string name = document.kind().empty() ? "" : absl::StrCat(document.kind(), " ");
    items +=
        Element("li", "",
                Link(SearchFor(params, "document", document.number()), Escape(absl::StrCat(name, document.number()))));
  }
  return Section("documents", PhrasesOf(params).documents, Element("ul", "", items));
}

std::string Tags(const Params& params, const v1::Article& article) {
  std::string items;
  for (const std::string& tag : article.tags()) {
    items += Element("li", "", Link(SearchFor(params, "q", tag), Escape(tag)));
  }
  return Section("tags", PhrasesOf(params).tags, Element("ul", "", items));
}

std::string Similar(const Params& params, const v1::Article& article, const Hits& similar) {
  Hits others;
  for (const v1::Hit& hit : similar) {
    if (hit.article_id() != article.article_id()) *others.Add() = hit;
  }
  return Section("similar", PhrasesOf(params).similar, HeadlinesHtml(params, others));
}

absl::string_view KindText(v1::PageKind kind, const Phrases& phrases) {
  switch (kind) {
    case v1::PAGE_KIND_ARTICLE:
      return phrases.kind_article;
    case v1::PAGE_KIND_GALLERY:
      return phrases.kind_gallery;
    case v1::PAGE_KIND_VIDEO:
      return phrases.kind_video;
    case v1::PAGE_KIND_DOCUMENT:
      return phrases.kind_document;
    default:
      return phrases.kind_other;
  }
}

// A row of a list of facts; `html` is HTML already.
std::string Fact(absl::string_view name, const std::string& html) {
  return html.empty() ? "" : absl::StrCat(Element("dt", "", Escape(name)), Element("dd", "", html));
}

std::string Address(absl::string_view url) {
  const std::string text = Escape(ShownAddress(url));
  return IsWebUrl(url) ? OuterLink(url, text) : text;
}

std::string Stamp(bool set, const google::protobuf::Timestamp& time, const Phrases& phrases) {
  return set ? TimeHtml(time, v1::TIME_PRECISION_MINUTE, phrases) : "";
}

std::string Cluster(const Params& params, const v1::Article& article) {
  const std::string& cluster = article.duplicate_cluster();
  if (cluster.empty() || cluster == article.article_id()) return "";
  return Link(ArticleLink(params, cluster), Escape(cluster));
}

std::string Facts(const Params& params, const v1::Article& article) {
  const Phrases& phrases = PhrasesOf(params);
  const std::string canonical = article.canonical_url() == article.url() ? "" : Address(article.canonical_url());
  std::string kind =
      absl::StrCat(KindText(article.kind(), phrases), ": ",
                   absl::Substitute(phrases.extracted, article.paragraphs_size(), article.photos_size()));
  std::string html = Fact(phrases.fetched_at, Stamp(article.has_fetched(), article.fetched(), phrases));
  html += Fact(phrases.address, Address(article.url()));
  html += Fact(phrases.canonical, canonical);
  html += Fact(phrases.published_at, TimeHtml(article.published(), article.published_precision(), phrases));
  html += Fact(phrases.modified_at, Stamp(article.has_modified(), article.modified(), phrases));
  html += Fact(phrases.kind, Escape(kind));
  html += Fact(phrases.site, Escape(article.site()));
  if (article.normalizer_version() > 0) html += Fact(phrases.normalizer, absl::StrCat(article.normalizer_version()));
  html += Fact(phrases.content_hash, Escape(article.content_hash()));
  return html + Fact(phrases.copy_of, Cluster(params, article));
}

std::string Provenance(const Params& params, const v1::Article& article) {
  const Phrases& phrases = PhrasesOf(params);
  std::string html = article.body_obfuscated() ? Element("p", "notice", Escape(phrases.obfuscated)) : "";
  html += Element("dl", "", Facts(params, article));
  html += Element("p", "", Link(absl::StrCat("/v1/articles/", article.article_id()), Escape(phrases.json)));
  return Section("provenance", phrases.provenance, html);
}

std::string Back(const Params& params) {
  if (!IsSearch(params)) return "";
  return Element(
      "p", "back",
      Link(SearchLink(params), absl::StrCat("<span aria-hidden=\"true\">←</span> ", Escape(PhrasesOf(params).back))));
}

std::string Story(const Params& params, const v1::Article& article) {
  const Phrases& phrases = PhrasesOf(params);
  std::string html = Kicker(params, article) + Element("h1", "", Escape(article.title())) + Meta(params, article);
  html += Element("p", "lead", Escape(article.lead()));
  std::string body;
  for (const v1::Paragraph& paragraph : article.paragraphs()) body += Paragraph(paragraph);
  html += Element("div", "body", body);
  return Element("article", "",
                 absl::StrCat(html, Authors(article), Source(article, phrases), Photos(article, phrases)));
}

}  // namespace

std::string ArticlePage(const Params& params, const v1::Article& article, const Hits& similar) {
  const std::string beside = absl::StrCat(Similar(params, article, similar), Documents(params, article),
                                          Tags(params, article), Provenance(params, article));
  const std::string html = absl::StrCat(Back(params), "<div class=\"columns\">", Story(params, article),
                                        Element("div", "beside", beside), "</div>");
  return Frame(params, {"article", absl::StrCat(article.title(), " – Tin Tỉnh"), html,
                        ArticleLink(InOtherLanguage(params), article.article_id())});
}

}  // namespace tintinh::web

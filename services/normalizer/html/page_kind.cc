#include "services/normalizer/html/page_kind.h"

#include <algorithm>
#include <cstddef>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/text/normal_form.h"
#include "common/text/syllable.h"
#include "common/url/url.h"
#include "services/normalizer/html/links.h"

namespace tintinh::normalizer::html {
namespace {

constexpr uint32_t kLittleText = 500;
constexpr uint32_t kBodyText = 400;
constexpr uint32_t kBriefText = 150;  // two sentences: papers print news in brief
constexpr size_t kStubBytes = 2000;
constexpr int kArticleVotes = 3;
constexpr size_t kListingLinks = 8;
constexpr uint32_t kListingHeadlines = 5;

uint32_t ShownLetters(const Page& page) {
  uint32_t letters = 0;
  for (const Block& block : page.blocks) letters += block.type == BlockType::kText ? block.letters : 0;
  return letters;
}

bool SaysBlocked(const Page& page) {
  std::string words = text::Fold(page.metadata.title_element());
  for (const Block& block : page.blocks) {
    if (words.size() > 4000) break;
    if (block.type == BlockType::kText) absl::StrAppend(&words, "\n", text::Fold(block.text));
  }
  for (const absl::string_view phrase :
       {"just a moment", "attention required", "captcha", "access denied", "checking your browser", "tu choi truy cap",
        "khong phai la robot", "khong phai robot", "403 forbidden", "request blocked", "ban da bi chan",
        "are you human", "xac minh trinh duyet", "kiem tra trinh duyet", "unusual traffic"}) {
    if (absl::StrContains(words, phrase)) return true;
  }
  return false;
}

// A stub that only sets a cookie and loads itself again.
bool IsCookieStub(absl::string_view html, uint32_t shown_letters) {
  return html.size() < kStubBytes && shown_letters < 100 && absl::StrContains(html, "document.cookie");
}

int AddressVotes(const Page& page) {
  const absl::StatusOr<url::Parts> parts = url::Parse(page.url);
  if (!parts.ok()) return 0;
  if (parts->path == "/" || parts->path.empty()) return -5;
  const v1::LinkKind kind = GuessLinkKind(page.url);
  if (kind == v1::LINK_KIND_ARTICLE) return 1;
  return kind == v1::LINK_KIND_LISTING ? -2 : 0;
}

int SelfDescriptionVotes(const Page& page) {
  const std::string type = absl::AsciiStrToLower(page.metadata.Meta("og:type"));
  int votes = page.metadata.json_ld().is_article ? 2 : 0;
  if (absl::StartsWith(type, "article") || absl::StartsWith(type, "news")) votes += 1;
  if (page.metadata.json_ld().is_listing) votes -= 2;
  if (!page.metadata.Meta("article:published_time").empty()) votes += 1;
  return votes;
}

int TextVotes(const Content& content) {
  int votes = content.letters >= kBodyText ? 1 : content.letters >= kBriefText ? 0 : -1;
  if (content.letters >= 3 * kBodyText) votes += 1;
  if (content.link_letters > content.letters) votes -= 3;
  if (content.headlines >= kListingHeadlines && content.headlines * 2 >= content.sentences) votes -= 4;
  return votes;
}

bool LinksDocument(const Page& page, const Content& content) {
  for (dom::NodeId id = content.node; id < page.document.end(content.node); ++id) {
    if (page.document.tag(id) != "a") continue;
    const std::string href = absl::AsciiStrToLower(page.document.attribute(id, "href"));
    for (const absl::string_view suffix : {".pdf", ".doc", ".docx", ".xls", ".xlsx"}) {
      if (absl::EndsWith(href, suffix)) return true;
    }
  }
  return false;
}

v1::PageKind KindOfShortArticle(const Page& page, const Content& content, const Draft& draft) {
  const bool is_video = page.metadata.json_ld().is_video ||
                        absl::StartsWith(absl::AsciiStrToLower(page.metadata.Meta("og:type")), "video");
  if (is_video) return v1::PAGE_KIND_VIDEO;
  if (draft.photos.size() >= 4) return v1::PAGE_KIND_GALLERY;
  if (LinksDocument(page, content)) return v1::PAGE_KIND_DOCUMENT;
  return v1::PAGE_KIND_ARTICLE;
}

}  // namespace

bool IsBlockPage(const Page& page, const Content& content, absl::string_view html) {
  const uint32_t shown = ShownLetters(page);
  if (content.letters > kLittleText || shown > 3 * kLittleText) return false;
  return IsCookieStub(html, shown) || SaysBlocked(page);
}

v1::PageKind GuessPageKind(const Page& page, const Content& content, const Title& title, const Draft& draft) {
  int votes = AddressVotes(page) + SelfDescriptionVotes(page) + TextVotes(content);
  if (title.agreed && title.node != dom::kRoot) votes += 1;
  if (draft.published) votes += 1;
  if (!draft.authors.empty() || !draft.lead.empty()) votes += 1;
  const bool has_text = !draft.paragraphs.empty() || !draft.lead.empty() || !draft.photos.empty();
  if (votes >= kArticleVotes && has_text && !draft.title.empty()) {
    return content.letters < kBodyText ? KindOfShortArticle(page, content, draft) : v1::PAGE_KIND_ARTICLE;
  }
  const auto stories = std::count_if(draft.links.begin(), draft.links.end(),
                                     [](const DraftLink& link) { return link.kind == v1::LINK_KIND_ARTICLE; });
  return static_cast<size_t>(stories) >= kListingLinks ? v1::PAGE_KIND_LISTING : v1::PAGE_KIND_OTHER;
}

std::string GuessLanguage(const Page& page, const Draft& draft) {
  size_t words = 0, vietnamese = 0, marked = 0;
  for (const DraftParagraph& paragraph : draft.paragraphs) {
    if (words > 2000) break;
    for (const absl::string_view word :
         absl::StrSplit(text::LowerCase(paragraph.text), absl::ByAnyChar(" ,.;:!?()\"'“”‘’-–/…"), absl::SkipEmpty())) {
      ++words;
      vietnamese += text::IsVietnameseSyllable(word) ? 1 : 0;
      marked += text::HasMark(word) ? 1 : 0;
    }
  }
  if (words >= 20 && vietnamese * 10 >= words * 6 && marked * 4 >= words) return "vi";
  std::string stated = page.metadata.json_ld().language;
  if (stated.empty()) stated = page.metadata.language();
  stated = absl::AsciiStrToLower(stated.substr(0, stated.find_first_of("-_")));
  // A page of a minority language or in English on a Vietnamese site still states "vi".
  const bool contradicted = stated == "vi" && words >= 20 && vietnamese * 10 < words * 5;
  return contradicted || stated.size() > 3 ? "" : stated;
}

}  // namespace tintinh::normalizer::html

#include "services/normalizer/html/html.h"

#include <utility>
#include <vector>

#include "common/status/status_macros.h"
#include "common/url/url.h"
#include "services/normalizer/html/authors.h"
#include "services/normalizer/html/content.h"
#include "services/normalizer/html/lead.h"
#include "services/normalizer/html/links.h"
#include "services/normalizer/html/page.h"
#include "services/normalizer/html/page_kind.h"
#include "services/normalizer/html/published.h"
#include "services/normalizer/html/section.h"
#include "services/normalizer/html/story.h"
#include "services/normalizer/html/title.h"

namespace tintinh::normalizer {
namespace {

// A canonical link to another site or to the front page is a mistake of the page's template.
std::string CanonicalUrl(const html::Page& page) {
  for (const absl::string_view reference :
       {absl::string_view(page.metadata.canonical()), page.metadata.Meta("og:url")}) {
    if (reference.empty()) continue;
    const absl::StatusOr<std::string> url = url::Resolve(page.url, reference);
    if (!url.ok()) continue;
    const absl::StatusOr<url::Parts> parts = url::Parse(*url);
    if (parts.ok() && parts->path != "/" && url::RegistrableDomain(parts->host) == url::RegistrableDomain(page.host)) {
      return *url;
    }
  }
  return "";
}

void AddStory(html::Story story, Draft& draft) {
  draft.paragraphs = std::move(story.paragraphs);
  draft.photos = std::move(story.photos);
  draft.body_obfuscated = story.obfuscated;
}

void AddByline(Byline byline, Draft& draft) {
  draft.authors = std::move(byline.authors);
  draft.agency = std::move(byline.agency);
}

}  // namespace

absl::StatusOr<Draft> ExtractHtml(const HtmlInput& input, const HtmlLimits& limits) {
  ASSIGN_OR_RETURN(const dom::Document document, dom::ParseHtml(input.utf8, limits.parse));
  const html::Page page(document, input.url);
  Draft draft;
  draft.source_name = page.site_name;
  draft.canonical_url = CanonicalUrl(page);
  draft.links = html::FindLinks(page, limits.max_links);

  const html::Content content = html::FindContent(page, input.hints.body_selector());
  const html::Title title = html::FindTitle(page, content, input.hints.title_selector(), draft.evidence);
  html::Lead lead = html::FindLead(page, content, title, input.hints.lead_selector(), draft.evidence);
  html::Story story = html::ReadStory(page, content, title, lead);
  AddByline(html::FindAuthors(page, content, title, story.byline, draft.evidence), draft);
  AddStory(std::move(story), draft);
  html::Times times = html::FindTimes(page, content, title, draft.evidence);
  draft.title = title.text;
  draft.lead = std::move(lead.text);
  draft.published = times.published;
  draft.modified = times.modified;
  draft.section_path = html::FindSectionPath(page, title);
  draft.tags = html::FindTags(page);
  draft.language = html::GuessLanguage(page, draft);
  draft.blocked = html::IsBlockPage(page, content, input.utf8);
  draft.kind = draft.blocked ? v1::PAGE_KIND_OTHER : html::GuessPageKind(page, content, title, draft);
  return draft;
}

}  // namespace tintinh::normalizer

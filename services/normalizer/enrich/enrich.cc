#include "services/normalizer/enrich/enrich.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/digest/digest.h"
#include "common/places/locate_story.h"
#include "common/places/places.h"
#include "common/text/letter.h"
#include "common/text/simhash.h"
#include "common/text/syllable.h"
#include "common/text/utf8.h"
#include "common/url/url.h"
#include "services/normalizer/enrich/documents.h"

namespace tintinh::normalizer {
namespace {

constexpr size_t kMaxTitleBytes = 1024;
constexpr size_t kMaxTextBytes = size_t{64} << 10;  // of one paragraph, the lead, a caption
constexpr size_t kMaxNameBytes = 1024;              // of an author, a tag, a section, an agency
constexpr size_t kMaxSiteBytes = 255;
constexpr size_t kMaxUrlBytes = 2048;
constexpr size_t kMaxParagraphs = 2000;
constexpr size_t kMaxPhotos = 500;
constexpr size_t kMaxAuthors = 20;
constexpr size_t kMaxTags = 100;
constexpr size_t kMaxSections = 20;
constexpr uint32_t kSyllablesPerMinute = 240;

absl::string_view View(const std::string& text) { return {text.data(), text.size()}; }

// The canonical form of the page's own statement, when it can be trusted: the same registered domain, and not the front
// page for a story.
std::optional<std::string> StatedUrl(const std::string& stated, const std::string& fetched) {
  if (stated.empty()) {
    return std::nullopt;
  }
  const absl::StatusOr<url::Parts> own = url::Parse(fetched);
  const absl::StatusOr<url::Parts> other = url::Parse(stated);
  if (!own.ok() || !other.ok() || url::RegistrableDomain(own->host) != url::RegistrableDomain(other->host)) {
    return std::nullopt;
  }
  const bool front_page = other->path == "/" && other->query.empty();
  if (front_page && (own->path != "/" || !own->query.empty())) {
    return std::nullopt;
  }
  absl::StatusOr<std::string> canonical = url::Normalize(stated);
  return canonical.ok() ? std::make_optional(*std::move(canonical)) : std::nullopt;
}

std::string CanonicalUrl(const Draft& draft, const EnrichContext& context) {
  if (std::optional<std::string> stated = StatedUrl(draft.canonical_url, context.url)) {
    return *std::move(stated);
  }
  absl::StatusOr<std::string> canonical = url::Normalize(context.url);
  return canonical.ok() ? *std::move(canonical) : CutAtLetter(context.url, kMaxUrlBytes);
}

void SetIdentity(const Draft& draft, const EnrichContext& context, v1::Article& article) {
  article.set_url(CutAtLetter(context.url, kMaxUrlBytes));
  article.set_canonical_url(CanonicalUrl(draft, context));
  article.set_article_id(Sha256Hex128(article.canonical_url()));
  std::string site = context.site;
  if (site.empty()) {
    const absl::StatusOr<url::Parts> parts = url::Parse(context.url);
    site = parts.ok() ? parts->host : "";
  }
  article.set_site(CutAtLetter(site, kMaxSiteBytes));
  article.set_source_name(CutAtLetter(
      context.hints.source_name().empty() ? draft.source_name : context.hints.source_name(), kMaxNameBytes));
}

void SetParagraphs(std::vector<DraftParagraph>& paragraphs, v1::Article& article) {
  for (size_t i = 0; i < std::min(paragraphs.size(), kMaxParagraphs); ++i) {
    if (paragraphs[i].text.empty()) {
      continue;
    }
    v1::Paragraph* paragraph = article.add_paragraphs();
    paragraph->set_kind(paragraphs[i].kind);
    paragraph->set_text(CutAtLetter(paragraphs[i].text, kMaxTextBytes));
  }
}

// A photo without caption and address shows nothing.
void SetPhotos(std::vector<DraftPhoto>& photos, v1::Article& article) {
  for (DraftPhoto& found : photos) {
    const bool shown = !found.caption.empty() || !found.url.empty();
    if (!shown || article.photos_size() == static_cast<int>(kMaxPhotos)) {
      continue;
    }
    v1::Photo* photo = article.add_photos();
    photo->set_caption(CutAtLetter(found.caption, kMaxTextBytes));
    photo->set_credit(CutAtLetter(found.credit, kMaxNameBytes));
    photo->set_url(found.url.size() <= kMaxUrlBytes ? found.url : "");
  }
}

template <typename Field>
void SetNames(const std::vector<std::string>& names, size_t most, Field* field) {
  for (const std::string& name : names) {
    const std::string cut = CutAtLetter(name, kMaxNameBytes);
    const bool known = std::find(field->begin(), field->end(), cut) != field->end();
    if (!cut.empty() && !known && field->size() < static_cast<int>(most)) {
      *field->Add() = cut;
    }
  }
}

google::protobuf::Timestamp ToTimestamp(absl::Time time) {
  google::protobuf::Timestamp stamp;
  stamp.set_seconds(absl::ToUnixSeconds(time));
  return stamp;
}

void SetTimes(const Draft& draft, const EnrichContext& context, v1::Article& article) {
  if (draft.published.has_value()) {
    *article.mutable_published() = ToTimestamp(draft.published->time);
    article.set_published_precision(draft.published->precision);
  }
  if (draft.modified.has_value()) {
    *article.mutable_modified() = ToTimestamp(draft.modified->time);
  }
  if (context.fetched.seconds() != 0) {
    *article.mutable_fetched() = context.fetched;
  }
}

void SetDocuments(v1::Article& article) {
  DocumentCollector collector;
  collector.Add(article.title());
  collector.Add(article.lead());
  for (const v1::Paragraph& paragraph : article.paragraphs()) {
    collector.Add(paragraph.text());
  }
  for (const v1::Photo& photo : article.photos()) {
    collector.Add(photo.caption());
  }
  for (v1::DocumentReference& reference : collector.Take()) {
    *article.add_documents() = std::move(reference);
  }
}

// The province a site belongs to: as its operator says, else as its host does ("baokontum.com.vn").
std::string SiteProvince(const v1::Article& article, const v1::SiteHints& hints) {
  if (!hints.province().empty()) {
    return hints.province();
  }
  for (const std::string& name : {article.source_name(), article.site()}) {
    if (const auto province = places::FindProvinceInSource(name)) {
      return province->name;
    }
  }
  return "";
}

void SetPlace(const v1::SiteHints& hints, v1::Article& article) {
  const std::string site_province = SiteProvince(article, hints);
  places::StoryText story;
  story.title = View(article.title());
  story.lead = View(article.lead());
  for (const v1::Paragraph& paragraph : article.paragraphs()) {
    story.paragraphs.push_back(View(paragraph.text()));
  }
  for (const v1::Photo& photo : article.photos()) {
    story.captions.push_back(View(photo.caption()));
  }
  story.source_name = View(article.source_name());
  story.site_province = View(site_province);
  if (article.has_published()) {
    story.published = absl::FromUnixSeconds(article.published().seconds());
  }
  places::PlaceMatch match = places::LocateStory(story);
  if (match.province.empty() && match.district.empty()) {
    return;
  }
  v1::Place* place = article.mutable_place();
  place->set_province(std::move(match.province));
  place->set_province_today(std::move(match.province_today));
  place->set_district(std::move(match.district));
  place->set_commune(std::move(match.commune));
}

uint32_t CountSyllables(absl::string_view text) {
  uint32_t count = 0;
  const char* at = text.data();
  const char* const limit = at + text.size();
  while (at != limit) {
    text::WordLetters word;
    const char* const next = text::ReadWordLetters(at, limit, &word);
    count += next != at && word.size > 0 ? 1 : 0;
    at = next != at ? next : at + text::DecodeUtf8(at, limit).size;
  }
  return count;
}

std::string BodyText(const v1::Article& article) {
  std::string body = article.lead();
  for (const v1::Paragraph& paragraph : article.paragraphs()) {
    absl::StrAppend(&body, "\n", paragraph.text());
  }
  return body;
}

// Fields are framed by their sizes, so that moving text from one to the next changes the hash.
std::string ContentHash(const v1::Article& article) {
  std::string bytes;
  const auto add = [&bytes](const std::string& field) { absl::StrAppend(&bytes, field.size(), ":", field); };
  add(article.title());
  add(article.lead());
  absl::StrAppend(&bytes, article.paragraphs_size(), ";");
  for (const v1::Paragraph& paragraph : article.paragraphs()) {
    absl::StrAppend(&bytes, static_cast<int>(paragraph.kind()), ",");
    add(paragraph.text());
  }
  absl::StrAppend(&bytes, article.photos_size(), ";");
  for (const v1::Photo& photo : article.photos()) {
    add(photo.caption());
  }
  absl::StrAppend(&bytes, article.authors_size(), ";");
  for (const std::string& author : article.authors()) {
    add(author);
  }
  absl::StrAppend(&bytes, article.published().seconds(), ",", static_cast<int>(article.published_precision()));
  return Sha256Hex128(bytes);
}

// Half of all Vietnamese syllables carry a mark; a text of other languages has hardly any.
std::string Language(const Draft& draft, absl::string_view body) {
  if (!draft.language.empty()) {
    return draft.language;
  }
  const absl::string_view sample = body.substr(0, 4096);
  return text::HasMark(sample) && text::HasMark(sample.substr(sample.size() / 2)) ? "vi" : "";
}

void SetFingerprints(const Draft& draft, v1::Article& article) {
  const std::string body = BodyText(article);
  const uint32_t syllables = CountSyllables(article.title()) + CountSyllables(body);
  article.set_reading_seconds((syllables * 60 + kSyllablesPerMinute - 1) / kSyllablesPerMinute);
  article.set_simhash(text::Simhash(body));
  article.set_content_hash(ContentHash(article));
  article.set_language(CutAtLetter(Language(draft, body), kMaxSiteBytes));
  article.set_normalizer_version(kNormalizerVersion);
}

}  // namespace

std::string CutAtLetter(absl::string_view text, size_t limit) {
  if (text.size() <= limit) {
    return std::string(text);
  }
  size_t end = 0;  // behind the last whole letter that fits
  const char* const begin = text.data();
  const char* const stop = begin + text.size();
  for (const char* at = begin; at != stop;) {
    const text::CodePoint point = text::DecodeUtf8(at, stop);
    const auto offset = static_cast<size_t>(at - begin);
    end = text::IsCombining(point.value) ? end : offset;
    if (offset + point.size > limit) {
      break;
    }
    at += point.size;
  }
  return std::string(text.substr(0, end));
}

v1::Article Enrich(Draft&& draft, const EnrichContext& context) {
  v1::Article article;
  SetIdentity(draft, context, article);
  article.set_title(CutAtLetter(draft.title, kMaxTitleBytes));
  article.set_lead(CutAtLetter(draft.lead, kMaxTextBytes));
  SetParagraphs(draft.paragraphs, article);
  SetPhotos(draft.photos, article);
  SetNames(draft.authors, kMaxAuthors, article.mutable_authors());
  SetNames(draft.section_path, kMaxSections, article.mutable_section_path());
  SetNames(draft.tags, kMaxTags, article.mutable_tags());
  article.set_agency(CutAtLetter(draft.agency, kMaxNameBytes));
  SetTimes(draft, context, article);
  article.set_kind(draft.kind);
  article.set_body_obfuscated(draft.body_obfuscated);
  SetDocuments(article);
  SetPlace(context.hints, article);
  SetFingerprints(draft, article);
  return article;
}

}  // namespace tintinh::normalizer

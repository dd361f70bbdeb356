#include "services/indexer/record/stored_article.h"

#include <cstdint>

#include "google/protobuf/timestamp.pb.h"

namespace tintinh::indexer {
namespace {

constexpr int64_t kMicrosPerSecond = 1'000'000;
constexpr int32_t kNanosPerMicro = 1'000;

int64_t ToMicros(const google::protobuf::Timestamp& time) {
  return time.seconds() * kMicrosPerSecond + time.nanos() / kNanosPerMicro;
}

google::protobuf::Timestamp FromMicros(int64_t micros) {
  int64_t fraction = micros % kMicrosPerSecond;
  if (fraction < 0) fraction += kMicrosPerSecond;
  google::protobuf::Timestamp time;
  time.set_seconds((micros - fraction) / kMicrosPerSecond);
  time.set_nanos(static_cast<int32_t>(fraction) * kNanosPerMicro);
  return time;
}

void StoreBody(const v1::Article& article, disk::v1::StoredArticle& stored) {
  for (const v1::Paragraph& paragraph : article.paragraphs()) {
    disk::v1::StoredParagraph& kept = *stored.add_paragraphs();
    kept.set_kind(static_cast<uint32_t>(paragraph.kind()));
    kept.set_text(paragraph.text());
  }
  for (const v1::Photo& photo : article.photos()) {
    disk::v1::StoredPhoto& kept = *stored.add_photos();
    kept.set_caption(photo.caption());
    kept.set_credit(photo.credit());
    kept.set_url(photo.url());
  }
  for (const v1::DocumentReference& document : article.documents()) {
    disk::v1::StoredDocumentReference& kept = *stored.add_documents();
    kept.set_number(document.number());
    kept.set_kind(document.kind());
    kept.set_date(document.date());
  }
}

void StoreTimesAndPlace(const v1::Article& article, disk::v1::StoredArticle& stored) {
  if (article.has_published()) stored.set_published_us(ToMicros(article.published()));
  if (article.has_modified()) stored.set_modified_us(ToMicros(article.modified()));
  if (article.has_fetched()) stored.set_fetched_us(ToMicros(article.fetched()));
  stored.set_published_precision(static_cast<uint32_t>(article.published_precision()));
  stored.set_province(article.place().province());
  stored.set_province_today(article.place().province_today());
  stored.set_district(article.place().district());
  stored.set_commune(article.place().commune());
}

void RestoreBody(const disk::v1::StoredArticle& stored, v1::Article& article) {
  for (const disk::v1::StoredParagraph& kept : stored.paragraphs()) {
    v1::Paragraph& paragraph = *article.add_paragraphs();
    paragraph.set_kind(static_cast<v1::ParagraphKind>(kept.kind()));
    paragraph.set_text(kept.text());
  }
  for (const disk::v1::StoredPhoto& kept : stored.photos()) {
    v1::Photo& photo = *article.add_photos();
    photo.set_caption(kept.caption());
    photo.set_credit(kept.credit());
    photo.set_url(kept.url());
  }
  for (const disk::v1::StoredDocumentReference& kept : stored.documents()) {
    v1::DocumentReference& document = *article.add_documents();
    document.set_number(kept.number());
    document.set_kind(kept.kind());
    document.set_date(kept.date());
  }
}

void RestorePlace(const disk::v1::StoredArticle& stored, v1::Article& article) {
  if (stored.province().empty() && stored.province_today().empty() && stored.district().empty() &&
      stored.commune().empty()) {
    return;
  }
  v1::Place& place = *article.mutable_place();
  place.set_province(stored.province());
  place.set_province_today(stored.province_today());
  place.set_district(stored.district());
  place.set_commune(stored.commune());
}

void RestoreTimes(const disk::v1::StoredArticle& stored, v1::Article& article) {
  if (stored.has_published_us()) *article.mutable_published() = FromMicros(stored.published_us());
  if (stored.has_modified_us()) *article.mutable_modified() = FromMicros(stored.modified_us());
  if (stored.has_fetched_us()) *article.mutable_fetched() = FromMicros(stored.fetched_us());
  article.set_published_precision(static_cast<v1::TimePrecision>(stored.published_precision()));
}

}  // namespace

disk::v1::StoredArticle ToStored(const v1::Article& article) {
  disk::v1::StoredArticle stored;
  stored.set_article_id(article.article_id());
  stored.set_url(article.url());
  stored.set_canonical_url(article.canonical_url());
  stored.set_site(article.site());
  stored.set_source_name(article.source_name());
  stored.set_title(article.title());
  stored.set_lead(article.lead());
  *stored.mutable_authors() = article.authors();
  stored.set_agency(article.agency());
  *stored.mutable_section_path() = article.section_path();
  *stored.mutable_tags() = article.tags();
  stored.set_language(article.language());
  stored.set_kind(static_cast<uint32_t>(article.kind()));
  stored.set_content_hash(article.content_hash());
  stored.set_simhash(article.simhash());
  stored.set_duplicate_cluster(article.duplicate_cluster());
  stored.set_normalizer_version(article.normalizer_version());
  stored.set_body_obfuscated(article.body_obfuscated());
  stored.set_reading_seconds(article.reading_seconds());
  StoreBody(article, stored);
  StoreTimesAndPlace(article, stored);
  return stored;
}

v1::Article FromStored(const disk::v1::StoredArticle& stored) {
  v1::Article article;
  article.set_article_id(stored.article_id());
  article.set_url(stored.url());
  article.set_canonical_url(stored.canonical_url());
  article.set_site(stored.site());
  article.set_source_name(stored.source_name());
  article.set_title(stored.title());
  article.set_lead(stored.lead());
  *article.mutable_authors() = stored.authors();
  article.set_agency(stored.agency());
  *article.mutable_section_path() = stored.section_path();
  *article.mutable_tags() = stored.tags();
  article.set_language(stored.language());
  article.set_kind(static_cast<v1::PageKind>(stored.kind()));
  article.set_content_hash(stored.content_hash());
  article.set_simhash(stored.simhash());
  article.set_duplicate_cluster(stored.duplicate_cluster());
  article.set_normalizer_version(stored.normalizer_version());
  article.set_body_obfuscated(stored.body_obfuscated());
  article.set_reading_seconds(stored.reading_seconds());
  RestoreBody(stored, article);
  RestoreTimes(stored, article);
  RestorePlace(stored, article);
  return article;
}

v1::Article TitleOf(const disk::v1::StoredArticle& stored) {
  v1::Article article;
  article.set_article_id(stored.article_id());
  article.set_title(stored.title());
  return article;
}

}  // namespace tintinh::indexer

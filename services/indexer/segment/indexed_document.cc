#include "services/indexer/segment/indexed_document.h"

#include <algorithm>

#include "services/indexer/postings/norm.h"
#include "services/indexer/segment/packed_id.h"
#include "services/indexer/segment/short_bytes.h"
#include "services/indexer/segment/term_hash.h"

namespace tintinh::indexer {
namespace {

// Room for most articles.
constexpr size_t kUsualTerms = 1'024;
constexpr size_t kUsualOccurrences = 2'048;
constexpr size_t kUsualTermBytes = 8;

// Adds the texts of one part, one after another.
class PartIndexer {
 public:
  // `analyzed` is where texts are analyzed, one after another.
  PartIndexer(v1::Part part, const text::Analyzer& analyzer, text::AnalyzedText& analyzed, DocumentTerms& terms)
      : part_(part), analyzer_(analyzer), analyzed_(analyzed), terms_(terms) {}

  void Add(absl::string_view text) {
    analyzer_.Analyze(text, &analyzed_);
    for (const text::Token& token : analyzed_.tokens) {
      const uint32_t position = next_position_ + token.position;
      terms_.Add(FieldOf(part_, static_cast<v1::KeyKind>(token.kind)), analyzed_.Key(token), position);
    }
    if (analyzed_.positions > 0) next_position_ += analyzed_.positions + kParagraphGap;
  }

 private:
  const v1::Part part_;
  const text::Analyzer& analyzer_;
  text::AnalyzedText& analyzed_;
  DocumentTerms& terms_;
  uint32_t next_position_ = 0;
};

void AddTexts(const disk::v1::StoredArticle& article, const text::Analyzer& analyzer, DocumentTerms& terms) {
  text::AnalyzedText analyzed;
  PartIndexer(v1::PART_TITLE, analyzer, analyzed, terms).Add(article.title());
  PartIndexer body(v1::PART_BODY, analyzer, analyzed, terms);
  body.Add(article.lead());
  for (const disk::v1::StoredParagraph& paragraph : article.paragraphs()) body.Add(paragraph.text());
  PartIndexer captions(v1::PART_CAPTION, analyzer, analyzed, terms);
  for (const disk::v1::StoredPhoto& photo : article.photos()) captions.Add(photo.caption());
}

ColumnValues ColumnsOf(const disk::v1::StoredArticle& article, const std::array<uint32_t, kFieldCount>& lengths) {
  ColumnValues columns;
  columns.packed_id = PackId(article.article_id());
  columns.packed_hash = PackId(article.content_hash());
  if (article.has_published_us()) columns.published_us = article.published_us();
  columns.simhash = article.simhash();
  columns.single = {article.site(),     article.province(), article.province_today(),
                    article.district(), article.language(), article.duplicate_cluster()};
  columns.lists[0].assign(article.section_path().begin(), article.section_path().end());
  for (const disk::v1::StoredDocumentReference& document : article.documents()) {
    columns.lists[1].push_back(document.number());
  }
  for (size_t field = 0; field < kFieldCount; ++field) columns.norms[field] = NormOfLength(lengths[field]);
  return columns;
}

}  // namespace

DocumentTerms::DocumentTerms() : slots_(2 * kUsualTerms) {
  found_.reserve(kUsualTerms);
  occurrences_.reserve(kUsualOccurrences);
  bytes_.reserve(kUsualTerms * kUsualTermBytes);
}

bool DocumentTerms::Is(const Found& found, FieldId field, absl::string_view key) const {
  const char* const term = bytes_.data() + found.begin;
  return found.size == key.size() + 1 && FieldOfTerm(absl::string_view(term, 1)) == field &&
         BytesAreEqual(key.data(), term + 1, key.size());
}

uint32_t DocumentTerms::NumberOf(FieldId field, absl::string_view key) {
  const uint32_t hash = TermHash(field, key);
  size_t slot = hash & (slots_.size() - 1);
  for (; slots_[slot] != 0; slot = (slot + 1) & (slots_.size() - 1)) {
    const Found& found = found_[slots_[slot] - 1];
    if (found.hash == hash && Is(found, field, key)) return slots_[slot] - 1;
  }
  found_.push_back({.begin = static_cast<uint32_t>(bytes_.size()),
                    .size = static_cast<uint32_t>(key.size() + 1),
                    .hash = hash,
                    .count = 0,
                    .last_position = 0,
                    .ascending = true});
  bytes_.resize(bytes_.size() + key.size() + 1);
  char* const term = bytes_.data() + found_.back().begin;
  *term = static_cast<char>(field);
  CopyBytes(key.data(), term + 1, key.size());
  slots_[slot] = static_cast<uint32_t>(found_.size());
  if (found_.size() * 2 > slots_.size()) Grow();
  return static_cast<uint32_t>(found_.size() - 1);
}

void DocumentTerms::Grow() {
  slots_.assign(slots_.size() * 2, 0);
  for (uint32_t number = 0; number < found_.size(); ++number) {
    size_t slot = found_[number].hash & (slots_.size() - 1);
    while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = number + 1;
  }
}

void DocumentTerms::Add(FieldId field, absl::string_view key, uint32_t position) {
  if (key.size() > kMaxKeyBytes) return;
  const uint32_t number = NumberOf(field, key);
  Found& found = found_[number];
  found.ascending = found.ascending && (found.count == 0 || position > found.last_position);
  found.last_position = position;
  ++found.count;
  occurrences_.push_back({number, position});
}

void DocumentTerms::Finish() {
  std::vector<uint32_t> ends(found_.size());  // of what is filled of each term's positions
  uint32_t end = 0;
  for (size_t number = 0; number < found_.size(); ++number) {
    ends[number] = end;
    end += found_[number].count;
  }
  positions_.resize(end);
  for (const Occurrence& occurrence : occurrences_) positions_[ends[occurrence.number]++] = occurrence.position;
  terms_.reserve(found_.size());
  for (size_t number = 0; number < found_.size(); ++number) {
    const Found& found = found_[number];
    const absl::Span<uint32_t> positions = absl::MakeSpan(positions_).subspan(ends[number] - found.count, found.count);
    size_t kept = positions.size();
    if (!found.ascending) {
      std::sort(positions.begin(), positions.end());
      kept = static_cast<size_t>(std::unique(positions.begin(), positions.end()) - positions.begin());
    }
    kept = std::min<size_t>(kept, kMaxFreq);
    const absl::string_view term(bytes_.data() + found.begin, found.size);
    terms_.push_back({term, positions.subspan(0, kept), found.hash});
    lengths_[FieldOfTerm(term)] += static_cast<uint32_t>(kept);
  }
  found_ = {};
  occurrences_ = {};
  slots_ = {};
}

IndexedDocument IndexDocument(const disk::v1::StoredArticle& article, const text::Analyzer& analyzer) {
  IndexedDocument document;
  AddTexts(article, analyzer, document.terms);
  document.terms.Finish();
  document.columns = ColumnsOf(article, document.terms.lengths());
  document.stored = article.SerializeAsString();
  return document;
}

}  // namespace tintinh::indexer

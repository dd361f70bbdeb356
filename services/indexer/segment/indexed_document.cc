#include "services/indexer/segment/indexed_document.h"

#include <algorithm>

#include "services/indexer/postings/norm.h"
#include "services/indexer/segment/packed_id.h"

namespace tintinh::indexer {
namespace {

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

void DocumentTerms::Add(FieldId field, absl::string_view key, uint32_t position) {
  if (key.size() > kMaxKeyBytes) return;
  scratch_.assign(1, static_cast<char>(field));
  scratch_.append(key.data(), key.size());
  auto found = numbers_.find(scratch_);
  if (found == numbers_.end()) {
    by_number_.push_back(arena_.Copy(scratch_));
    found = numbers_.emplace(by_number_.back(), static_cast<uint32_t>(by_number_.size() - 1)).first;
  }
  occurrences_.emplace_back(found->second, position);
}

void DocumentTerms::Finish() {
  std::sort(occurrences_.begin(), occurrences_.end());
  occurrences_.erase(std::unique(occurrences_.begin(), occurrences_.end()), occurrences_.end());
  positions_.reserve(occurrences_.size());
  for (const auto& [number, position] : occurrences_) positions_.push_back(position);
  for (size_t begin = 0; begin < occurrences_.size();) {
    const uint32_t number = occurrences_[begin].first;
    size_t end = begin;
    while (end < occurrences_.size() && occurrences_[end].first == number) ++end;
    const size_t kept = std::min<size_t>(end - begin, kMaxFreq);
    const absl::string_view term = by_number_[number];
    terms_.push_back({term, absl::MakeConstSpan(positions_).subspan(begin, kept)});
    lengths_[FieldOfTerm(term)] += static_cast<uint32_t>(kept);
    begin = end;
  }
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

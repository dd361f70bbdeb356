#include "services/indexer/segment/disk_segment.h"

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/kv/reader.h"
#include "common/status/status_macros.h"
#include "services/indexer/postings/bytes.h"
#include "services/indexer/postings/short_list_source.h"
#include "services/indexer/postings/term_record.h"
#include "services/indexer/segment/chunk_source.h"
#include "services/indexer/segment/column_codec.h"
#include "services/indexer/segment/disk_format.h"

namespace tintinh::indexer {
namespace {

absl::Status Annotate(const absl::Status& status, uint32_t segment, absl::string_view what) {
  if (status.ok()) return status;
  return absl::Status(status.code(), absl::StrCat("segment ", segment, ", ", what, ": ", status.message()));
}

// Keeps an inline list's bytes and serves them.
class InlineSource final : public BlockSource {
 public:
  InlineSource(std::string list, enum Positions stored, uint32_t count, uint32_t doc_limit)
      : list_(std::move(list)), source_(ByteReader(list_), stored, count, doc_limit) {}
  bool NextBlock(uint32_t target, SourceBlock& block) override { return source_.NextBlock(target, block); }
  uint32_t MaxImpact(uint32_t begin, uint32_t end) override { return source_.MaxImpact(begin, end); }
  bool Positions(EncodedPositions& positions) override { return source_.Positions(positions); }
  void Rewind() override { source_.Rewind(); }
  void Fail(absl::string_view what) override { source_.Fail(what); }
  absl::Status status() const override { return source_.status(); }

 private:
  const std::string list_;
  ShortListSource<ByteReader> source_;
};

absl::StatusOr<std::unique_ptr<PostingCursor>> OpenRecord(const ChunkStore& chunks, uint32_t segment,
                                                          absl::string_view term, absl::string_view value,
                                                          uint32_t limit) {
  absl::StatusOr<TermRecord> record = DecodeTermRecord(value);
  if (!record.ok()) return Annotate(record.status(), segment, absl::StrCat("term ", absl::CHexEscape(term)));
  if (IsInline(record->statistics)) {
    auto source = std::make_unique<InlineSource>(std::string(record->inline_list), PositionsOf(FieldOfTerm(term)),
                                                 record->statistics.document_frequency, limit);
    return std::make_unique<PostingCursor>(std::move(source), record->statistics);
  }
  auto source = std::make_unique<ChunkSource>(chunks, record->first_chunk, std::move(record->chunks), limit);
  auto cursor = std::make_unique<PostingCursor>(std::move(source), record->statistics);
  cursor->set_champions(std::move(record->champions));
  return cursor;
}

class Walker final : public TermWalker {
 public:
  Walker(const kv::Database& db, const ChunkStore& chunks, const disk::v1::SegmentRecord& record)
      : chunks_(chunks), record_(record), terms_(db, record.segment()) {}
  bool Valid() const override { return terms_.Valid(); }
  void Next() override { terms_.Next(); }
  absl::string_view term() const override { return terms_.term(); }
  absl::StatusOr<std::unique_ptr<PostingCursor>> Open() override {
    return OpenRecord(chunks_, record_.segment(), term(), terms_.record(), record_.documents());
  }
  absl::Status status() const override { return Annotate(terms_.status(), record_.segment(), "terms"); }

 private:
  const ChunkStore& chunks_;
  const disk::v1::SegmentRecord& record_;
  DictionaryWalker terms_;
};

absl::StatusOr<uint32_t> FrequencyOf(absl::string_view record, uint32_t segment, absl::string_view term) {
  absl::StatusOr<uint32_t> frequency = DecodeDocumentFrequency(record);
  if (frequency.ok()) return frequency;
  return Annotate(frequency.status(), segment, absl::StrCat("term ", absl::CHexEscape(term)));
}

class Scan final : public TermScan {
 public:
  Scan(const Dictionary& dictionary, absl::string_view prefix, uint32_t segment)
      : terms_(dictionary, prefix), segment_(segment) {}
  bool Next() override { return terms_.Next(); }
  absl::string_view term() const override { return terms_.term(); }
  absl::StatusOr<uint32_t> DocumentFrequency() const override { return FrequencyOf(terms_.record(), segment_, term()); }
  absl::Status status() const override { return terms_.status(); }

 private:
  DictionaryScan terms_;
  const uint32_t segment_;
};

absl::StatusOr<std::unique_ptr<const ColumnTable>> LoadColumns(const kv::Database& db,
                                                               const disk::v1::SegmentRecord& record) {
  EncodedColumns encoded;
  kv::RangeReader reader(db, kColumnsFamily, SegmentPrefix(record.segment()), SegmentPrefix(record.segment() + 1));
  for (; reader.Valid(); reader.Next()) {
    encoded[static_cast<uint8_t>(reader.key().back())] = std::string(reader.value());
  }
  RETURN_IF_ERROR(reader.status());
  absl::StatusOr<std::unique_ptr<const ColumnTable>> columns = DecodeColumns(encoded, record.documents());
  if (!columns.ok()) return Annotate(columns.status(), record.segment(), "columns");
  return columns;
}

}  // namespace

DiskSegment::DiskSegment(const kv::Database& db, disk::v1::SegmentRecord record)
    : db_(db), record_(std::move(record)), chunks_(db_, record_.segment(), record_.chunks()) {
  impact_averages_.fill(1);
  for (const disk::v1::FieldTotals& totals : record_.totals()) {
    if (totals.field() >= kFieldCount) continue;
    figures_[totals.field()] = {totals.documents(), totals.length()};
    if (totals.impact_average_length() > 0) impact_averages_[totals.field()] = totals.impact_average_length();
  }
}

absl::StatusOr<std::shared_ptr<const DiskSegment>> DiskSegment::Open(const kv::Database& db,
                                                                     const disk::v1::SegmentRecord& record) {
  std::shared_ptr<DiskSegment> segment(new DiskSegment(db, record));
  ASSIGN_OR_RETURN(segment->columns_, LoadColumns(db, record));
  ASSIGN_OR_RETURN(segment->dictionary_, Dictionary::Open(db, record.segment()));
  return segment;
}

absl::StatusOr<std::unique_ptr<PostingCursor>> DiskSegment::OpenTerm(absl::string_view term, uint32_t limit) const {
  kv::PinnedValue holder;
  ASSIGN_OR_RETURN(const std::optional<absl::string_view> value, dictionary_->Find(term, holder));
  if (!value.has_value()) return nullptr;
  return OpenRecord(chunks_, number(), term, *value, limit);
}

absl::StatusOr<uint32_t> DiskSegment::DocumentFrequency(absl::string_view term) const {
  kv::PinnedValue holder;
  ASSIGN_OR_RETURN(const std::optional<absl::string_view> value, dictionary_->Find(term, holder));
  if (!value.has_value()) return 0;
  return FrequencyOf(*value, number(), term);
}

std::unique_ptr<TermWalker> DiskSegment::WalkTerms() const { return std::make_unique<Walker>(db_, chunks_, record_); }

std::unique_ptr<TermScan> DiskSegment::ScanTerms(absl::string_view prefix) const {
  return std::make_unique<Scan>(*dictionary_, prefix, number());
}

std::optional<uint32_t> DiskSegment::FindCode(Column column, absl::string_view value) const {
  return columns_->FindCode(column, value);
}

std::string DiskSegment::ValueOf(Column column, uint32_t code) const {
  return std::string(columns_->ValueOf(column, code));
}

absl::StatusOr<std::optional<uint32_t>> DiskSegment::FindArticle(absl::string_view packed_id) const {
  kv::PinnedValue value;
  ASSIGN_OR_RETURN(const bool found, value.Load(db_, kIdsFamily, SegmentKey(number(), packed_id)));
  if (!found) return std::nullopt;
  const bool sound = value.view().size() == sizeof(uint32_t) && LoadFixed<uint32_t>(value.view().data()) < size();
  if (!sound) return Annotate(absl::DataLossError("malformed or out of range"), number(), "an id");
  return std::optional<uint32_t>(LoadFixed<uint32_t>(value.view().data()));
}

absl::StatusOr<std::string> DiskSegment::Document(uint32_t ordinal) const {
  ASSIGN_OR_RETURN(std::optional<std::string> document, db_.Get(kDocumentsFamily, DocumentKey(number(), ordinal)));
  if (!document.has_value()) {
    return Annotate(absl::DataLossError("missing"), number(), absl::StrCat("document ", ordinal));
  }
  return *std::move(document);
}

}  // namespace tintinh::indexer

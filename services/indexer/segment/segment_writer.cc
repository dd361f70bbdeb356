#include "services/indexer/segment/segment_writer.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/kv/bulk_load.h"
#include "common/status/status_macros.h"
#include "services/indexer/postings/bytes.h"
#include "services/indexer/postings/impact.h"
#include "services/indexer/postings/norm.h"
#include "services/indexer/postings/posting_list_writer.h"
#include "services/indexer/postings/short_list.h"
#include "services/indexer/postings/term_record.h"
#include "services/indexer/segment/column_codec.h"
#include "services/indexer/segment/dictionary.h"
#include "services/indexer/segment/disk_format.h"
#include "services/indexer/segment/gathered_postings.h"
#include "services/indexer/segment/merged_terms.h"

namespace tintinh::indexer {
namespace {

class SegmentWriter {
 public:
  SegmentWriter(kv::Database& db, uint32_t number, absl::Span<const SegmentView> sources,
                const DocumentNumbers& numbers)
      : number_(number),
        sources_(sources),
        numbers_(numbers),
        load_(db, absl::StrCat("segment-", number)),
        columns_(numbers.count()),
        list_([this](absl::string_view postings, absl::string_view positions) {
          return WriteChunk(postings, positions);
        }),
        dictionary_(number, [this](absl::string_view key, absl::string_view value) {
          return load_.Add(kTermsFamily, key, value);
        }) {
    impact_averages_.fill(1);
  }

  absl::StatusOr<disk::v1::SegmentRecord> Write() {
    RETURN_IF_ERROR(WriteDocuments());
    RETURN_IF_ERROR(WriteTerms());
    RETURN_IF_ERROR(WriteIds());
    for (const auto& [column, value] : EncodeColumns(columns_)) {
      const char last = static_cast<char>(column);
      RETURN_IF_ERROR(load_.Add(kColumnsFamily, SegmentKey(number_, absl::string_view(&last, 1)), value));
    }
    RETURN_IF_ERROR(load_.Ingest());
    return Record();
  }

 private:
  absl::Status WriteDocuments() {
    for (uint32_t doc = 0; doc < numbers_.count(); ++doc) {
      const DocumentNumbers::Place place = numbers_.PlaceOf(doc);
      const Segment& source = *sources_[place.source].segment;
      ASSIGN_OR_RETURN(const std::string document, source.Document(place.document));
      RETURN_IF_ERROR(load_.Add(kDocumentsFamily, DocumentKey(number_, doc), document));
      columns_.Append(source.Row(place.document));
    }
    return absl::OkStatus();
  }

  // Impacts are taken at the average over the documents of the new segment.
  void TakeAverages() {
    for (FieldId field = 0; field < kFieldCount; ++field) {
      const uint8_t* const norms = columns_.arrays().norms[field];
      if (norms == nullptr) continue;
      uint64_t documents = 0;
      uint64_t length = 0;
      for (uint32_t doc = 0; doc < columns_.size(); ++doc) {
        documents += norms[doc] == 0 ? 0 : 1;
        length += LengthOfNorm(norms[doc]);
      }
      if (length > 0) impact_averages_[field] = static_cast<double>(length) / static_cast<double>(documents);
      penalties_[field] = LengthPenaltiesAt(impact_averages_[field]);
    }
  }

  absl::Status WriteTerms() {
    TakeAverages();
    MergedTerms terms(sources_);
    while (terms.Next()) RETURN_IF_ERROR(WriteTerm(terms));
    RETURN_IF_ERROR(terms.status());
    return dictionary_.Finish();
  }

  absl::Status WriteTerm(MergedTerms& terms) {
    const FieldId field = FieldOfTerm(terms.term());
    if (!IsKnownField(field)) return absl::DataLossError(absl::StrCat("segment has a term of field ", field));
    if (terms.holders().size() == 1 && CopyRecord(terms, field)) return dictionary_.Add(terms.term(), record_);
    list_.Start(PositionsOf(field), penalties_[field], next_chunk_);
    gathered_.Clear();
    for (const size_t holder : terms.holders()) RETURN_IF_ERROR(CopyList(terms, holder, field));
    RETURN_IF_ERROR(gathered_.ForEach([this](const Posting& posting) { return list_.Add(posting); }));
    if (list_.empty()) return absl::OkStatus();
    ASSIGN_OR_RETURN(const std::string record, list_.Finish());
    return dictionary_.Add(terms.term(), record);
  }

  // Whether the one source of the term has a short list that moves as a whole; then its record_ is here.
  bool CopyRecord(MergedTerms& terms, FieldId field) {
    const size_t source = terms.holders().front();
    if (!numbers_.in_order() || sources_[source].deleted_count() > 0) return false;
    const std::optional<TermWalker::WholeList> whole = terms.Whole(source);
    if (!whole.has_value() || !IsInline(whole->statistics)) return false;
    EncodeInlineRecord(whole->statistics, whole->bytes, numbers_.Of(source, 0), record_);
    lengths_[field] += whole->statistics.collection_frequency;
    return true;
  }

  absl::Status CopyList(MergedTerms& terms, size_t source, FieldId field) {
    const std::optional<TermWalker::WholeList> whole = terms.Whole(source);
    if (!whole.has_value()) {
      ASSIGN_OR_RETURN(const std::unique_ptr<PostingCursor> cursor, terms.Open(source));
      return CopyPostings(*cursor, source, field);
    }
    ShortListDecoder<ByteReader> decoder(ByteReader(whole->bytes), PositionsOf(field));
    for (uint32_t i = 0; i < whole->statistics.document_frequency; ++i) {
      decoded_.size = 0;
      decoded_positions_.positions.clear();
      if (!decoder.Next(decoded_, decoded_positions_)) return absl::InternalError("list in memory: malformed");
      RETURN_IF_ERROR(CopyPosting(source, field, decoded_.docs[0], decoded_.freqs[0], decoded_positions_.positions));
    }
    return absl::OkStatus();
  }

  absl::Status CopyPostings(PostingCursor& cursor, size_t source, FieldId field) {
    for (uint32_t old = cursor.Seek(0); old != kNoMoreDocs; old = cursor.Seek(old + 1)) {
      if (numbers_.Of(source, old) == kNoMoreDocs) continue;
      absl::Span<const uint32_t> positions;
      if (PositionsOf(field) == Positions::kStored) positions = cursor.PositionsOfDoc();
      RETURN_IF_ERROR(cursor.status());
      RETURN_IF_ERROR(CopyPosting(source, field, old, cursor.freq(), positions));
    }
    return cursor.status();
  }

  absl::Status CopyPosting(size_t source, FieldId field, uint32_t old, uint32_t freq,
                           absl::Span<const uint32_t> positions) {
    const uint32_t doc = numbers_.Of(source, old);
    if (doc == kNoMoreDocs) return absl::OkStatus();
    lengths_[field] += freq;
    const Posting posting{
        .doc = doc, .freq = freq, .norm = columns_.arrays().norms[field][doc], .positions = positions};
    if (numbers_.in_order()) return list_.Add(posting);
    gathered_.Add(posting);
    return absl::OkStatus();
  }

  absl::Status WriteChunk(absl::string_view postings, absl::string_view positions) {
    const std::string key = ChunkKey(number_, next_chunk_++);
    RETURN_IF_ERROR(load_.Add(kPostingsFamily, key, postings));
    return positions.empty() ? absl::OkStatus() : load_.Add(kPositionsFamily, key, positions);
  }

  absl::Status WriteIds() {
    const PackedIds ids = columns_.arrays().packed_ids;
    std::vector<uint32_t> order(columns_.size());
    for (uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(), [ids](uint32_t a, uint32_t b) { return ids[a] < ids[b]; });
    for (const uint32_t ordinal : order) {
      std::string value;
      AppendFixed(ordinal, value);
      RETURN_IF_ERROR(load_.Add(kIdsFamily, SegmentKey(number_, ids[ordinal]), value));
    }
    return absl::OkStatus();
  }

  disk::v1::SegmentRecord Record() const {
    disk::v1::SegmentRecord record;
    record.set_segment(number_);
    record.set_documents(columns_.size());
    record.set_chunks(next_chunk_);
    record.set_by_content(!numbers_.in_order());
    for (uint32_t field = 0; field < kFieldCount; ++field) {
      if (lengths_[field] == 0) continue;
      const uint8_t* const norms = columns_.arrays().norms[field];
      disk::v1::FieldTotals& totals = *record.add_totals();
      totals.set_field(field);
      totals.set_documents(columns_.size() - static_cast<uint64_t>(std::count(norms, norms + columns_.size(), 0)));
      totals.set_length(lengths_[field]);
      totals.set_impact_average_length(impact_averages_[field]);
    }
    return record;
  }

  const uint32_t number_;
  const absl::Span<const SegmentView> sources_;
  const DocumentNumbers& numbers_;
  kv::BulkLoad load_;
  ColumnStore columns_;
  uint32_t next_chunk_ = 0;
  PostingListWriter list_;
  GatheredPostings gathered_;  // of the list, where documents get another order
  std::string record_;         // of a list copied as it is
  PostingBlock decoded_;       // of a list in memory, one posting at a time
  PositionBlock decoded_positions_;
  DictionaryWriter dictionary_;
  std::array<double, kFieldCount> impact_averages_;
  std::array<LengthPenalties, kFieldCount> penalties_;
  std::array<uint64_t, kFieldCount> lengths_{};
};

}  // namespace

absl::StatusOr<disk::v1::SegmentRecord> WriteSegment(kv::Database& db, uint32_t number,
                                                     absl::Span<const SegmentView> sources,
                                                     const DocumentNumbers& numbers) {
  return SegmentWriter(db, number, sources, numbers).Write();
}

}  // namespace tintinh::indexer

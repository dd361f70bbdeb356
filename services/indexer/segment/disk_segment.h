// An immutable segment in RocksDB: dictionary and columns in memory, chunks and articles read when asked for.
#ifndef TINTINH_SERVICES_INDEXER_SEGMENT_DISK_SEGMENT_H_
#define TINTINH_SERVICES_INDEXER_SEGMENT_DISK_SEGMENT_H_

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "common/kv/database.h"
#include "services/indexer/segment/chunk_store.h"
#include "services/indexer/segment/column_table.h"
#include "services/indexer/segment/dictionary.h"
#include "services/indexer/segment/segment.h"
#include "tintinh/disk/v1/indexer.pb.h"

namespace tintinh::indexer {

class DiskSegment final : public Segment {
 public:
  // DATA_LOSS when something of the segment is missing or damaged. `db` must outlive this.
  static absl::StatusOr<std::shared_ptr<const DiskSegment>> Open(const kv::Database& db,
                                                                 const disk::v1::SegmentRecord& record);

  uint32_t number() const { return record_.segment(); }
  uint32_t size() const { return record_.documents(); }
  const disk::v1::SegmentRecord& record() const { return record_; }

  absl::StatusOr<std::unique_ptr<PostingCursor>> OpenTerm(absl::string_view term, uint32_t limit) const override;
  absl::StatusOr<uint32_t> DocumentFrequency(absl::string_view term) const override;
  std::unique_ptr<TermWalker> WalkTerms() const override;
  std::unique_ptr<TermScan> ScanTerms(absl::string_view prefix) const override;
  bool is_on_disk() const override { return true; }
  const ColumnArrays& columns() const override { return columns_->arrays(); }
  std::optional<uint32_t> FindCode(Column column, absl::string_view value) const override;
  std::string ValueOf(Column column, uint32_t code) const override;
  ColumnValues Row(uint32_t ordinal) const override { return columns_->Row(ordinal); }
  AllFieldFigures figures() const override { return figures_; }
  double impact_average(FieldId field) const override { return impact_averages_[field]; }
  absl::StatusOr<std::optional<uint32_t>> FindArticle(absl::string_view packed_id) const override;
  absl::StatusOr<std::string> Document(uint32_t ordinal) const override;

 private:
  DiskSegment(const kv::Database& db, disk::v1::SegmentRecord record);

  const kv::Database& db_;
  const disk::v1::SegmentRecord record_;
  const ChunkStore chunks_;
  AllFieldFigures figures_{};
  std::array<double, kFieldCount> impact_averages_;
  std::unique_ptr<Dictionary> dictionary_;
  std::unique_ptr<const ColumnTable> columns_;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEGMENT_DISK_SEGMENT_H_

// A shard as its data directory holds it, opened without writing anything.
#ifndef TINTINH_SERVICES_INDEXER_VERIFY_SAVED_SHARD_H_
#define TINTINH_SERVICES_INDEXER_VERIFY_SAVED_SHARD_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/article_log/article_log.h"
#include "common/kv/database.h"
#include "services/indexer/layout/data_layout.h"
#include "services/indexer/segment/snapshot.h"
#include "tintinh/disk/v1/indexer.pb.h"

namespace tintinh::indexer {

// Thread-compatible. The directory must be nobody else's meanwhile: a checkpoint, or the data of a stopped indexer.
class SavedShard {
 public:
  // DATA_LOSS when something that opening needs is damaged or missing; FAILED_PRECONDITION for a shard that this
  // program's index cannot read.
  static absl::StatusOr<std::unique_ptr<SavedShard>> Open(absl::string_view data_directory, uint32_t shard,
                                                          const DataLayout& layout);

  const kv::Database& database() const { return *database_; }
  uint64_t committed_position() const { return committed_.applied_position; }
  const std::vector<SegmentView>& segments() const { return committed_.segments; }  // all of them DiskSegments

  // Nothing where the log is in Kafka.
  bool has_log() const { return log_ != nullptr; }
  absl::StatusOr<article_log::LogBounds> LogBounds() const;  // REQUIRES: has_log()
  // What was logged after `after`, in order, until `visit` fails.
  absl::Status VisitLog(uint64_t after, absl::FunctionRef<absl::Status(const article_log::LogRecord&)> visit) const;

  // Every live article as an entry of kind PUT: those of the segments that the log does not touch again, then what the
  // log says last of the rest. Deleted ones are left out.
  absl::Status VisitArticles(absl::FunctionRef<absl::Status(const disk::v1::StoredArticle&)> visit) const;

 private:
  SavedShard(uint32_t shard, std::unique_ptr<kv::Database> database);
  absl::Status LoadSegments(const DataLayout& layout);

  const uint32_t shard_;
  std::unique_ptr<kv::Database> database_;
  Snapshot committed_;
  std::unique_ptr<article_log::ArticleLog> log_;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_VERIFY_SAVED_SHARD_H_

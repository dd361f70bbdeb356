#include "services/indexer/verify/verify.h"

#include <memory>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/indexer/record/log_entry.h"
#include "services/indexer/segment/disk_segment.h"
#include "services/indexer/segment/packed_id.h"
#include "services/indexer/shard/article_digest.h"
#include "services/indexer/verify/saved_shard.h"

namespace tintinh::indexer {
namespace {

// Counts the live articles of all segments; each may be live once.
void CheckLive(const SavedShard& saved, FaultSink report, VerifiedShard& verified) {
  absl::flat_hash_set<std::string> seen;
  ArticleDigest digest;
  for (const SegmentView& view : saved.segments()) {
    const ColumnArrays& columns = view.segment->columns();
    for (uint32_t ordinal = 0; ordinal < view.documents; ++ordinal) {
      if (!view.IsLive(ordinal)) continue;
      digest.Add(columns.packed_ids[ordinal], columns.packed_hashes[ordinal]);
      if (seen.emplace(columns.packed_ids[ordinal]).second) continue;
      report(absl::StrCat("article ", UnpackId(columns.packed_ids[ordinal]), " is there twice"));
    }
  }
  verified.articles = seen.size();
  verified.digest = digest.value();
}

absl::Status CheckLog(const SavedShard& saved, FaultSink report, VerifiedShard& verified) {
  ASSIGN_OR_RETURN(const article_log::LogBounds bounds, saved.LogBounds());
  if (bounds.first > saved.committed_position() + 1 || bounds.last < saved.committed_position()) {
    report(absl::StrCat("the log has positions ", bounds.first, " to ", bounds.last, ", the index goes up to ",
                        saved.committed_position()));
  }
  return saved.VisitLog(bounds.first - 1, [&](const article_log::LogRecord& record) {
    ++verified.log_entries;
    const absl::Status entry = DecodeLogEntry(record.bytes).status();
    if (!entry.ok()) report(absl::StrCat("log position ", record.position, ": ", entry.message()));
    return absl::OkStatus();
  });
}

}  // namespace

absl::StatusOr<VerifiedShard> VerifyShard(absl::string_view data_directory, uint32_t shard, const DataLayout& layout,
                                          FaultSink report) {
  ASSIGN_OR_RETURN(const std::unique_ptr<SavedShard> saved, SavedShard::Open(data_directory, shard, layout));
  VerifiedShard verified;
  verified.committed_position = saved->committed_position();
  verified.bytes = saved->database().DiskBytes();
  const absl::Status files = saved->database().VerifyChecksums();
  if (!files.ok()) report(std::string(files.message()));
  for (const SegmentView& view : saved->segments()) {
    const std::string name = absl::StrCat("segment ", static_cast<const DiskSegment&>(*view.segment).number(), ": ");
    verified.postings += CheckSegment(*view.segment, view.documents,
                                      [&](const std::string& fault) { report(absl::StrCat(name, fault)); });
  }
  CheckLive(*saved, report, verified);
  if (!saved->has_log()) return verified;
  const absl::Status log = CheckLog(*saved, report, verified);
  if (!log.ok()) report(std::string(log.message()));
  return verified;
}

}  // namespace tintinh::indexer

// The page archive: WARC/1.1 files, one gzip member per record, that standard tools read.
#ifndef TINTINH_SERVICES_CRAWLER_ARCHIVE_WARC_WRITER_H_
#define TINTINH_SERVICES_CRAWLER_ARCHIVE_WARC_WRITER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/random/random.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "common/sync/mutex.h"
#include "common/time/clock.h"
#include "services/crawler/archive/warc_record.h"

namespace tintinh::crawler {

struct WarcOptions {
  std::string directory;  // made if absent
  uint64_t max_file_bytes =
      uint64_t{1} << 30;         // the next exchange starts a new file; one file may pass it by one exchange
  uint64_t max_total_bytes = 0;  // of closed files; then the oldest are removed. 0: no bound
  std::string software;          // for the warcinfo record
};

// Thread-safe. Files are named tintinh-<UTC time>-<number>.warc.gz, with the suffix ".open" while they grow; a closed
// one has its index beside it (cdx.h).
class WarcWriter {
 public:
  // Files that a dead process left open are cut after their last complete record and renamed. `clock` must outlive the
  // result. One writer per directory.
  static absl::StatusOr<std::unique_ptr<WarcWriter>> Open(WarcOptions options, const Clock& clock);

  ~WarcWriter();  // closes, ignoring errors
  WarcWriter(const WarcWriter&) = delete;
  WarcWriter& operator=(const WarcWriter&) = delete;

  // Appends the request and the response (or revisit) record of each exchange and returns the responses' record ids, in
  // order. All are on disk when this returns: one sync. On failure none is kept, and the file ends where it did before;
  // one whose warcinfo record could not be written is removed.
  absl::StatusOr<std::vector<std::string>> AppendAll(absl::Span<const Exchange> exchanges);
  absl::StatusOr<std::string> Append(const Exchange& exchange);

  // Takes the suffix off the current file. The next Append starts another.
  absl::Status Close();

 private:
  WarcWriter(WarcOptions options, const Clock& clock);

  absl::Status StartFile() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::Status WriteInfo(absl::string_view name, absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void DiscardFile() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::Status FinishFile() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::Status WriteMembers(absl::string_view bytes) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  const WarcOptions options_;
  const Clock& clock_;

  Mutex mu_;
  absl::BitGen random_ ABSL_GUARDED_BY(mu_);
  int file_ ABSL_GUARDED_BY(mu_) = -1;     // a descriptor; -1: none open
  std::string path_ ABSL_GUARDED_BY(mu_);  // without ".open"
  std::string warcinfo_id_ ABSL_GUARDED_BY(mu_);
  uint64_t size_ ABSL_GUARDED_BY(mu_) = 0;
  uint32_t number_ ABSL_GUARDED_BY(mu_) = 0;
};

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_ARCHIVE_WARC_WRITER_H_

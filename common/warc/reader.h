// The records of a WARC file (ISO 28500; 0.17 to 1.1), one after the other, from plain files and from gzip files packed
// by the record or as a whole.
#ifndef TINTINH_COMMON_WARC_READER_H_
#define TINTINH_COMMON_WARC_READER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/warc/byte_source.h"

namespace tintinh::warc {

struct Record {
  // The first field of this name, without regard to case; empty when absent.
  absl::string_view Field(absl::string_view name) const;
  // WARC-Target-URI without the angle brackets that some writers put around it.
  absl::string_view TargetUri() const;

  std::string version;                                      // "1.1"
  std::vector<std::pair<std::string, std::string>> fields;  // in order; folded lines joined
  uint64_t offset = 0;                                      // in the file: of the record, in a gzip file of its member
  uint64_t in_member = 0;     // unpacked bytes of the member before the record: not 0 where one holds several
  uint64_t stored_bytes = 0;  // in the file; of the whole member in a gzip file, and 0 there unless in_member is 0
  uint64_t block_bytes = 0;   // Content-Length
  std::string block;          // at most ReaderLimits::max_block_bytes of it
};

struct ReaderLimits {
  uint64_t max_block_bytes = uint64_t{8} << 20;  // kept of a block; the rest is passed over
  size_t max_header_bytes = size_t{64} << 10;
};

// Memory is bounded by the limits, whatever the file holds. Not thread-safe.
class Reader {
 public:
  static absl::StatusOr<std::unique_ptr<Reader>> Open(const std::string& path, ReaderLimits limits = {});

  // False at the end of the file. DATA_LOSS says what is wrong and at which offset; nothing can be read afterwards.
  absl::StatusOr<bool> Next(Record& record);

 private:
  Reader(std::string path, std::unique_ptr<ByteSource> source, ReaderLimits limits);

  absl::StatusOr<bool> AtEnd();
  absl::Status ReadHeader(Record& record);
  absl::StatusOr<std::string> ReadLine();
  absl::Status ReadBlock(Record& record);
  absl::Status ReadEnd();
  absl::Status Broken(absl::string_view what) const;

  const std::string path_;
  const std::unique_ptr<ByteSource> source_;
  const ReaderLimits limits_;
  uint64_t offset_ = 0, in_member_ = 0;  // of the record being read
  size_t header_bytes_ = 0;
};

}  // namespace tintinh::warc

#endif  // TINTINH_COMMON_WARC_READER_H_

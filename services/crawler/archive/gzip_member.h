// gzip members (RFC 1952), one per WARC record: written whole, and counted in a file that a crash may have torn.
#ifndef TINTINH_SERVICES_CRAWLER_ARCHIVE_GZIP_MEMBER_H_
#define TINTINH_SERVICES_CRAWLER_ARCHIVE_GZIP_MEMBER_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace tintinh::crawler {

// Appends one complete member that holds `bytes`.
absl::Status AppendGzipMember(absl::string_view bytes, std::string& members);

// Bytes of the file up to the end of its last complete member; what follows is torn. Reads the file in pieces.
absl::StatusOr<uint64_t> CompleteMemberBytes(const std::string& path);

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_ARCHIVE_GZIP_MEMBER_H_

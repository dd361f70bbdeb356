// The index beside a closed WARC file: CDXJ lines, as pywb and other replay tools read them: a SURT key, a time of 14
// digits, and JSON with url, mime, status, digest, length, offset and filename. Sorted by the bytes of the lines.
#ifndef TINTINH_SERVICES_CRAWLER_ARCHIVE_CDX_H_
#define TINTINH_SERVICES_CRAWLER_ARCHIVE_CDX_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace tintinh::crawler {

// "vn,baolaichau)/thoi-su?trang=2" of "https://www.baolaichau.vn/thoi-su?trang=2": host reversed, without "www." and
// scheme, in lower case; addresses of numbers are not reversed. The text itself when it is no URL.
std::string SurtKey(absl::string_view url);

// Writes "<name>.cdxj" for "<name>.warc.gz", whole or not at all; an index that is there is replaced. Response and
// revisit records have a line. `stands_at` is where the file is read, for it may not have its name yet.
absl::Status WriteCdx(const std::string& warc_path, const std::string& stands_at);

// The index's path for a WARC file's.
std::string CdxPath(absl::string_view warc_path);

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_ARCHIVE_CDX_H_

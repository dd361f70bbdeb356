// gzip (RFC 1952) with a bound on what comes out.
#ifndef TINTINH_SERVICES_CRAWLER_DISCOVER_GUNZIP_H_
#define TINTINH_SERVICES_CRAWLER_DISCOVER_GUNZIP_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace tintinh::crawler {

// True for bytes that begin like a gzip member.
bool IsGzip(absl::string_view bytes);

// The members of `bytes` expanded and joined. A file cut short gives what could be read of it; DataLoss if that is
// nothing, ResourceExhausted when more than `max_bytes` come out.
absl::StatusOr<std::string> Gunzip(absl::string_view bytes, size_t max_bytes);

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_DISCOVER_GUNZIP_H_

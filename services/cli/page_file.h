// Files on disk as pages for the normalizer.
#ifndef TINTINH_SERVICES_CLI_PAGE_FILE_H_
#define TINTINH_SERVICES_CLI_PAGE_FILE_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tintinh/v1/page.pb.h"

namespace tintinh::cli {

// Forced by a flag, or told by the name's ending: .txt is a text dump, .html and .htm are pages.
enum class InputFormat { kByName, kHtml, kText };

// The page of one file; "-" reads standard input. The URL is "file:" and the absolute path. NOT_FOUND or
// INVALID_ARGUMENT (more than 64 MiB) names the file.
absl::StatusOr<v1::Page> ReadPage(const std::string& path, InputFormat format);

// The last component of the path; "-" stays.
std::string BaseName(absl::string_view path);

}  // namespace tintinh::cli

#endif  // TINTINH_SERVICES_CLI_PAGE_FILE_H_

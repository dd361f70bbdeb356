#include "services/cli/page_file.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <system_error>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/status/status_macros.h"

namespace tintinh::cli {
namespace {

constexpr size_t kMaxFileBytes = 64u << 20;

absl::StatusOr<std::string> ReadAll(std::istream& in, absl::string_view name) {
  std::string bytes;
  char buffer[1 << 16];
  while (in.read(buffer, sizeof buffer) || in.gcount() > 0) {
    bytes.append(buffer, static_cast<size_t>(in.gcount()));
    if (bytes.size() > kMaxFileBytes) {
      return absl::InvalidArgumentError(absl::StrCat(name, ": more than the limit of ", kMaxFileBytes, " bytes"));
    }
  }
  return bytes;
}

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  if (path == "-") return ReadAll(std::cin, "standard input");
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) {
    return absl::InvalidArgumentError(absl::StrCat(path, " is a directory"));
  }
  std::ifstream in(path, std::ios::binary);
  if (!in) return absl::NotFoundError(absl::StrCat(path, " cannot be read"));
  return ReadAll(in, path);
}

v1::PageFormat FormatOf(absl::string_view path, InputFormat format) {
  if (format == InputFormat::kHtml) return v1::PAGE_FORMAT_HTML;
  if (format == InputFormat::kText) return v1::PAGE_FORMAT_TEXT;
  if (absl::EndsWithIgnoreCase(path, ".txt")) return v1::PAGE_FORMAT_TEXT;
  if (absl::EndsWithIgnoreCase(path, ".html") || absl::EndsWithIgnoreCase(path, ".htm")) return v1::PAGE_FORMAT_HTML;
  return v1::PAGE_FORMAT_UNSPECIFIED;
}

std::string UrlOf(const std::string& path) {
  std::error_code error;
  const std::filesystem::path absolute = std::filesystem::absolute(path, error);
  return absl::StrCat("file:", path == "-" || error ? path : absolute.lexically_normal().string());
}

}  // namespace

std::string BaseName(absl::string_view path) { return std::filesystem::path(std::string(path)).filename().string(); }

absl::StatusOr<v1::Page> ReadPage(const std::string& path, InputFormat format) {
  v1::Page page;
  ASSIGN_OR_RETURN(*page.mutable_body(), ReadFile(path));
  page.set_url(UrlOf(path));
  page.set_format(FormatOf(path, format));
  page.mutable_fetched()->set_seconds(absl::ToUnixSeconds(absl::Now()));
  return page;
}

}  // namespace tintinh::cli

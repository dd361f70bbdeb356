#include "services/cli/warc_pages.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/status/status_macros.h"
#include "common/warc/http_message.h"
#include "common/warc/reader.h"
#include "services/cli/page_file.h"

namespace tintinh::cli {
namespace {

constexpr size_t kMaxPageBytes = size_t{5} << 20;  // tintinh.v1.Page.body
constexpr int kMaxHeaders = 100;

bool IsWarcName(absl::string_view name) { return absl::EndsWith(name, ".warc") || absl::EndsWith(name, ".warc.gz"); }

bool IsHtml(const warc::HttpResponse& response) {
  const std::string type = absl::AsciiStrToLower(response.Header("Content-Type"));
  return absl::StartsWith(type, "text/html") || absl::StartsWith(type, "application/xhtml");
}

void SetFetched(absl::string_view date, v1::Page& page) {
  absl::Time time;
  std::string ignored;
  if (!absl::ParseTime(absl::RFC3339_full, date, &time, &ignored)) return;
  page.mutable_fetched()->set_seconds(absl::ToUnixSeconds(time));
}

v1::Page PageOf(const warc::Record& record, warc::HttpResponse response) {
  v1::Page page;
  page.set_url(std::string(record.TargetUri()));
  page.set_http_status(response.status);
  SetFetched(record.Field("WARC-Date"), page);
  for (auto& [name, value] : response.headers) {
    if (page.headers_size() == kMaxHeaders) break;
    v1::HttpHeader& header = *page.add_headers();
    header.set_name(absl::AsciiStrToLower(name));
    header.set_value(std::move(value));
  }
  page.set_body(std::move(response.body));
  return page;
}

bool VisitRecord(const std::string& file, const warc::Record& record, WarcVisitor visit) {
  if (!absl::EqualsIgnoreCase(record.Field("WARC-Type"), "response")) return true;
  absl::StatusOr<warc::HttpResponse> response = warc::ParseHttpResponse(record.block, kMaxPageBytes);
  if (absl::IsInvalidArgument(response.status())) return true;
  std::string name = absl::StrCat(BaseName(file), "@", record.offset);
  if (record.in_member != 0) absl::StrAppend(&name, "+", record.in_member);
  if (!response.ok()) return visit(std::move(name), response.status());
  if (response->status != 200 || !IsHtml(*response)) return true;
  return visit(std::move(name), PageOf(record, *std::move(response)));
}

absl::Status AppendFilesOf(const std::string& path, std::vector<std::string>& files) {
  std::error_code error;
  if (!std::filesystem::is_directory(path, error)) {
    files.push_back(path);
    return absl::OkStatus();
  }
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::directory_iterator(path, error)) {
    if (IsWarcName(entry.path().filename().string())) found.push_back(entry.path().string());
  }
  if (found.empty())
    return absl::InvalidArgumentError(absl::StrCat(path, ": no *.warc or *.warc.gz in this directory"));
  std::sort(found.begin(), found.end());
  files.insert(files.end(), found.begin(), found.end());
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<std::string>> WarcFiles(const std::vector<std::string>& paths) {
  std::vector<std::string> files;
  for (const std::string& path : paths) RETURN_IF_ERROR(AppendFilesOf(path, files));
  return files;
}

absl::Status ReadWarcPages(const std::string& file, WarcVisitor visit) {
  ASSIGN_OR_RETURN(const std::unique_ptr<warc::Reader> reader, warc::Reader::Open(file));
  warc::Record record;
  while (true) {
    ASSIGN_OR_RETURN(const bool more, reader->Next(record));
    if (!more || !VisitRecord(file, record, visit)) return absl::OkStatus();
  }
}

}  // namespace tintinh::cli

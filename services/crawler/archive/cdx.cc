#include "services/crawler/archive/cdx.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/status/status_macros.h"
#include "common/url/url.h"
#include "common/warc/http_message.h"
#include "common/warc/reader.h"
#include "nlohmann/json.hpp"

namespace tintinh::crawler {
namespace {

// Enough for the head of any answer that was kept.
constexpr uint64_t kHeadBytes = 64 * 1024;

bool IsNumeric(absl::string_view host) {
  return host.find(':') != absl::string_view::npos || host.find_first_not_of("0123456789.") == absl::string_view::npos;
}

std::string ReversedHost(absl::string_view host) {
  if (IsNumeric(host)) return std::string(host);
  std::vector<absl::string_view> labels = absl::StrSplit(absl::StripPrefix(host, "www."), '.');
  std::reverse(labels.begin(), labels.end());
  return absl::StrJoin(labels, ",");
}

// "20261126101500" of "2026-11-26T10:15:00.123456Z".
std::string Timestamp(absl::string_view date) {
  constexpr size_t kDigits = 14;
  std::string digits;
  for (const char c : date) {
    if (absl::ascii_isdigit(static_cast<unsigned char>(c)) && digits.size() < kDigits) digits.push_back(c);
  }
  return digits;
}

std::string MimeOf(const warc::Record& record) {
  if (record.Field("WARC-Type") == "revisit") return "warc/revisit";
  const absl::StatusOr<warc::HttpResponse> response = warc::ParseHttpResponse(record.block, kHeadBytes);
  if (!response.ok()) return "unk";
  const absl::string_view type = response->Header("content-type");
  return absl::AsciiStrToLower(absl::StripAsciiWhitespace(type.substr(0, type.find(';'))));
}

std::string CdxLine(const warc::Record& record, const std::string& filename) {
  const std::string url(record.TargetUri());
  const std::optional<uint32_t> status = warc::HttpStatusOf(record.block);
  nlohmann::ordered_json fields;
  fields["url"] = url;
  fields["mime"] = MimeOf(record);
  fields["status"] = status.has_value() ? absl::StrCat(*status) : "-";
  fields["digest"] = std::string(record.Field("WARC-Payload-Digest"));
  fields["length"] = absl::StrCat(record.stored_bytes);
  fields["offset"] = absl::StrCat(record.offset);
  fields["filename"] = filename;
  return absl::StrCat(SurtKey(url), " ", Timestamp(record.Field("WARC-Date")), " ",
                      fields.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace), "\n");
}

absl::StatusOr<std::vector<std::string>> CdxLines(const std::string& warc_path, const std::string& stands_at) {
  const std::string filename = std::filesystem::path(warc_path).filename().string();
  warc::ReaderLimits limits;
  limits.max_block_bytes = kHeadBytes;
  ASSIGN_OR_RETURN(const std::unique_ptr<warc::Reader> reader, warc::Reader::Open(stands_at, limits));
  std::vector<std::string> lines;
  warc::Record record;
  while (true) {
    ASSIGN_OR_RETURN(const bool more, reader->Next(record));
    if (!more) break;
    const absl::string_view type = record.Field("WARC-Type");
    if (type == "response" || type == "revisit") lines.push_back(CdxLine(record, filename));
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

}  // namespace

std::string SurtKey(absl::string_view url) {
  const absl::StatusOr<url::Parts> parts = url::Parse(url);
  if (!parts.ok()) return absl::AsciiStrToLower(url);
  std::string key = ReversedHost(parts->host);
  if (parts->port != (parts->scheme == "https" ? 443 : 80)) absl::StrAppend(&key, ":", parts->port);
  absl::StrAppend(&key, ")", parts->path);
  if (!parts->query.empty()) absl::StrAppend(&key, "?", parts->query);
  return absl::AsciiStrToLower(key);
}

std::string CdxPath(absl::string_view warc_path) {
  return absl::StrCat(absl::StripSuffix(warc_path, ".warc.gz"), ".cdxj");
}

absl::Status WriteCdx(const std::string& warc_path, const std::string& stands_at) {
  ASSIGN_OR_RETURN(const std::vector<std::string> lines, CdxLines(warc_path, stands_at));
  const std::string path = CdxPath(warc_path);
  const std::string unfinished = path + ".tmp";
  std::ofstream file(unfinished, std::ios::binary | std::ios::trunc);
  for (const std::string& line : lines) file << line;
  file.close();
  std::error_code error;
  if (file) std::filesystem::rename(unfinished, path, error);
  if (!file || error) return absl::UnavailableError(absl::StrCat("write ", path, ": ", error.message()));
  return absl::OkStatus();
}

}  // namespace tintinh::crawler

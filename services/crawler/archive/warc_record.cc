#include "services/crawler/archive/warc_record.h"

#include "absl/random/uniform_int_distribution.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/digest/digest.h"

namespace tintinh::crawler {
namespace {

std::string WarcDate(absl::Time time) { return absl::FormatTime("%Y-%m-%dT%H:%M:%E6SZ", time, absl::UTCTimeZone()); }

std::string Digest(absl::string_view bytes) { return absl::StrCat("sha1:", Sha1Base32(bytes)); }

// A field's value may not break out of its line.
std::string OneLine(absl::string_view value) {
  std::string line(value);
  for (char& c : line) {
    if (c == '\r' || c == '\n' || c == '\0') c = ' ';
  }
  return line;
}

bool DescribesEncoding(absl::string_view line) {
  return absl::StartsWithIgnoreCase(line, "content-encoding:") ||
         absl::StartsWithIgnoreCase(line, "transfer-encoding:") || absl::StartsWithIgnoreCase(line, "content-length:");
}

std::string StatusLine(absl::string_view line) {
  if (!absl::StartsWith(line, "HTTP/")) return std::string(line);
  const size_t space = line.find(' ');
  if (space == absl::string_view::npos || absl::StartsWith(line, "HTTP/1.")) return std::string(line);
  return absl::StrCat("HTTP/1.1", line.substr(space));
}

std::vector<absl::string_view> Lines(absl::string_view headers) {
  std::vector<absl::string_view> lines;
  for (absl::string_view line : absl::StrSplit(headers, '\n')) {
    absl::ConsumeSuffix(&line, "\r");
    if (!line.empty()) lines.push_back(line);
  }
  return lines;
}

std::string StoredHeaders(const Exchange& exchange) {
  std::string headers;
  for (const absl::string_view line : Lines(exchange.response_headers)) {
    if (headers.empty()) {
      headers = absl::StrCat(StatusLine(line), "\r\n");
    } else {
      absl::StrAppend(&headers, DescribesEncoding(line) ? "X-Crawler-" : "", line, "\r\n");
    }
  }
  absl::StrAppend(&headers, "Content-Length: ", exchange.body.size(), "\r\n\r\n");
  return headers;
}

std::string SentHeaders(const Exchange& exchange) {
  std::string headers;
  for (const absl::string_view line : Lines(exchange.request_headers)) absl::StrAppend(&headers, line, "\r\n");
  return absl::StrCat(headers, "\r\n");
}

}  // namespace

std::string WarcRecord::Serialize() const {
  std::string bytes = "WARC/1.1\r\n";
  for (const auto& [name, value] : fields) {
    if (!value.empty()) absl::StrAppend(&bytes, name, ": ", OneLine(value), "\r\n");
  }
  absl::StrAppend(&bytes, "Content-Length: ", block.size(), "\r\n\r\n", block, "\r\n\r\n");
  return bytes;
}

std::string MakeWarcId(absl::BitGenRef random) {
  const auto high = absl::uniform_int_distribution<uint64_t>()(random);
  const auto low = absl::uniform_int_distribution<uint64_t>()(random);
  // RFC 4122, 4.4: four bits of version, two of variant.
  return absl::StrFormat("<urn:uuid:%08x-%04x-4%03x-%04x-%012x>", high >> 32, (high >> 16) & 0xffff, high & 0xfff,
                         ((low >> 48) & 0x3fff) | 0x8000, low & 0xffffffffffff);
}

WarcRecord WarcInfo(absl::string_view id, absl::Time now, absl::string_view filename, absl::string_view software) {
  WarcRecord record;
  record.fields = {{"WARC-Type", "warcinfo"},
                   {"WARC-Record-ID", std::string(id)},
                   {"WARC-Date", WarcDate(now)},
                   {"WARC-Filename", std::string(filename)},
                   {"Content-Type", "application/warc-fields"}};
  record.block = absl::StrCat("software: ", OneLine(software), "\r\nformat: WARC File Format 1.1\r\n",
                              "conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/",
                              "warc-1.1/\r\nrobots: obey\r\n");
  return record;
}

WarcRecord RequestRecord(const Exchange& exchange, const ExchangeIds& ids) {
  WarcRecord record;
  record.block = SentHeaders(exchange);
  record.fields = {{"WARC-Type", "request"},
                   {"WARC-Record-ID", ids.request},
                   {"WARC-Date", WarcDate(exchange.fetched)},
                   {"WARC-Target-URI", exchange.url},
                   {"WARC-IP-Address", exchange.remote_address},
                   {"WARC-Concurrent-To", ids.response},
                   {"WARC-Warcinfo-ID", ids.warcinfo},
                   {"WARC-Block-Digest", Digest(record.block)},
                   {"Content-Type", "application/http; msgtype=request"}};
  return record;
}

WarcRecord ResponseRecord(const Exchange& exchange, const ExchangeIds& ids) {
  WarcRecord record;
  record.block = absl::StrCat(StoredHeaders(exchange), exchange.body);
  record.fields = {{"WARC-Type", "response"},
                   {"WARC-Record-ID", ids.response},
                   {"WARC-Date", WarcDate(exchange.fetched)},
                   {"WARC-Target-URI", exchange.url},
                   {"WARC-IP-Address", exchange.remote_address},
                   {"WARC-Warcinfo-ID", ids.warcinfo},
                   {"WARC-Block-Digest", Digest(record.block)},
                   {"WARC-Payload-Digest", Digest(exchange.body)},
                   {"Content-Type", "application/http; msgtype=response"}};
  return record;
}

WarcRecord RevisitRecord(const Exchange& exchange, const ExchangeIds& ids) {
  constexpr absl::string_view kProfile = "http://netpreserve.org/warc/1.1/revisit/";
  WarcRecord record = ResponseRecord(exchange, ids);
  record.block.resize(record.block.size() - exchange.body.size());
  const bool not_modified = exchange.body.empty();
  record.fields = {
      {"WARC-Type", "revisit"},
      {"WARC-Record-ID", ids.response},
      {"WARC-Date", WarcDate(exchange.fetched)},
      {"WARC-Target-URI", exchange.url},
      {"WARC-IP-Address", exchange.remote_address},
      {"WARC-Warcinfo-ID", ids.warcinfo},
      {"WARC-Profile", absl::StrCat(kProfile, not_modified ? "server-not-modified" : "identical-payload-digest")},
      {"WARC-Refers-To-Target-URI", exchange.url},
      {"WARC-Refers-To-Date", WarcDate(exchange.same_as)},
      {"WARC-Block-Digest", Digest(record.block)},
      {"WARC-Payload-Digest", not_modified ? "" : Digest(exchange.body)},
      {"Content-Type", "application/http; msgtype=response"}};
  return record;
}

}  // namespace tintinh::crawler

#include "common/warc/http_message.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <memory>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/status/status_macros.h"

namespace tintinh::warc {
namespace {

constexpr size_t kPieceBytes = size_t{64} << 10;

// Up to the next line end, which is taken off `rest` with it.
absl::string_view TakeLine(absl::string_view& rest) {
  const size_t end = std::min(rest.find('\n'), rest.size());
  const absl::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return absl::StripSuffix(line, "\r");
}

std::optional<uint32_t> StatusOf(absl::string_view line) {
  const std::vector<absl::string_view> parts = absl::StrSplit(line, absl::MaxSplits(' ', 2));
  uint32_t status = 0;
  const bool is_response = absl::StartsWith(line, "HTTP/") && parts.size() >= 2 && parts[1].size() == 3;
  return is_response && absl::SimpleAtoi(parts[1], &status) ? std::optional<uint32_t>(status) : std::nullopt;
}

std::optional<size_t> ChunkSize(absl::string_view line) {
  const absl::string_view digits = absl::StripAsciiWhitespace(line.substr(0, line.find(';')));
  size_t size = 0;
  return !digits.empty() && digits.size() <= 8 && absl::SimpleHexAtoi(digits, &size) ? std::optional<size_t>(size)
                                                                                     : std::nullopt;
}

std::string WithoutChunks(absl::string_view body) {
  std::string whole;
  absl::string_view rest = body;
  while (!rest.empty()) {
    const std::optional<size_t> size = ChunkSize(TakeLine(rest));
    if (!size) return whole.empty() ? std::string(body) : whole;
    if (*size == 0) break;
    whole.append(rest.data(), std::min(*size, rest.size()));
    rest.remove_prefix(std::min(*size, rest.size()));
    TakeLine(rest);
  }
  return whole;
}

absl::Status TooLarge(size_t max_bytes) {
  return absl::ResourceExhaustedError(absl::StrCat("body: unpacks to more than ", max_bytes, " bytes"));
}

struct InflateEnd {
  void operator()(z_stream* stream) const {
    inflateEnd(stream);
    delete stream;
  }
};

// `window`: 15 for zlib's format, -15 for bare deflate, 31 for gzip.
absl::StatusOr<std::string> Inflate(absl::string_view packed, int window, size_t max_bytes) {
  std::unique_ptr<z_stream, InflateEnd> stream(new z_stream{});
  if (inflateInit2(stream.get(), window) != Z_OK) return absl::ResourceExhaustedError("body: no memory to unpack it");
  std::string input(packed);
  stream->next_in = reinterpret_cast<Bytef*>(input.data());
  stream->avail_in = static_cast<uInt>(input.size());
  std::string body;
  std::array<char, kPieceBytes> piece;
  for (int code = Z_OK; code != Z_STREAM_END;) {
    stream->next_out = reinterpret_cast<Bytef*>(piece.data());
    stream->avail_out = piece.size();
    code = inflate(stream.get(), Z_NO_FLUSH);
    if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) return absl::DataLossError("body: damaged");
    const size_t got = piece.size() - stream->avail_out;
    body.append(piece.data(), got);
    if (body.size() > max_bytes) return TooLarge(max_bytes);
    if (got == 0 && code != Z_STREAM_END) break;
  }
  return body;
}

// "deflate" is zlib's format by the standard and bare in many servers.
absl::StatusOr<std::string> InflateAnyForm(absl::string_view packed, size_t max_bytes) {
  absl::StatusOr<std::string> body = Inflate(packed, MAX_WBITS, max_bytes);
  return absl::IsDataLoss(body.status()) ? Inflate(packed, -MAX_WBITS, max_bytes) : body;
}

absl::StatusOr<std::string> Unzstd(absl::string_view packed, size_t max_bytes) {
  const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(), &ZSTD_freeDCtx);
  ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, 23);  // RFC 9659
  ZSTD_inBuffer in{packed.data(), packed.size(), 0};
  std::string body;
  std::array<char, kPieceBytes> piece;
  while (true) {
    ZSTD_outBuffer out{piece.data(), piece.size(), 0};
    if (ZSTD_isError(ZSTD_decompressStream(context.get(), &out, &in)) != 0) return absl::DataLossError("body: damaged");
    body.append(piece.data(), out.pos);
    if (body.size() > max_bytes) return TooLarge(max_bytes);
    if (in.pos == in.size && out.pos < out.size) return body;
  }
}

absl::StatusOr<std::string> Decode(absl::string_view encoding, std::string body, size_t max_bytes) {
  if (encoding.empty() || encoding == "identity" || body.empty()) return body;
  const bool gzip = absl::StartsWith(body, "\x1f\x8b");
  if (encoding == "gzip" || encoding == "x-gzip") return gzip ? Inflate(body, 16 + MAX_WBITS, max_bytes) : body;
  if (encoding == "deflate") return InflateAnyForm(body, max_bytes);
  if (encoding == "zstd") return absl::StartsWith(body, "\x28\xb5\x2f\xfd") ? Unzstd(body, max_bytes) : body;
  return absl::UnimplementedError(absl::StrCat("Content-Encoding: \"", encoding.substr(0, 40), "\" is not read"));
}

}  // namespace

absl::string_view HttpResponse::Header(absl::string_view name) const {
  for (const auto& [own, value] : headers) {
    if (absl::EqualsIgnoreCase(own, name)) return value;
  }
  return "";
}

std::optional<uint32_t> HttpStatusOf(absl::string_view block) { return StatusOf(TakeLine(block)); }

absl::StatusOr<HttpResponse> ParseHttpResponse(absl::string_view block, size_t max_body_bytes) {
  HttpResponse response;
  const absl::string_view first = TakeLine(block);
  const std::optional<uint32_t> status = StatusOf(first);
  if (!status) {
    return absl::InvalidArgumentError(
        absl::StrCat("no HTTP response: \"", absl::CHexEscape(first.substr(0, 60)), "\""));
  }
  response.status = *status;
  while (!block.empty()) {
    const absl::string_view line = TakeLine(block);
    if (line.empty()) break;
    const size_t colon = line.find(':');
    if (colon == absl::string_view::npos) continue;
    response.headers.emplace_back(absl::StripAsciiWhitespace(line.substr(0, colon)),
                                  absl::StripAsciiWhitespace(line.substr(colon + 1)));
  }
  const bool chunked = absl::AsciiStrToLower(response.Header("Transfer-Encoding")) == "chunked";
  std::string body = chunked ? WithoutChunks(block) : std::string(block);
  ASSIGN_OR_RETURN(response.body,
                   Decode(absl::AsciiStrToLower(response.Header("Content-Encoding")), std::move(body), max_body_bytes));
  if (response.body.size() > max_body_bytes) return TooLarge(max_body_bytes);
  return response;
}

}  // namespace tintinh::warc

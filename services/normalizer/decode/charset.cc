#include "services/normalizer/decode/charset.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "uchardet/uchardet.h"
#include "unicode/ucnv.h"

namespace tintinh::normalizer {
namespace {

constexpr size_t kMetaScanBytes = size_t{64} << 10;
constexpr size_t kGuessBytes = size_t{256} << 10;

struct ConverterCloser {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, ConverterCloser>;

struct DetectorCloser {
  void operator()(uchardet_t detector) const { uchardet_delete(detector); }
};
using Detector = std::unique_ptr<std::remove_pointer_t<uchardet_t>, DetectorCloser>;

Converter OpenConverter(const std::string& name) {
  UErrorCode error = U_ZERO_ERROR;
  Converter converter(ucnv_open(name.c_str(), &error));
  return U_SUCCESS(error) ? std::move(converter) : nullptr;
}

// The value after `name` and '=' in a text of attributes or parameters: up to a quote, blank, ';' or '>'.
std::optional<absl::string_view> ValueAfter(absl::string_view text, absl::string_view lower_case_text,
                                            absl::string_view name) {
  const size_t at = lower_case_text.find(name);
  if (at == absl::string_view::npos) return std::nullopt;
  absl::string_view rest = absl::StripLeadingAsciiWhitespace(text.substr(at + name.size()));
  if (rest.empty() || rest.front() != '=') return std::nullopt;
  rest = absl::StripLeadingAsciiWhitespace(rest.substr(1));
  if (!rest.empty() && (rest.front() == '"' || rest.front() == '\'')) rest.remove_prefix(1);
  return rest.substr(0, std::min(rest.size(), rest.find_first_of("\"'; \t\r\n\f/>")));
}

// Without comments: a declaration inside one is none.
std::string HeadWithoutComments(absl::string_view html) {
  html = html.substr(0, kMetaScanBytes);
  std::string head;
  while (true) {
    const size_t open = html.find("<!--");
    head.append(html.data(), std::min(open, html.size()));
    if (open == absl::string_view::npos) return head;
    const size_t close = html.find("-->", open + 2);
    if (close == absl::string_view::npos) return head;
    html.remove_prefix(close + 3);
  }
}

}  // namespace

std::optional<std::string> CharsetOfLabel(absl::string_view label) {
  std::string name = absl::AsciiStrToLower(absl::StripAsciiWhitespace(label));
  if (name.empty() || name.size() > 40) return std::nullopt;
  if (name == "utf8" || name == "unicode-1-1-utf-8" || name == "x-unicode20utf8") name = "utf-8";
  if (name == "iso-8859-1" || name == "latin1" || name == "us-ascii" || name == "ascii" || name == "cp1252") {
    name = "windows-1252";
  }
  if (name == "cp1258" || name == "x-cp1258") name = "windows-1258";
  return OpenConverter(name) ? std::optional<std::string>(name) : std::nullopt;
}

std::optional<std::string> CharsetOfContentType(absl::string_view content_type) {
  const std::string lower = absl::AsciiStrToLower(content_type);
  const std::optional<absl::string_view> label = ValueAfter(content_type, lower, "charset");
  return label ? CharsetOfLabel(*label) : std::nullopt;
}

std::optional<std::string> CharsetOfMeta(absl::string_view html) {
  const std::string head = HeadWithoutComments(html);
  const std::string lower = absl::AsciiStrToLower(head);
  size_t at = 0;
  while ((at = lower.find("<meta", at)) != std::string::npos) {
    const size_t end = std::min(lower.find('>', at), lower.size());
    const absl::string_view tag = absl::string_view(head).substr(at, end - at);
    const absl::string_view lower_tag = absl::string_view(lower).substr(at, end - at);
    at = end;
    const std::optional<absl::string_view> label = ValueAfter(tag, lower_tag, "charset");
    const std::optional<std::string> charset = label ? CharsetOfLabel(*label) : std::nullopt;
    if (!charset) continue;
    return absl::StartsWith(*charset, "utf-16") ? "utf-8" : charset;
  }
  return std::nullopt;
}

std::optional<std::string> GuessCharset(absl::string_view bytes) {
  const Detector detector(uchardet_new());
  bytes = bytes.substr(0, kGuessBytes);
  if (uchardet_handle_data(detector.get(), bytes.data(), bytes.size()) != 0) return std::nullopt;
  uchardet_data_end(detector.get());
  return CharsetOfLabel(uchardet_get_charset(detector.get()));
}

std::optional<Converted> ConvertToUtf8(absl::string_view bytes, const std::string& charset) {
  const Converter source = OpenConverter(charset);
  const Converter target = OpenConverter("utf-8");
  if (source == nullptr || target == nullptr) return std::nullopt;
  Converted converted;
  std::vector<UChar> pivot(4096);
  std::vector<char> out(16384);
  UChar* pivot_source = pivot.data();
  UChar* pivot_target = pivot.data();
  const char* in = bytes.data();
  bool reset = true;
  UErrorCode error = U_BUFFER_OVERFLOW_ERROR;
  while (error == U_BUFFER_OVERFLOW_ERROR) {
    error = U_ZERO_ERROR;
    char* next = out.data();
    ucnv_convertEx(target.get(), source.get(), &next, out.data() + out.size(), &in, bytes.data() + bytes.size(),
                   pivot.data(), &pivot_source, &pivot_target, pivot.data() + pivot.size(), reset ? 1 : 0, 1, &error);
    reset = false;
    converted.utf8.append(out.data(), static_cast<size_t>(next - out.data()));
  }
  if (U_FAILURE(error)) return std::nullopt;
  for (size_t at = 0; (at = converted.utf8.find("\xEF\xBF\xBD", at)) != std::string::npos; at += 3)
    ++converted.replaced;
  return converted;
}

}  // namespace tintinh::normalizer

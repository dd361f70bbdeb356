#include "services/normalizer/decode/decode.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/text/normal_form.h"
#include "services/normalizer/decode/charset.h"

namespace tintinh::normalizer {
namespace {

struct Choice {
  std::string charset;
  absl::string_view rule;
};

std::optional<Choice> ByteOrderMark(absl::string_view& bytes) {
  const auto take = [&bytes](absl::string_view mark, const char* charset) -> std::optional<Choice> {
    if (!absl::StartsWith(bytes, mark)) return std::nullopt;
    bytes.remove_prefix(mark.size());
    return Choice{charset, "byte order mark"};
  };
  if (auto choice = take("\xEF\xBB\xBF", "utf-8")) return choice;
  if (auto choice = take("\xFE\xFF", "utf-16be")) return choice;
  return take("\xFF\xFE", "utf-16le");
}

bool IsAscii(absl::string_view bytes) {
  return std::none_of(bytes.begin(), bytes.end(), [](char c) { return (static_cast<unsigned char>(c) & 0x80) != 0; });
}

Choice ChooseCharset(absl::string_view& bytes, absl::string_view content_type) {
  if (std::optional<Choice> choice = ByteOrderMark(bytes)) return *choice;
  if (!IsAscii(bytes) && text::IsValidUtf8(bytes)) return {"utf-8", "valid UTF-8"};
  if (std::optional<std::string> charset = CharsetOfContentType(content_type)) return {*charset, "content-type"};
  if (std::optional<std::string> charset = CharsetOfMeta(bytes)) return {*charset, "meta"};
  if (IsAscii(bytes)) return {"utf-8", "valid UTF-8"};
  if (std::optional<std::string> charset = GuessCharset(bytes)) return {*charset, "detected"};
  return {"windows-1258", "default"};
}

Converted ConvertWithFallback(absl::string_view bytes, const std::string& charset) {
  if (charset != "utf-8") {
    if (std::optional<Converted> converted = ConvertToUtf8(bytes, charset)) return *std::move(converted);
  }
  Converted repaired;
  repaired.utf8 = text::RepairUtf8(bytes, &repaired.replaced);
  return repaired;
}

// Text has hardly any control bytes but white space; an image or an archive is full of them.
bool LooksBinary(absl::string_view utf8) {
  const absl::string_view start = utf8.substr(0, 4096);
  const auto controls = std::count_if(start.begin(), start.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f';
  });
  return static_cast<size_t>(controls) * 50 > start.size();
}

}  // namespace

absl::StatusOr<DecodedPage> DecodePage(absl::string_view bytes, absl::string_view content_type) {
  const Choice choice = ChooseCharset(bytes, content_type);
  Converted converted = ConvertWithFallback(bytes, choice.charset);
  if (LooksBinary(converted.utf8)) return absl::InvalidArgumentError("body: binary data, not text");
  // A replaced letter stands for one byte or more: a tenth of the bytes is a stricter bound than a tenth of the
  // letters.
  if (converted.replaced * 10 > bytes.size()) {
    return absl::InvalidArgumentError(absl::StrCat("body: ", converted.replaced, " of ", bytes.size(),
                                                   " bytes undecodable as ", choice.charset, ", the limit is 10 %"));
  }
  DecodedPage page;
  page.utf8 = std::move(converted.utf8);
  page.charset = choice.charset;
  page.rule = std::string(choice.rule);
  page.replaced = converted.replaced;
  return page;
}

}  // namespace tintinh::normalizer

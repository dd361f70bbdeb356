// Any bytes: every token lies on boundaries of letters, positions never fall, and the normal form gives the same keys.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/text/analyzer.h"
#include "common/text/normal_form.h"

namespace {

using tintinh::text::AnalyzedText;
using tintinh::text::Analyzer;
using tintinh::text::Token;

void Require(bool condition) {
  if (!condition) std::abort();
}

bool IsContinuation(absl::string_view source, size_t at) {
  return at < source.size() && (static_cast<unsigned char>(source[at]) & 0xC0) == 0x80;
}

void CheckToken(const AnalyzedText& text, const Token& token, absl::string_view source) {
  Require(token.begin < token.end && token.end <= source.size());
  Require(token.position + token.span <= text.positions);
  Require(token.key_size >= 1 && token.key_size <= 200);
  Require(size_t{token.key_begin} + token.key_size <= text.keys.size());
  // Of well-formed text no character is cut.
  if (tintinh::text::IsValidUtf8(source)) {
    Require(!IsContinuation(source, token.begin) && !IsContinuation(source, token.end));
  }
}

// Blocks in which letters compose with marks only.
bool ComposesByMarksOnly(absl::string_view source) {
  const char* at = source.data();
  const char* const limit = at + source.size();
  while (at < limit) {
    const tintinh::text::CodePoint point = tintinh::text::DecodeUtf8(at, limit);
    if (point.valid && point.value >= 0x900 && (point.value < 0x1D00 || point.value >= 0x2100)) return false;
    at += point.size;
  }
  return true;
}

std::vector<std::pair<uint32_t, absl::string_view>> KeysOf(const AnalyzedText& text) {
  std::vector<std::pair<uint32_t, absl::string_view>> keys;
  for (const Token& token : text.tokens) keys.emplace_back(token.position, text.Key(token));
  return keys;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view source(reinterpret_cast<const char*>(data), size);
  const AnalyzedText text = Analyzer().Analyze(source);
  std::array<uint32_t, 5> last{};
  for (const Token& token : text.tokens) {
    CheckToken(text, token, source);
    uint32_t& position = last.at(static_cast<size_t>(token.kind));
    Require(token.position >= position);
    position = token.position;
  }
  if (!ComposesByMarksOnly(source)) return 0;
  const std::string normal = tintinh::text::NormalForm(source);
  const AnalyzedText again = Analyzer().Analyze(normal);
  Require(KeysOf(again) == KeysOf(text));
  return 0;
}

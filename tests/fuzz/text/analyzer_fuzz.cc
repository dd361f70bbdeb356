// Any bytes: every token lies on boundaries of letters, positions never fall, syllables stand side by side exactly
// where pairs begin, words have the keys that reading them letter by letter gives, and the normal form gives the same
// keys.
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
#include "common/text/stable_hash.h"
#include "common/text/syllable.h"
#include "common/text/utf8.h"
#include "common/text/words.h"

namespace {

using tintinh::text::AnalyzedText;
using tintinh::text::Analyzer;
using tintinh::text::KeyKind;
using tintinh::text::Token;
using tintinh::text::Word;
using tintinh::text::WordList;

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

// Grouped numbers are words of several pieces.
void CheckWords(absl::string_view source) {
  const WordList list = tintinh::text::ScanWords(source);
  for (const Word& word : list.words) {
    const absl::string_view piece = list.Source(word);
    if (piece.find('.') != absl::string_view::npos) continue;
    Require(list.Exact(word) == tintinh::text::ExactKeyOf(piece));
    Require(word.folded_hash == tintinh::text::StableHash(list.Folded(word)));
  }
}

void CheckAdjacency(const AnalyzedText& text) {
  std::vector<bool> syllables(text.positions + 1, false);
  std::vector<bool> pairs(text.positions + 1, false);
  for (const Token& token : text.tokens) {
    if (token.kind == KeyKind::kExact && token.span == 1) syllables[token.position] = true;
    if (token.kind == KeyKind::kPair) pairs[token.position] = true;
  }
  for (size_t i = 0; i < text.positions; ++i) Require(pairs[i] == (syllables[i] && syllables[i + 1]));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view source(reinterpret_cast<const char*>(data), size);
  static AnalyzedText text;  // used again: what an input leaves must not show in the next
  Analyzer().Analyze(source, &text);
  Require(KeysOf(text) == KeysOf(Analyzer().Analyze(source)));
  CheckWords(source);
  CheckAdjacency(text);
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

// Turns a text into the keys it is found under. Indexing and searching use this same code.
#ifndef TINTINH_COMMON_TEXT_ANALYZER_H_
#define TINTINH_COMMON_TEXT_ANALYZER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/text/words.h"

namespace tintinh::text {

enum class KeyKind : uint8_t {  // numbered as tintinh.v1.KeyKind
  kExact = 1,                   // a syllable with its marks (WriteExactKey)
  kFolded = 2,                  // a syllable without marks (WriteFoldedKey)
  kPair = 3,                    // 8 bytes: hash of two adjacent folded syllables, little-endian
  kIdentifier = 4,  // "22-NQ/TW", "d:2026-08-18", "d:--08-18", "d:2026-08", "n:97.5", "baophutho.vn", "a@b.vn"
};

struct Token {
  KeyKind kind = KeyKind::kExact;
  uint8_t span = 1;        // positions covered: 2 for the joined form of two parts, for a pair, …
  uint16_t key_size = 0;   // 1 to 200
  uint32_t key_begin = 0;  // see AnalyzedText::Key
  uint32_t position = 0;   // of the first syllable, counted from 0
  uint32_t begin = 0;      // byte offsets in the source, on boundaries of letters with their marks
  uint32_t end = 0;
};

struct AnalyzedText {
  std::vector<Token>
      tokens;  // positions never fall within one kind; of one position, the parts stand before the joined
  std::string keys;
  std::vector<Word> words;  // what the tokens were made of
  uint32_t positions = 0;   // one past the last that a token covers

  absl::string_view Key(const Token& token) const { return {keys.data() + token.key_begin, token.key_size}; }
};

// Stateless; any thread.
class Analyzer {
 public:
  // Changes whenever any key of any text changes; indexes store it.
  static constexpr uint32_t kVersion = 2;

  // Takes any bytes, in any normalisation form; texts that differ only in it, in case, or in the kind of dashes and
  // apostrophes, give the same keys at the same positions (scripts whose letters compose without marks, such as Hangul,
  // must be in NFC). Linear in time and memory; what lies beyond kMaxSourceBytes is left out.
  //
  // Every run of letters and digits is a syllable with an exact and a folded key. Besides, at the position of their
  // first part: the joined form of names with an apostrophe and of dotted abbreviations (h, drai, and hdrai with span
  // 2); identifiers.
  //
  // One position is left free where a sentence or a line ends. Two syllables stand at positions p and p + 1 exactly
  // where a pair of their folded keys begins at p, so neither phrases nor pairs reach across; a joined form pairs with
  // its neighbours too.
  AnalyzedText Analyze(absl::string_view source) const;
  // Replaces what `text` holds, in the memory it has: for reading many texts one after another.
  void Analyze(absl::string_view source, AnalyzedText* text) const;
};

}  // namespace tintinh::text

#endif  // TINTINH_COMMON_TEXT_ANALYZER_H_

#include "common/text/analyzer.h"

#include <utility>

#include "common/text/identifiers.h"
#include "common/text/joined_name.h"
#include "common/text/stable_hash.h"
#include "common/text/words.h"

namespace tintinh::text {
namespace {

struct Extent {
  uint32_t position = 0;
  uint32_t begin = 0;
  uint32_t end = 0;
  uint8_t span = 1;
};

// A joined name on its way past the words it covers.
struct Joined {
  size_t end = 0;  // one past its last word; 0 for none
  Extent extent;
  JoinedKeys keys;
  uint64_t hash = 0;
};

class Emitter {
 public:
  explicit Emitter(WordList list) : list_(std::move(list)) { out_.tokens.reserve(list_.words.size() * 3 + 8); }

  AnalyzedText Run() {
    const size_t count = list_.words.size();
    if (count > 0) hash_ = HashOf(0);
    FindJoined(0, &next_joined_);
    for (size_t i = 0; i < count; ++i) {
      std::swap(joined_, next_joined_);
      FindJoined(i + 1, &next_joined_);
      EmitSyllable(i);
      EmitJoined();
      if (i + 1 < count) EmitPairs(i);
    }
    EmitIdentifiers();
    if (count > 0) out_.positions = list_.words.back().position + 1;
    out_.keys = std::move(list_.keys);
    return std::move(out_);
  }

 private:
  uint64_t HashOf(size_t index) const { return StableHash(list_.Folded(list_.words[index])); }

  Extent ExtentOf(size_t first, size_t end) const {
    const Word& head = list_.words[first];
    const Word& last = list_.words[end - 1];
    return {head.position, head.begin, last.end, static_cast<uint8_t>(last.position + 1 - head.position)};
  }

  void Emit(KeyKind kind, uint32_t key_begin, size_t key_size, const Extent& extent) {
    Token token;
    token.kind = kind;
    token.span = extent.span;
    token.key_begin = key_begin;
    token.key_size = static_cast<uint32_t>(key_size);
    token.position = extent.position;
    token.begin = extent.begin;
    token.end = extent.end;
    out_.tokens.push_back(token);
  }

  void EmitNew(KeyKind kind, absl::string_view key, const Extent& extent) {
    const auto key_begin = static_cast<uint32_t>(list_.keys.size());
    list_.keys.append(key.data(), key.size());
    Emit(kind, key_begin, key.size(), extent);
  }

  void EmitSyllable(size_t index) {
    const Word& word = list_.words[index];
    const Extent extent = {word.position, word.begin, word.end, 1};
    Emit(KeyKind::kExact, word.exact_begin, word.exact_size, extent);
    Emit(KeyKind::kFolded, word.folded_begin, word.folded_size, extent);
  }

  // Keeps `joined` empty where no name begins at `first`.
  void FindJoined(size_t first, Joined* joined) const {
    joined->end = 0;
    if (first + 1 >= list_.words.size()) return;
    const size_t end = JoinedNameEnd(list_, first);
    if (end == first + 1) return;
    joined->end = end;
    joined->extent = ExtentOf(first, end);
    joined->keys = JoinKeys(list_, first, end);
    joined->hash = StableHash(joined->keys.folded);
  }

  void EmitJoined() {
    if (joined_.end == 0) return;
    EmitNew(KeyKind::kExact, joined_.keys.exact, joined_.extent);
    EmitNew(KeyKind::kFolded, joined_.keys.folded, joined_.extent);
  }

  void EmitPair(uint64_t first, uint64_t second, const Extent& extent) {
    const uint64_t pair = HashTogether(first, second);
    char key[8];
    for (int i = 0; i < 8; ++i) key[i] = static_cast<char>(pair >> (8 * i));
    EmitNew(KeyKind::kPair, absl::string_view(key, sizeof key), extent);
  }

  // Every pair whose first half begins at `index`.
  void EmitPairs(size_t index) {
    const uint64_t hash = hash_;
    hash_ = HashOf(index + 1);
    if (list_.words[index].IsNextTo(list_.words[index + 1])) {
      EmitPair(hash, hash_, ExtentOf(index, index + 2));
      if (next_joined_.end != 0) EmitPair(hash, next_joined_.hash, ExtentOf(index, next_joined_.end));
    }
    const size_t after = joined_.end;
    if (after == 0 || after >= list_.words.size()) return;
    if (!list_.words[after - 1].IsNextTo(list_.words[after])) return;
    EmitPair(joined_.hash, HashOf(after), ExtentOf(index, after + 1));
  }

  void EmitIdentifiers() {
    for (const Identifier& identifier : FindIdentifiers(list_)) {
      EmitNew(KeyKind::kIdentifier, identifier.key, ExtentOf(identifier.first, identifier.end));
    }
  }

  WordList list_;
  AnalyzedText out_;
  uint64_t hash_ = 0;  // of the word at hand
  Joined joined_;
  Joined next_joined_;
};

}  // namespace

AnalyzedText Analyzer::Analyze(absl::string_view source) const { return Emitter(ScanWords(source)).Run(); }

}  // namespace tintinh::text

#include "common/text/analyzer.h"

#include <cstring>
#include <utility>

#include "common/text/identifiers.h"
#include "common/text/joined_name.h"
#include "common/text/little_endian.h"
#include "common/text/stable_hash.h"
#include "common/text/tail_buffer.h"

namespace tintinh::text {
namespace {

constexpr size_t kPairBytes = 8;

struct KeyRange {
  uint32_t begin = 0;
  uint16_t size = 0;
};

// A joined name on its way past the words it covers.
struct Joined {
  size_t end = 0;  // one past its last word; 0 for none
  uint64_t folded_hash = 0;
  KeyRange exact;
  KeyRange folded;
};

class Emitter {
 public:
  Emitter(WordList* list, std::vector<Token>* tokens)
      : list_(*list),
        words_(list->words),
        keys_(&list->keys, kPairBytes * list->words.size()),
        tokens_(tokens, 3 * list->words.size()) {}

  void Run() {
    FindJoined(0, &next_joined_);
    for (size_t i = 0; i < words_.size(); ++i) {
      if (joined_.end != 0 || next_joined_.end != 0) joined_ = next_joined_;
      FindJoined(i + 1, &next_joined_);
      AddSyllable(words_[i]);
      if (joined_.end != 0) AddJoined(i);
      if (i + 1 < words_.size()) AddPairs(i);
    }
    AddIdentifiers();
  }

 private:
  // The words [first, end).
  void Add(KeyKind kind, KeyRange key, size_t first, size_t end) {
    const Word& head = words_[first];
    const Word& last = words_[end - 1];
    const auto span = static_cast<uint8_t>(last.position + 1 - head.position);
    *tokens_.Room(1) = {kind, span, key.size, key.begin, head.position, head.begin, last.end};
    tokens_.Take(1);
  }

  void AddSyllable(const Word& word) {
    Token* const tokens = tokens_.Room(2);
    tokens[0] = {KeyKind::kExact, 1, word.exact_size, word.exact_begin, word.position, word.begin, word.end};
    tokens[1] = {KeyKind::kFolded, 1, word.folded_size, word.folded_begin, word.position, word.begin, word.end};
    tokens_.Take(2);
  }

  KeyRange Store(absl::string_view key) {
    std::memcpy(keys_.Room(key.size()), key.data(), key.size());
    return {keys_.Take(key.size()), static_cast<uint16_t>(key.size())};
  }

  // Leaves `joined` empty where no name begins at `first`.
  void FindJoined(size_t first, Joined* joined) {
    joined->end = 0;
    if (first + 1 >= words_.size() || !MayJoin(words_[first + 1].gap)) return;
    const size_t end = JoinedNameEnd(list_, first);
    if (end == first + 1) return;
    const JoinedKeys keys = JoinKeys(list_, first, end);
    *joined = {end, StableHash(keys.folded), Store(keys.exact), Store(keys.folded)};
  }

  void AddJoined(size_t index) {
    Add(KeyKind::kExact, joined_.exact, index, joined_.end);
    Add(KeyKind::kFolded, joined_.folded, index, joined_.end);
  }

  void AddPair(uint64_t first_hash, uint64_t second_hash, size_t first, size_t end) {
    StoreLittleEndian64(HashTogether(first_hash, second_hash), keys_.Room(kPairBytes));
    Add(KeyKind::kPair, {keys_.Take(kPairBytes), kPairBytes}, first, end);
  }

  // Every pair whose first half begins at `index`.
  void AddPairs(size_t index) {
    const Word& word = words_[index];
    const Word& next = words_[index + 1];
    if (word.IsNextTo(next)) {
      AddPair(word.folded_hash, next.folded_hash, index, index + 2);
      if (next_joined_.end != 0) AddPair(word.folded_hash, next_joined_.folded_hash, index, next_joined_.end);
    }
    const size_t after = joined_.end;
    if (after == 0 || after >= words_.size() || !words_[after - 1].IsNextTo(words_[after])) return;
    AddPair(joined_.folded_hash, words_[after].folded_hash, index, after + 1);
  }

  void AddIdentifiers() {
    for (const Identifier& identifier : FindIdentifiers(list_)) {
      Add(KeyKind::kIdentifier, Store(identifier.key), identifier.first, identifier.end);
    }
  }

  const WordList& list_;
  const std::vector<Word>& words_;
  TailBuffer<std::string> keys_;
  TailBuffer<std::vector<Token>> tokens_;
  Joined joined_;
  Joined next_joined_;
};

}  // namespace

void Analyzer::Analyze(absl::string_view source, AnalyzedText* text) const {
  WordList list = {source, std::move(text->words), std::move(text->keys)};
  ScanWords(source, &list);
  text->tokens.clear();
  Emitter(&list, &text->tokens).Run();
  text->positions = list.words.empty() ? 0 : list.words.back().position + 1;
  text->words = std::move(list.words);
  text->keys = std::move(list.keys);
}

AnalyzedText Analyzer::Analyze(absl::string_view source) const {
  AnalyzedText text;
  Analyze(source, &text);
  return text;
}

}  // namespace tintinh::text

// The dictionary of a segment on disk, in blocks of terms. Exact and folded syllables, a bounded vocabulary that every
// query asks for, are held in memory; of pairs and identifiers, of which there are many, memory holds the first term of
// each block, and the block is read when asked for.
#ifndef TINTINH_SERVICES_INDEXER_SEGMENT_DICTIONARY_H_
#define TINTINH_SERVICES_INDEXER_SEGMENT_DICTIONARY_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/kv/database.h"
#include "common/kv/reader.h"
#include "services/indexer/segment/held_terms.h"
#include "services/indexer/segment/term_block.h"

namespace tintinh::indexer {

// Takes the terms of a segment in byte order and hands blocks to a sink.
class DictionaryWriter {
 public:
  using Sink = std::function<absl::Status(absl::string_view key, absl::string_view value)>;  // of kTermsFamily

  DictionaryWriter(uint32_t segment, Sink sink);
  absl::Status Add(absl::string_view term, absl::string_view record);
  absl::Status Finish();  // call once, last

 private:
  absl::Status FlushBlock();

  const uint32_t segment_;
  const Sink sink_;
  uint32_t next_block_ = 0;
  TermBlockWriter block_;
  TermBlockWriter index_;
};

// Immutable; thread-safe.
class Dictionary {
 public:
  // Loads and checks what is held in memory. DATA_LOSS names the damaged block. `db` must outlive this.
  static absl::StatusOr<std::unique_ptr<Dictionary>> Open(const kv::Database& db, uint32_t segment);

  // The stored term record, or nothing. A view into this or into `holder`, which must outlive its use.
  absl::StatusOr<std::optional<absl::string_view>> Find(absl::string_view term, kv::PinnedValue& holder) const;

  size_t bytes() const;

 private:
  friend class DictionaryScan;
  Dictionary(const kv::Database& db, uint32_t segment) : db_(db), segment_(segment) {}
  absl::Status Load();
  absl::Status LoadBlock(uint32_t block, kv::PinnedValue& value) const;
  std::optional<uint32_t> BlockOf(absl::string_view term) const;  // where it would be; nothing: before the first

  const kv::Database& db_;
  const uint32_t segment_;
  std::vector<std::string> first_terms_;  // by block
  HeldTerms held_;
  mutable std::vector<std::atomic<bool>> checked_;  // by block
};

// The terms that begin with `prefix`, a field and the first bytes of a key: those held, or block by block. The
// dictionary must outlive it.
class DictionaryScan {
 public:
  DictionaryScan(const Dictionary& dictionary, absl::string_view prefix);
  bool Next();  // false at the end and after a failure
  absl::string_view term() const { return term_; }
  absl::string_view record() const { return record_; }
  absl::Status status() const { return status_; }

 private:
  bool NextHeld();
  bool NextInBlocks();
  bool EnterBlock();

  const Dictionary& dictionary_;
  const std::string prefix_;
  const bool held_;
  HeldTerms::Place place_ = 0;
  uint32_t next_block_ = 0;
  kv::PinnedValue value_;
  std::optional<TermBlockReader> block_;
  absl::string_view term_;
  absl::string_view record_;
  absl::Status status_;
};

// The terms of a segment in byte order, block by block. The same contract as kv::RangeReader.
class DictionaryWalker {
 public:
  DictionaryWalker(const kv::Database& db, uint32_t segment);
  bool Valid() const { return valid_; }
  void Next();
  absl::string_view term() const { return block_->term(); }
  absl::string_view record() const { return block_->record(); }
  absl::Status status() const { return status_; }

 private:
  void EnterBlock();

  kv::RangeReader reader_;
  std::optional<TermBlockReader> block_;
  bool valid_ = false;
  absl::Status status_;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEGMENT_DICTIONARY_H_

// The terms of a segment in memory, found by hash.
#ifndef TINTINH_SERVICES_INDEXER_SEGMENT_TERM_TABLE_H_
#define TINTINH_SERVICES_INDEXER_SEGMENT_TERM_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/indexer/segment/arena.h"
#include "services/indexer/segment/block_memory.h"
#include "services/indexer/segment/term_list.h"

namespace tintinh::indexer {

// Not thread-safe, but lists stay where they are. Hashes are as TermHash() makes them.
class TermTable {
 public:
  TermTable();

  const TermList* Find(absl::string_view term, uint32_t hash) const;  // null: none
  TermList& FindOrAdd(absl::string_view term, uint32_t hash, Arena& arena);

  // Terms lie far apart, and memory takes its time: who has several to find asks for all of their slots, then for all
  // of their lists, then for the terms.
  void PrefetchSlot(uint32_t hash) const { __builtin_prefetch(&slots()[hash & mask_]); }
  TermList* PrefetchList(uint32_t hash) const;  // null: there is none; else one that is likely the term's

  uint32_t size() const { return size_; }
  const TermList& operator[](uint32_t number) const { return *ListAt(number); }
  size_t bytes() const { return list_bytes_ + (mask_ + size_t{1}) * sizeof(Slot); }

 private:
  static constexpr uint32_t kRunLists = 512;

  struct Slot {
    uint32_t hash;
    uint32_t number_plus_one;  // 0: free
  };

  const Slot* slots() const { return reinterpret_cast<const Slot*>(slots_.get()); }
  Slot* slots() { return reinterpret_cast<Slot*>(slots_.get()); }
  TermList* ListAt(uint32_t number) const { return runs_[number / kRunLists] + number % kRunLists; }
  size_t SlotOf(absl::string_view term, uint32_t hash) const;
  void SetSlots(size_t count);
  void Grow();
  void AddRuns();

  Block slots_;  // open addressing; a power of two of them
  uint32_t mask_;
  std::vector<TermList*> runs_;  // of kRunLists each; lists need no destruction
  std::vector<Block> blocks_;    // what runs are in
  size_t list_bytes_ = 0;
  uint32_t size_ = 0;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEGMENT_TERM_TABLE_H_

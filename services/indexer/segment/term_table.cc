#include "services/indexer/segment/term_table.h"

#include <cstring>
#include <new>
#include <type_traits>
#include <utility>

namespace tintinh::indexer {
namespace {

constexpr size_t kFirstSlots = 1024;

}  // namespace

static_assert(std::is_trivially_destructible_v<TermList>);

TermTable::TermTable() { SetSlots(kFirstSlots); }

void TermTable::SetSlots(size_t count) {
  slots_ = AllocateBlock(count * sizeof(Slot));
  std::memset(slots_.get(), 0, count * sizeof(Slot));
  mask_ = static_cast<uint32_t>(count - 1);
}

// The slot of the term, or the free one where it belongs.
size_t TermTable::SlotOf(absl::string_view term, uint32_t hash) const {
  for (size_t slot = hash & mask_;; slot = (slot + 1) & mask_) {
    const Slot& found = slots()[slot];
    if (found.number_plus_one == 0) return slot;
    if (found.hash == hash && ListAt(found.number_plus_one - 1)->Is(term)) return slot;
  }
}

const TermList* TermTable::Find(absl::string_view term, uint32_t hash) const {
  const uint32_t found = slots()[SlotOf(term, hash)].number_plus_one;
  return found == 0 ? nullptr : ListAt(found - 1);
}

TermList* TermTable::PrefetchList(uint32_t hash) const {
  for (size_t slot = hash & mask_;; slot = (slot + 1) & mask_) {
    const Slot& found = slots()[slot];
    if (found.number_plus_one == 0) return nullptr;
    if (found.hash != hash) continue;
    TermList* const list = ListAt(found.number_plus_one - 1);
    __builtin_prefetch(list, 1);
    return list;
  }
}

TermList& TermTable::FindOrAdd(absl::string_view term, uint32_t hash, Arena& arena) {
  size_t slot = SlotOf(term, hash);
  const uint32_t found = slots()[slot].number_plus_one;
  if (found != 0) return *ListAt(found - 1);
  if (size_ >= mask_ / 4 * 3) {
    Grow();
    slot = SlotOf(term, hash);
  }
  if (size_ == runs_.size() * kRunLists) AddRuns();
  TermList* const list = new (ListAt(size_)) TermList(term, arena);
  slots()[slot] = {hash, ++size_};
  return *list;
}

void TermTable::Grow() {
  const Block old = std::move(slots_);
  const size_t count = mask_ + size_t{1};
  SetSlots(2 * count);
  for (size_t i = 0; i < count; ++i) {
    const Slot moved = reinterpret_cast<const Slot*>(old.get())[i];
    if (moved.number_plus_one == 0) continue;
    size_t slot = moved.hash & mask_;
    while (slots()[slot].number_plus_one != 0) slot = (slot + 1) & mask_;
    slots()[slot] = moved;
  }
}

// Small blocks for small segments.
void TermTable::AddRuns() {
  constexpr size_t kRunBytes = kRunLists * sizeof(TermList);
  const size_t bytes = list_bytes_ >= kLargeBlockBytes ? kLargeBlockBytes : kRunBytes;
  blocks_.push_back(AllocateBlock(bytes));
  list_bytes_ += bytes;
  for (size_t at = 0; at < bytes; at += kRunBytes) {
    runs_.push_back(reinterpret_cast<TermList*>(blocks_.back().get() + at));
  }
}

}  // namespace tintinh::indexer

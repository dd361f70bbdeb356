// The posting chunks of a segment that were read last, kept where the block cache has them: reading one again takes a
// look into a table rather than a search through RocksDB's files.
#ifndef TINTINH_SERVICES_INDEXER_SEGMENT_HELD_CHUNKS_H_
#define TINTINH_SERVICES_INDEXER_SEGMENT_HELD_CHUNKS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

#include "common/kv/reader.h"
#include "common/sync/mutex.h"
#include "services/indexer/postings/chunk.h"

namespace tintinh::indexer {

struct LoadedChunk {
  kv::PinnedValue value;
  ChunkReader reader;  // of the value
};

// Thread-safe.
class HeldChunks {
 public:
  static constexpr size_t kMostBytes = 4 << 20;

  // Null when it is not held.
  std::shared_ptr<const LoadedChunk> Find(uint32_t chunk) const {
    const Part& part = parts_[chunk % kParts];
    MutexLock lock(part.mu);
    const Slot& slot = part.slots[chunk / kParts % kSlots];
    return slot.chunk == chunk ? slot.loaded : nullptr;
  }

  // Others make room: the one in its place, and then the one that comes next in turn.
  void Keep(uint32_t chunk, std::shared_ptr<const LoadedChunk> loaded) {
    const size_t bytes = loaded->value.view().size();
    if (bytes > kMostBytes / kParts) return;
    Part& part = parts_[chunk % kParts];
    MutexLock lock(part.mu);
    part.Drop(chunk / kParts % kSlots);
    while (part.bytes + bytes > kMostBytes / kParts) part.Drop(part.next++ % kSlots);
    part.bytes += bytes;
    part.slots[chunk / kParts % kSlots] = {chunk, std::move(loaded)};
  }

  size_t bytes() const {
    size_t sum = 0;
    for (const Part& part : parts_) {
      MutexLock lock(part.mu);
      sum += part.bytes;
    }
    return sum;
  }

 private:
  static constexpr size_t kParts = 16;  // so that readers rarely wait for each other
  static constexpr size_t kSlots = 64;

  struct Slot {
    uint32_t chunk = 0;
    std::shared_ptr<const LoadedChunk> loaded;  // null: none
  };
  struct Part {
    void Drop(size_t slot) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu) {
      if (slots[slot].loaded != nullptr) bytes -= slots[slot].loaded->value.view().size();
      slots[slot].loaded.reset();
    }

    mutable Mutex mu;
    std::array<Slot, kSlots> slots ABSL_GUARDED_BY(mu);
    size_t bytes ABSL_GUARDED_BY(mu) = 0;
    size_t next ABSL_GUARDED_BY(mu) = 0;
  };

  std::array<Part, kParts> parts_;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEGMENT_HELD_CHUNKS_H_

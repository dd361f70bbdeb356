// Blocks of memory for what is read at random places. From 2 MiB on they lie in pages of that size, if the system has
// them: with small ones, finding the page costs as much as the memory itself.
#ifndef TINTINH_SERVICES_INDEXER_SEGMENT_BLOCK_MEMORY_H_
#define TINTINH_SERVICES_INDEXER_SEGMENT_BLOCK_MEMORY_H_

#include <sys/mman.h>

#include <cstddef>
#include <memory>
#include <new>

namespace tintinh::indexer {

inline constexpr size_t kLargeBlockBytes = 2 << 20;

struct BlockDeleter {
  std::align_val_t alignment;
  void operator()(char* block) const { operator delete[](block, alignment); }
};
using Block = std::unique_ptr<char[], BlockDeleter>;

// Not initialized; aligned for lines of the cache.
inline Block AllocateBlock(size_t bytes) {
  const bool large = bytes >= kLargeBlockBytes;
  const std::align_val_t alignment{large ? kLargeBlockBytes : 64};
  Block block(new (alignment) char[bytes], {alignment});
  if (large) madvise(block.get(), bytes, MADV_HUGEPAGE);  // a hint
  return block;
}

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEGMENT_BLOCK_MEMORY_H_

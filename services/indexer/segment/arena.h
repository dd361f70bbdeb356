// Memory that is given back all at once and never moves.
#ifndef TINTINH_SERVICES_INDEXER_SEGMENT_ARENA_H_
#define TINTINH_SERVICES_INDEXER_SEGMENT_ARENA_H_

#include <algorithm>
#include <cstddef>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/indexer/segment/block_memory.h"

namespace tintinh::indexer {

// Not thread-safe; what it handed out may be read by any thread.
class Arena {
 public:
  // `size` bytes aligned for any scalar.
  char* Allocate(size_t size) {
    size = (size + kAlignment - 1) / kAlignment * kAlignment;
    if (size > left_) NewBlock(size);
    char* const result = next_;
    next_ += size;
    left_ -= size;
    return result;
  }

  absl::string_view Copy(absl::string_view text) {
    char* const copy = Allocate(text.size());
    std::copy(text.begin(), text.end(), copy);
    return absl::string_view(copy, text.size());
  }

  size_t bytes() const { return bytes_; }

 private:
  static constexpr size_t kAlignment = 8;
  static constexpr size_t kFirstBlockBytes = 64 * 1024;

  void NewBlock(size_t least) {
    left_ = std::max(least, bytes_ >= kLargeBlockBytes ? kLargeBlockBytes : kFirstBlockBytes);
    blocks_.push_back(AllocateBlock(left_));
    next_ = blocks_.back().get();
    bytes_ += left_;
  }

  std::vector<Block> blocks_;
  char* next_ = nullptr;
  size_t left_ = 0;
  size_t bytes_ = 0;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEGMENT_ARENA_H_

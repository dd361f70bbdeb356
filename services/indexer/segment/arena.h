// Memory that is given back all at once and never moves, and byte lists that grow in it while others read what was
// there before.
#ifndef TINTINH_SERVICES_INDEXER_SEGMENT_ARENA_H_
#define TINTINH_SERVICES_INDEXER_SEGMENT_ARENA_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <vector>

#include "absl/strings/string_view.h"

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
  static constexpr size_t kBlockBytes = 64 * 1024;

  void NewBlock(size_t least) {
    left_ = std::max(least, kBlockBytes);
    blocks_.push_back(std::make_unique<char[]>(left_));
    next_ = blocks_.back().get();
    bytes_ += left_;
  }

  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  size_t left_ = 0;
  size_t bytes_ = 0;
};

// A list of bytes in an arena. One thread appends under a lock; a Reader made under that lock may then be used by
// another thread without it, since bytes written are never touched again.
class ByteChain {
 private:
  struct Slice {
    Slice* next;
    size_t capacity;
    char* bytes() { return reinterpret_cast<char*>(this + 1); }
    const char* bytes() const { return reinterpret_cast<const char*>(this + 1); }
  };

 public:
  // What Append-style functions with push_back(char) write to.
  class Sink {
   public:
    Sink(ByteChain& chain, Arena& arena) : chain_(chain), arena_(arena) {}
    void push_back(char byte) { chain_.PushBack(byte, arena_); }

   private:
    ByteChain& chain_;
    Arena& arena_;
  };

  // Reads the bytes that were there when it was made. The arena must outlive it.
  class Reader {
   public:
    explicit Reader(const ByteChain& chain) : slice_(chain.head_), left_(chain.size_) {}
    bool ReadByte(uint8_t* byte) {
      if (left_ == 0) return false;
      if (at_ == slice_->capacity) {
        slice_ = slice_->next;
        at_ = 0;
      }
      *byte = static_cast<uint8_t>(slice_->bytes()[at_++]);
      --left_;
      return true;
    }

   private:
    const Slice* slice_;
    size_t at_ = 0;
    size_t left_;
  };

  size_t size() const { return size_; }

 private:
  static constexpr size_t kFirstBytes = 16;
  static constexpr size_t kMostBytes = 4096;

  void PushBack(char byte, Arena& arena) {
    if (tail_ == nullptr || used_ == tail_->capacity) Grow(arena);
    tail_->bytes()[used_++] = byte;
    ++size_;
  }

  void Grow(Arena& arena) {
    const size_t capacity = tail_ == nullptr ? kFirstBytes : std::min(tail_->capacity * 2, kMostBytes);
    char* const memory = arena.Allocate(sizeof(Slice) + capacity);
    Slice* const slice = std::construct_at(reinterpret_cast<Slice*>(memory), Slice{nullptr, capacity});
    (tail_ == nullptr ? head_ : tail_->next) = slice;
    tail_ = slice;
    used_ = 0;
  }

  Slice* head_ = nullptr;
  Slice* tail_ = nullptr;
  size_t used_ = 0;  // of tail_
  size_t size_ = 0;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEGMENT_ARENA_H_

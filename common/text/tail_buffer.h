// Writes elements in place at the end of a string or vector.
#ifndef TINTINH_COMMON_TEXT_TAIL_BUFFER_H_
#define TINTINH_COMMON_TEXT_TAIL_BUFFER_H_

#include <cstddef>
#include <cstdint>

namespace tintinh::text {

// While it lives the container is longer than what was taken, so that not every element has to ask for room.
template <typename Container>
class TailBuffer {
 public:
  using Element = typename Container::value_type;

  // Adds behind what `container` holds. `expected` elements are made ready at once.
  TailBuffer(Container* container, size_t expected) : container_(container), size_(container->size()) {
    container_->resize(size_ + expected);
  }
  TailBuffer(const TailBuffer&) = delete;
  TailBuffer& operator=(const TailBuffer&) = delete;
  ~TailBuffer() { container_->resize(size_); }

  // Where the next elements go; what is written there counts once it is taken. May move those before.
  Element* Room(size_t count) {
    if (container_->size() - size_ < count) container_->resize(2 * container_->size() + count);
    return container_->data() + size_;
  }

  // Returns the index of the first.
  uint32_t Take(size_t count) {
    const size_t first = size_;
    size_ += count;
    return static_cast<uint32_t>(first);
  }

 private:
  Container* const container_;
  size_t size_;
};

}  // namespace tintinh::text

#endif  // TINTINH_COMMON_TEXT_TAIL_BUFFER_H_

#include "services/indexer/segment/term_list.h"

#include <new>

#include "services/indexer/postings/short_list.h"

namespace tintinh::indexer {

static_assert(sizeof(TermList) == 64);

TermList::TermList(absl::string_view term, Arena& arena) : term_size_(static_cast<uint16_t>(term.size())) {
  if (term.size() <= kMostInlineTerm) {
    std::copy(term.begin(), term.end(), room_);
    first_ = static_cast<uint8_t>(term.size());
  } else {
    const char* const copy = arena.Copy(term).data();
    std::memcpy(room_, &copy, sizeof(copy));
    first_ = sizeof(copy);
  }
  write_ = room_ + first_;
  left_ = static_cast<uint16_t>(kRoom - first_);
}

// Writes to the tail of the list, which has room.
struct TermList::TailSink {
  char* at;
  void push_back(char byte) { *at++ = byte; }
};

// Gathers a posting before it is cut into slices.
class TermList::SliceSink {
 public:
  SliceSink(TermList& list, Arena& arena) : list_(list), arena_(arena) {}
  ~SliceSink() { list_.Write(bytes_, size_, arena_); }
  SliceSink(const SliceSink&) = delete;
  SliceSink& operator=(const SliceSink&) = delete;

  void push_back(char byte) {
    if (size_ == sizeof(bytes_)) list_.Write(bytes_, std::exchange(size_, 0), arena_);
    bytes_[size_++] = byte;
  }

 private:
  TermList& list_;
  Arena& arena_;
  size_t size_ = 0;
  char bytes_[64];
};

void TermList::Append(const Posting& posting, Arena& arena) {
  const bool first = document_frequency_ == 0;
  const uint32_t previous = first ? kBeforeFirstDoc : last_doc_;
  // A gap of 16 bits and one more, a freq of 16 bits, positions of 32.
  const size_t most = 3 + 3 + 5 * posting.positions.size();
  if (most <= left_) {
    TailSink sink{write_};
    AppendShortPosting(posting, previous, sink);
    const size_t size = static_cast<size_t>(sink.at - write_);
    write_ = sink.at;
    left_ = static_cast<uint16_t>(left_ - size);
    size_ += static_cast<uint32_t>(size);
  } else {
    SliceSink sink(*this, arena);
    AppendShortPosting(posting, previous, sink);
  }
  last_doc_ = static_cast<uint16_t>(posting.doc);
  ++document_frequency_;
  collection_frequency_ += posting.freq;
  max_freq_ = std::max(max_freq_, static_cast<uint16_t>(posting.freq));
  min_norm_ = first ? posting.norm : std::min(min_norm_, posting.norm);
}

void TermList::Write(const char* bytes, size_t size, Arena& arena) {
  size_ += static_cast<uint32_t>(size);
  while (size > left_) {
    std::memcpy(write_, bytes, left_);
    bytes += left_;
    size -= left_;
    write_ += left_;
    Grow(arena);
  }
  std::memcpy(write_, bytes, size);
  write_ += size;
  left_ = static_cast<uint16_t>(left_ - size);
}

// REQUIRES: write_ is at the end of the last slice.
void TermList::Grow(Arena& arena) {
  const size_t capacity = CapacityOf(slices_);
  char* const memory = arena.Allocate(sizeof(Slice) + capacity);
  Slice* const slice = new (memory) Slice{nullptr};
  if (slices_ == 0) {
    next_ = slice;
  } else {
    const size_t last = sizeof(Slice) + CapacityOf(static_cast<uint8_t>(slices_ - 1));
    reinterpret_cast<Slice*>(write_ - last)->next = slice;
  }
  slices_ = std::min<uint8_t>(slices_ + 1, kSliceSizes);
  write_ = slice->bytes();
  left_ = static_cast<uint16_t>(capacity);
}

}  // namespace tintinh::indexer

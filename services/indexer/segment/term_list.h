// A term of a segment in memory and its postings (postings/short_list.h), which grow while others read what was there
// before. Most terms, and the lists of nearly all that are rare, need no memory beside this one cache line.
#ifndef TINTINH_SERVICES_INDEXER_SEGMENT_TERM_LIST_H_
#define TINTINH_SERVICES_INDEXER_SEGMENT_TERM_LIST_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "services/indexer/postings/posting_block.h"
#include "services/indexer/postings/term_record.h"
#include "services/indexer/segment/arena.h"
#include "services/indexer/segment/short_bytes.h"

namespace tintinh::indexer {

// One thread appends under a lock; a Reader made under that lock may then be used by another thread without it, since
// bytes written are never touched again. Never moved; the arena must outlive it.
class alignas(64) TermList {
 private:
  struct TailSink;
  class SliceSink;
  struct Slice {
    const Slice* next;  // read only where the list goes on there
    const char* bytes() const { return reinterpret_cast<const char*>(this + 1); }
    char* bytes() { return reinterpret_cast<char*>(this + 1); }
  };

 public:
  // Reads the bytes that were there when it was made.
  class Reader {
   public:
    explicit Reader(const TermList& list)
        : at_(list.room_ + list.first_), end_(at_), left_(list.size_), next_(&list.next_) {
      Enter(at_, kRoom - list.first_);
    }

    bool ReadByte(uint8_t* byte) {
      if (at_ == end_ && !NextSlice()) return false;
      *byte = static_cast<uint8_t>(*at_++);
      return true;
    }

    // Appends what was not read yet.
    void ReadRest(std::string& out) {
      do out.append(std::exchange(at_, end_), end_);
      while (NextSlice());
    }

   private:
    void Enter(const char* bytes, size_t capacity) {
      const size_t size = std::min<size_t>(left_, capacity);
      at_ = bytes;
      end_ = bytes + size;
      left_ -= static_cast<uint32_t>(size);
    }
    bool NextSlice() {
      if (left_ == 0) return false;
      const Slice* const slice = *next_;
      next_ = &slice->next;
      Enter(slice->bytes(), CapacityOf(slice_));
      slice_ = std::min<uint8_t>(slice_ + 1, kSliceSizes);
      return true;
    }

    const char* at_;
    const char* end_;
    uint32_t left_;  // behind end_
    const Slice* const* next_;
    uint8_t slice_ = 0;  // number of *next_, as far as it matters
  };

  TermList(absl::string_view term, Arena& arena);
  ~TermList() = default;
  TermList(const TermList&) = delete;
  TermList& operator=(const TermList&) = delete;

  absl::string_view term() const {
    const char* bytes = room_;
    if (term_size_ > kMostInlineTerm) std::memcpy(&bytes, room_, sizeof(bytes));
    return absl::string_view(bytes, term_size_);
  }

  bool Is(absl::string_view term) const {
    return term.size() == term_size_ && BytesAreEqual(term.data(), this->term().data(), term.size());
  }

  TermStatistics statistics() const {
    return {.document_frequency = document_frequency_,
            .collection_frequency = collection_frequency_,
            .max_freq = max_freq_,
            .min_norm = min_norm_};
  }
  uint32_t document_frequency() const { return document_frequency_; }

  // The list, a view of itself or of `copy`.
  absl::string_view Bytes(std::string& copy) const {
    if (next_ == nullptr) return absl::string_view(room_ + first_, size_);
    copy.clear();
    Reader(*this).ReadRest(copy);
    return copy;
  }

  // REQUIRES: documents ascend and stay below 65,536; the list stays below 4 GiB.
  void Append(const Posting& posting, Arena& arena);

  // Where the next byte goes, for prefetching.
  const char* write() const { return write_; }

 private:
  static constexpr size_t kRoom = 24;
  static constexpr size_t kMostInlineTerm = 16;
  // Slice i takes 32 << i bytes in all, from the last of these on as many.
  static constexpr uint8_t kSliceSizes = 8;
  static constexpr size_t CapacityOf(uint8_t slice) {
    return (size_t{32} << std::min<uint8_t>(slice, kSliceSizes - 1)) - sizeof(Slice);
  }

  void Write(const char* bytes, size_t size, Arena& arena);
  void Grow(Arena& arena);

  uint32_t document_frequency_ = 0;
  uint32_t collection_frequency_ = 0;  // 65,536 documents of at most 65,535 occurrences
  uint32_t size_ = 0;                  // of the list
  uint16_t last_doc_ = 0;
  uint16_t max_freq_ = 0;
  const Slice* next_ = nullptr;  // the first one beside room_
  char* write_;
  uint16_t left_;  // behind write_
  uint16_t term_size_;
  uint8_t min_norm_ = 0;
  uint8_t first_;       // of the list, in room_
  uint8_t slices_ = 0;  // beside room_, as far as it matters
  char room_[kRoom];    // the term or where it lies, then the begin of the list
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEGMENT_TERM_LIST_H_

// Terms with their records, found by hash or walked in byte order: one allocation for all.
#ifndef TINTINH_SERVICES_INDEXER_SEGMENT_HELD_TERMS_H_
#define TINTINH_SERVICES_INDEXER_SEGMENT_HELD_TERMS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace tintinh::indexer {

class HeldTerms {
 public:
  // REQUIRES: before Index(); together below 4 GiB; terms ascend and are shorter than 64 KiB.
  void Add(absl::string_view term, absl::string_view record);
  void Index();

  std::optional<absl::string_view> Find(absl::string_view term) const;  // a view into this

  // A place among the terms in byte order; stays valid as long as this.
  using Place = size_t;
  Place LowerBound(absl::string_view term) const;  // of the first term that is not less
  struct Entry {
    absl::string_view term;
    absl::string_view record;
  };
  std::optional<Entry> At(Place place) const;  // nothing at the end
  static Place After(Place place, const Entry& entry);

  size_t bytes() const { return entries_.capacity() + (slots_.capacity() + guides_.capacity()) * sizeof(uint32_t); }

 private:
  Entry EntryAt(size_t start) const;
  size_t SlotOf(absl::string_view term) const;

  std::string entries_;  // one after another: sizes, term, record
  uint32_t count_ = 0;
  std::vector<uint32_t> guides_;  // starts of every kTermsPerGuide-th entry
  std::vector<uint32_t> slots_;   // open addressing: start of an entry plus one, or 0; a power of two of them
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEGMENT_HELD_TERMS_H_

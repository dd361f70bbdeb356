// Ids and hashes of 32 hex digits in 17 bytes instead of 32; any other text one byte longer than it is. Packed ids of
// articles order as their texts do, as long as all of them are hex.
#ifndef TINTINH_SERVICES_INDEXER_SEGMENT_PACKED_ID_H_
#define TINTINH_SERVICES_INDEXER_SEGMENT_PACKED_ID_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"
#include "services/indexer/segment/arena.h"

namespace tintinh::indexer {

std::string PackId(absl::string_view text);
std::string UnpackId(absl::string_view packed);

// Orders packed ids as their texts.
bool PackedIdLess(absl::string_view a, absl::string_view b);

// An array of packed ids in slots of one size: a hex id lies in its slot, of any other the slot says where it lies.
class PackedIds {
 public:
  static constexpr size_t kSlotBytes = 17;

  PackedIds() = default;
  explicit PackedIds(const char* slots) : slots_(slots) {}

  absl::string_view operator[](size_t i) const {
    const char* const slot = slots_ + i * kSlotBytes;
    return slot[0] == kInSlot ? absl::string_view(slot, kSlotBytes) : Elsewhere(slot);
  }

  static bool FitsSlot(absl::string_view packed) { return packed.size() == kSlotBytes && packed[0] == kInSlot; }
  // Fills the slot's kSlotBytes; what does not fit goes to `arena`, which must outlive the slot's use.
  static void Fill(char* slot, absl::string_view packed, Arena& arena);

 private:
  static constexpr char kInSlot = 0;
  static absl::string_view Elsewhere(const char* slot);

  const char* slots_ = nullptr;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEGMENT_PACKED_ID_H_

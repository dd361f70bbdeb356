#include "services/indexer/segment/packed_id.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/digest/digest.h"

namespace tintinh::indexer {
namespace {

constexpr char kHex = 0;
constexpr char kText = 1;

// Of a slot whose id lies elsewhere: a byte that is not kHex, the address, the size.
constexpr size_t kAddressAt = 1;
constexpr size_t kSizeAt = kAddressAt + sizeof(const char*);
static_assert(kSizeAt + sizeof(uint32_t) <= PackedIds::kSlotBytes);

}  // namespace

std::string PackId(absl::string_view text) {
  if (IsHex128(text)) return absl::StrCat(absl::string_view(&kHex, 1), absl::HexStringToBytes(text));
  return absl::StrCat(absl::string_view(&kText, 1), text);
}

std::string UnpackId(absl::string_view packed) {
  if (packed.empty()) return "";
  const absl::string_view rest = packed.substr(1);
  return packed.front() == kHex ? absl::BytesToHexString(rest) : std::string(rest);
}

bool PackedIdLess(absl::string_view a, absl::string_view b) {
  if (!a.empty() && !b.empty() && a.front() == b.front()) return a < b;
  return UnpackId(a) < UnpackId(b);
}

void PackedIds::Fill(char* slot, absl::string_view packed, Arena& arena) {
  if (FitsSlot(packed)) {
    std::copy(packed.begin(), packed.end(), slot);
    return;
  }
  const char* const address = arena.Copy(packed).data();
  const uint32_t size = static_cast<uint32_t>(packed.size());
  slot[0] = kText;
  std::memcpy(slot + kAddressAt, &address, sizeof(address));
  std::memcpy(slot + kSizeAt, &size, sizeof(size));
}

absl::string_view PackedIds::Elsewhere(const char* slot) {
  const char* address;
  uint32_t size;
  std::memcpy(&address, slot + kAddressAt, sizeof(address));
  std::memcpy(&size, slot + kSizeAt, sizeof(size));
  return {address, size};
}

}  // namespace tintinh::indexer

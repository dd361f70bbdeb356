#include "services/indexer/segment/packed_id.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/digest/digest.h"

namespace tintinh::indexer {
namespace {

constexpr char kHex = 0;
constexpr char kText = 1;

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

}  // namespace tintinh::indexer

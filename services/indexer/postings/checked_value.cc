#include "services/indexer/postings/checked_value.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/digest/crc32c.h"
#include "services/indexer/postings/bytes.h"

namespace tintinh::indexer {

std::string CheckedValue(absl::string_view body) {
  std::string value;
  value.reserve(1 + body.size() + sizeof(uint32_t));
  value.push_back(static_cast<char>(kValueVersion));
  value.append(body.data(), body.size());
  AppendFixed(Crc32c(value), value);
  return value;
}

absl::StatusOr<absl::string_view> CheckedBody(absl::string_view value) {
  constexpr size_t kFrame = 1 + sizeof(uint32_t);
  if (value.size() < kFrame) return absl::DataLossError(absl::StrCat("value of ", value.size(), " bytes is too short"));
  const uint8_t version = static_cast<uint8_t>(value.front());
  if (version != kValueVersion) {
    return absl::DataLossError(absl::StrCat("value version ", version, ", known is ", kValueVersion));
  }
  const absl::string_view checked = value.substr(0, value.size() - sizeof(uint32_t));
  const uint32_t stored = LoadFixed<uint32_t>(checked.data() + checked.size());
  const uint32_t computed = Crc32c(checked);
  if (stored != computed) return absl::DataLossError(absl::StrCat("checksum ", computed, ", stored ", stored));
  return checked.substr(1);
}

}  // namespace tintinh::indexer

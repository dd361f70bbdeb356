#include "common/article_log/record_format.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/digest/crc32c.h"
#include "common/digest/digest.h"
#include "common/kv/key.h"

namespace tintinh::article_log {
namespace {

constexpr size_t kCrcOffset = 5;
constexpr size_t kLengthOffset = 9;
constexpr size_t kHashOffset = 13;

uint32_t RecordChecksum(absl::string_view record) {
  return ExtendCrc32c(Crc32c(record.substr(0, kCrcOffset)), record.substr(kLengthOffset));
}

uint32_t ReadUint32(absl::string_view record, size_t offset) {
  return kv::ReadBigEndian<uint32_t>(record.substr(offset, sizeof(uint32_t)));
}

absl::Status Damaged(uint32_t shard, uint64_t position, absl::string_view what) {
  return absl::DataLossError(absl::StrCat("article log of shard ", shard, ", record ", position, ": ", what));
}

}  // namespace

std::string EncodeRecord(uint32_t shard, absl::string_view payload) {
  std::string record;
  record.reserve(kRecordHeaderBytes + payload.size());
  kv::AppendBigEndian<uint8_t>(kRecordVersion, record);
  kv::AppendBigEndian<uint32_t>(shard, record);
  kv::AppendBigEndian<uint32_t>(0, record);
  kv::AppendBigEndian<uint32_t>(static_cast<uint32_t>(payload.size()), record);
  kv::AppendBigEndian<uint64_t>(Sha256Prefix64(payload), record);
  record.append(payload.data(), payload.size());
  std::string checksum;
  kv::AppendBigEndian<uint32_t>(RecordChecksum(record), checksum);
  record.replace(kCrcOffset, checksum.size(), checksum);
  return record;
}

absl::StatusOr<LogRecord> DecodeRecord(uint32_t shard, uint64_t position, absl::string_view bytes) {
  if (bytes.size() < kRecordHeaderBytes) {
    return Damaged(shard, position, absl::StrCat(bytes.size(), " bytes, the header alone has ", kRecordHeaderBytes));
  }
  if (const auto version = kv::ReadBigEndian<uint8_t>(bytes.substr(0, 1)); version != kRecordVersion) {
    return Damaged(shard, position, absl::StrCat("version ", version, ", known is ", kRecordVersion));
  }
  const absl::string_view payload = bytes.substr(kRecordHeaderBytes);
  if (const uint32_t length = ReadUint32(bytes, kLengthOffset); length != payload.size()) {
    return Damaged(shard, position, absl::StrCat("payload of ", payload.size(), " bytes, stated ", length));
  }
  if (const uint32_t stored = ReadUint32(bytes, kCrcOffset), computed = RecordChecksum(bytes); stored != computed) {
    return Damaged(shard, position, absl::StrCat("checksum ", computed, ", stored ", stored));
  }
  if (const uint32_t stored = ReadUint32(bytes, 1); stored != shard) {
    return Damaged(shard, position, absl::StrCat("written for shard ", stored));
  }
  return LogRecord{position, kv::ReadBigEndian<uint64_t>(bytes.substr(kHashOffset, sizeof(uint64_t))),
                   std::string(payload)};
}

}  // namespace tintinh::article_log

// The bytes of one log record: FORMAT.md, version 1.
#ifndef TINTINH_COMMON_ARTICLE_LOG_RECORD_FORMAT_H_
#define TINTINH_COMMON_ARTICLE_LOG_RECORD_FORMAT_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/article_log/article_log.h"

namespace tintinh::article_log {

inline constexpr uint8_t kRecordVersion = 1;
inline constexpr size_t kRecordHeaderBytes = 21;

// REQUIRES: payload.size() <= kMaxPayloadBytes.
std::string EncodeRecord(uint32_t shard, absl::string_view payload);

// The payload and its hash, with the position given. DATA_LOSS, naming shard and position, for bytes that EncodeRecord
// did not make for this shard.
absl::StatusOr<LogRecord> DecodeRecord(uint32_t shard, uint64_t position, absl::string_view bytes);

}  // namespace tintinh::article_log

#endif  // TINTINH_COMMON_ARTICLE_LOG_RECORD_FORMAT_H_

#include "common/article_log/article_log.h"

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"

namespace tintinh::article_log {

absl::StatusOr<uint64_t> ArticleLog::Last(uint32_t shard) const {
  ASSIGN_OR_RETURN(const LogBounds bounds, Bounds(shard));
  return bounds.last;
}

absl::StatusOr<size_t> CheckedBytes(absl::Span<const LogPayload> payloads) {
  size_t bytes = 0;
  for (const LogPayload& payload : payloads) {
    if (payload.bytes.size() > kMaxPayloadBytes) {
      return absl::InvalidArgumentError(absl::StrCat("log payload of ", payload.bytes.size(), " bytes for ",
                                                     payload.key, ": at most ", kMaxPayloadBytes));
    }
    bytes += payload.bytes.size();
  }
  return bytes;
}

}  // namespace tintinh::article_log

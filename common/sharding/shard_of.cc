#include "common/sharding/shard_of.h"

#include "absl/strings/numbers.h"

namespace tintinh {

uint32_t ShardOf(absl::string_view article_id, uint32_t shard_count) {
  uint64_t prefix = 0;
  if (!absl::SimpleHexAtoi(article_id.substr(0, 16), &prefix)) return 0;
  return static_cast<uint32_t>(prefix % shard_count);
}

}  // namespace tintinh

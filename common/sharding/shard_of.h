// Which shard holds an article.
#ifndef TINTINH_COMMON_SHARDING_SHARD_OF_H_
#define TINTINH_COMMON_SHARDING_SHARD_OF_H_

#include <cstdint>

#include "absl/strings/string_view.h"

namespace tintinh {

// The first 64 bits of the id, read as a big-endian number, modulo the shard count. Ids are prefixes of SHA-256, hence
// even already; the figure is part of the stored format and may never change. REQUIRES: IsHex128(article_id),
// shard_count > 0.
uint32_t ShardOf(absl::string_view article_id, uint32_t shard_count);

}  // namespace tintinh

#endif  // TINTINH_COMMON_SHARDING_SHARD_OF_H_

// What a request to the indexer may hold: article.proto's and indexer_service.proto's limits, checked before anything
// happens. Every message names the field, its value and the limit. Leaf queries are checked by the shard that runs
// them.
#ifndef TINTINH_SERVICES_INDEXER_LIMITS_REQUEST_LIMITS_H_
#define TINTINH_SERVICES_INDEXER_LIMITS_REQUEST_LIMITS_H_

#include <cstddef>
#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/repeated_field.h"
#include "tintinh/v1/indexer_service.pb.h"

namespace tintinh::indexer {

inline constexpr int kMaxArticlesPerPut = 256;
inline constexpr size_t kMaxPutBytes = size_t{16} << 20;
inline constexpr size_t kMaxTraceIdBytes = 256;
inline constexpr int kMaxNearPerArticle = 64;
inline constexpr int kMaxIdsPerGet = 1000;
inline constexpr size_t kMaxCheckpointNameBytes = 64;

// All give INVALID_ARGUMENT or OK.
absl::Status CheckPut(const v1::PutArticlesRequest& request);
absl::Status CheckDelete(const v1::DeleteArticleRequest& request);
absl::Status CheckFindNear(const v1::FindNearDuplicatesRequest& request);
absl::Status CheckGet(const v1::GetArticlesRequest& request);
absl::Status CheckCheckpoint(const v1::CreateCheckpointRequest& request);

// The shards a request asks must be among the 0 … shard_count-1 of the index, each at most once.
absl::Status CheckShards(const google::protobuf::RepeatedField<uint32_t>& shards, uint32_t shard_count);
// As CheckShards, for the positions to wait for.
absl::Status CheckMinimumPositions(const google::protobuf::RepeatedPtrField<v1::ShardPosition>& positions,
                                   uint32_t shard_count);

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_LIMITS_REQUEST_LIMITS_H_

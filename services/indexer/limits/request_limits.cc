#include "services/indexer/limits/request_limits.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/digest/digest.h"
#include "common/status/status_macros.h"
#include "services/indexer/limits/article_limits.h"

namespace tintinh::indexer {
namespace {

absl::Status CheckTraceId(const std::string& trace_id) {
  if (trace_id.size() <= kMaxTraceIdBytes) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("trace_id: ", trace_id.size(), " bytes, at most ", kMaxTraceIdBytes));
}

absl::Status CheckId(absl::string_view field, const std::string& id) {
  if (IsHex128(id)) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(field, ": \"", absl::string_view(id).substr(0, 64), "\" is not 32 lower-case hex digits"));
}

absl::Status CheckCount(absl::string_view field, int count, int least, int most) {
  if (count >= least && count <= most) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(field, ": ", count, " elements, ", least, " to ", most, " allowed"));
}

absl::Status CheckShard(absl::string_view field, uint32_t shard, uint32_t shard_count, std::vector<bool>& seen) {
  if (shard >= shard_count) {
    return absl::InvalidArgumentError(
        absl::StrCat(field, ": shard ", shard, ", the index has shards 0 to ", shard_count - 1));
  }
  if (seen[shard]) return absl::InvalidArgumentError(absl::StrCat(field, ": shard ", shard, " is named twice"));
  seen[shard] = true;
  return absl::OkStatus();
}

absl::Status CheckNear(absl::string_view field, const v1::NearDuplicates& near) {
  RETURN_IF_ERROR(CheckCount(absl::StrCat(field, ".articles"), near.articles_size(), 0, kMaxNearPerArticle));
  for (int i = 0; i < near.articles_size(); ++i) {
    const v1::NearDuplicate& article = near.articles(i);
    const std::string here = absl::StrCat(field, ".articles[", i, "]");
    RETURN_IF_ERROR(CheckId(absl::StrCat(here, ".article_id"), article.article_id()));
    if (!article.duplicate_cluster().empty()) {
      RETURN_IF_ERROR(CheckId(absl::StrCat(here, ".duplicate_cluster"), article.duplicate_cluster()));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckAllNear(const v1::PutArticlesRequest& request) {
  if (request.near().empty()) return absl::OkStatus();
  RETURN_IF_ERROR(CheckCount("near", request.near_size(), request.articles_size(), request.articles_size()));
  for (int i = 0; i < request.near_size(); ++i) {
    RETURN_IF_ERROR(CheckNear(absl::StrCat("near[", i, "]"), request.near(i)));
  }
  return absl::OkStatus();
}

bool IsCheckpointNameCharacter(char c) {
  return c == '-' || absl::ascii_isdigit(static_cast<unsigned char>(c)) || (c >= 'a' && c <= 'z');
}

}  // namespace

absl::Status CheckPut(const v1::PutArticlesRequest& request) {
  RETURN_IF_ERROR(CheckCount("articles", request.articles_size(), 1, kMaxArticlesPerPut));
  RETURN_IF_ERROR(CheckTraceId(request.trace_id()));
  RETURN_IF_ERROR(CheckAllNear(request));
  size_t bytes = 0;
  for (int i = 0; i < request.articles_size(); ++i) {
    RETURN_IF_ERROR(CheckArticle(absl::StrCat("articles[", i, "]"), request.articles(i)));
    bytes += request.articles(i).ByteSizeLong();
  }
  if (bytes <= kMaxPutBytes) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("articles: ", bytes, " bytes together, at most ", kMaxPutBytes));
}

absl::Status CheckDelete(const v1::DeleteArticleRequest& request) {
  RETURN_IF_ERROR(CheckId("article_id", request.article_id()));
  return CheckTraceId(request.trace_id());
}

absl::Status CheckFindNear(const v1::FindNearDuplicatesRequest& request) {
  return CheckCount("simhashes", request.simhashes_size(), 1, kMaxArticlesPerPut);
}

absl::Status CheckGet(const v1::GetArticlesRequest& request) {
  RETURN_IF_ERROR(CheckCount("article_ids", request.article_ids_size(), 1, kMaxIdsPerGet));
  for (int i = 0; i < request.article_ids_size(); ++i) {
    RETURN_IF_ERROR(CheckId(absl::StrCat("article_ids[", i, "]"), request.article_ids(i)));
  }
  return absl::OkStatus();
}

absl::Status CheckCheckpoint(const v1::CreateCheckpointRequest& request) {
  const std::string& name = request.name();
  if (!name.empty() && name.size() <= kMaxCheckpointNameBytes &&
      std::all_of(name.begin(), name.end(), IsCheckpointNameCharacter)) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(absl::StrCat("name: \"", absl::string_view(name).substr(0, 80), "\" of ",
                                                 name.size(), " bytes does not match [a-z0-9-]{1,64}"));
}

absl::Status CheckShards(const google::protobuf::RepeatedField<uint32_t>& shards, uint32_t shard_count) {
  std::vector<bool> seen(shard_count, false);
  for (int i = 0; i < shards.size(); ++i) {
    RETURN_IF_ERROR(CheckShard(absl::StrCat("shards[", i, "]"), shards[i], shard_count, seen));
  }
  return absl::OkStatus();
}

absl::Status CheckMinimumPositions(const google::protobuf::RepeatedPtrField<v1::ShardPosition>& positions,
                                   uint32_t shard_count) {
  std::vector<bool> seen(shard_count, false);
  for (int i = 0; i < positions.size(); ++i) {
    RETURN_IF_ERROR(CheckShard(absl::StrCat("minimum_positions[", i, "]"), positions[i].shard(), shard_count, seen));
  }
  return absl::OkStatus();
}

}  // namespace tintinh::indexer

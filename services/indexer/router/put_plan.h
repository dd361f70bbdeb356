// What a batch of articles becomes: for each one stored, unchanged or near-duplicate, and which shard's log gets what.
#ifndef TINTINH_SERVICES_INDEXER_ROUTER_PUT_PLAN_H_
#define TINTINH_SERVICES_INDEXER_ROUTER_PUT_PLAN_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "common/article_log/article_log.h"
#include "services/indexer/router/duplicate_cluster.h"
#include "services/indexer/router/unapplied_versions.h"
#include "tintinh/v1/article.pb.h"
#include "tintinh/v1/indexer_service.pb.h"

namespace tintinh::indexer {

// What is known of articles acknowledged before: applied or logged alike.
struct RouterKnowledge {
  uint32_t shard_count;
  uint32_t near_duplicate_distance;
  // The newest version, at a position by which it can be read; an empty content hash where there is none.
  std::function<absl::StatusOr<LoggedVersion>(uint32_t shard, absl::string_view article_id)> newest;
  // Articles of any shard within near_duplicate_distance; best effort.
  std::function<std::vector<NearArticle>(uint64_t simhash)> near;
};

// What goes to one shard's log in one append.
struct ShardAppend {
  std::vector<article_log::LogPayload> payloads;
  std::vector<size_t> articles;         // of each payload: its index in the batch
  std::vector<LoggedVersion> versions;  // of each payload, without position
};

// One batch from decision to result. Used by one thread, which holds the claims of the batch's articles.
class PutPlan {
 public:
  // Decides for each article in order, as if those before it in the batch had been put already. Fails, with nothing
  // logged, when the newest version of one cannot be read. REQUIRES: the articles passed CheckPut.
  static absl::StatusOr<PutPlan> Make(const RouterKnowledge& knowledge, absl::Span<const v1::Article* const> articles,
                                      absl::string_view trace_id);

  const std::map<uint32_t, ShardAppend>& appends() const { return appends_; }

  // The outcome of one append: positions parallel to its payloads, or why it failed.
  void Logged(uint32_t shard, absl::Span<const uint64_t> positions);
  void Failed(uint32_t shard, const absl::Status& status);

  // One result per article, in order, once every append has its outcome.
  std::vector<v1::PutResult> Results() const;

 private:
  absl::Status Decide(const RouterKnowledge& knowledge, const v1::Article& article, absl::string_view trace_id);
  absl::StatusOr<LoggedVersion> Newest(const RouterKnowledge& knowledge, uint32_t shard, const std::string& id) const;
  std::string Cluster(const RouterKnowledge& knowledge, const v1::Article& article) const;

  // A version earlier in the same batch.
  struct Earlier {
    size_t article;
    LoggedVersion version;
  };

  std::vector<v1::PutResult> results_;
  std::map<uint32_t, ShardAppend> appends_;
  absl::flat_hash_map<std::string, Earlier> batch_;
  std::map<size_t, size_t> repeats_;  // article → the earlier one of the batch that it repeats
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_ROUTER_PUT_PLAN_H_

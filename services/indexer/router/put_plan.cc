#include "services/indexer/router/put_plan.h"

#include <utility>

#include "common/sharding/shard_of.h"
#include "common/status/status_macros.h"
#include "services/indexer/record/log_entry.h"
#include "services/indexer/record/stored_article.h"

namespace tintinh::indexer {

absl::StatusOr<PutPlan> PutPlan::Make(const RouterKnowledge& knowledge, absl::Span<const v1::Article* const> articles,
                                      absl::string_view trace_id) {
  PutPlan plan;
  for (const v1::Article* article : articles) RETURN_IF_ERROR(plan.Decide(knowledge, *article, trace_id));
  return plan;
}

absl::Status PutPlan::Decide(const RouterKnowledge& knowledge, const v1::Article& article, absl::string_view trace_id) {
  const size_t index = results_.size();
  const uint32_t shard = ShardOf(article.article_id(), knowledge.shard_count);
  ASSIGN_OR_RETURN(const LoggedVersion newest, Newest(knowledge, shard, article.article_id()));
  v1::PutResult& result = results_.emplace_back();
  result.set_article_id(article.article_id());
  result.set_shard(shard);
  if (newest.content_hash == article.content_hash()) {
    result.set_outcome(v1::PUT_OUTCOME_UNCHANGED);
    result.set_log_position(newest.position);
    if (const auto it = batch_.find(article.article_id()); it != batch_.end()) repeats_[index] = it->second.article;
    return absl::OkStatus();
  }
  disk::v1::StoredArticle stored = ToStored(article);
  stored.set_duplicate_cluster(Cluster(knowledge, article));
  result.set_duplicate_of(stored.duplicate_cluster());
  result.set_outcome(stored.duplicate_cluster().empty() ? v1::PUT_OUTCOME_STORED : v1::PUT_OUTCOME_NEAR_DUPLICATE);
  const LoggedVersion version{0, stored.content_hash(), stored.simhash(), stored.duplicate_cluster()};
  batch_[article.article_id()] = {index, version};
  ShardAppend& append = appends_[shard];
  append.payloads.push_back({article.article_id(), EncodeLogEntry(PutEntry(std::move(stored), trace_id))});
  append.articles.push_back(index);
  append.versions.push_back(version);
  return absl::OkStatus();
}

absl::StatusOr<LoggedVersion> PutPlan::Newest(const RouterKnowledge& knowledge, uint32_t shard,
                                              const std::string& id) const {
  if (const auto it = batch_.find(id); it != batch_.end()) return it->second.version;
  return knowledge.newest(shard, id);
}

std::string PutPlan::Cluster(const RouterKnowledge& knowledge, const v1::Article& article) const {
  if (article.simhash() == 0) return "";
  std::vector<NearArticle> near = knowledge.near(article.simhash());
  for (const auto& [id, earlier] : batch_) {
    const uint32_t distance = SimhashDistance(article.simhash(), earlier.version.simhash);
    if (distance <= knowledge.near_duplicate_distance) near.push_back({id, earlier.version.cluster, distance});
  }
  return ChooseCluster(article.article_id(), near);
}

void PutPlan::Logged(uint32_t shard, absl::Span<const uint64_t> positions) {
  const ShardAppend& append = appends_.at(shard);
  for (size_t i = 0; i < positions.size(); ++i) results_[append.articles[i]].set_log_position(positions[i]);
}

void PutPlan::Failed(uint32_t shard, const absl::Status& status) {
  for (const size_t article : appends_.at(shard).articles) {
    results_[article].set_outcome(v1::PUT_OUTCOME_FAILED);
    results_[article].set_error(status.ToString());
    results_[article].clear_duplicate_of();
  }
}

std::vector<v1::PutResult> PutPlan::Results() const {
  std::vector<v1::PutResult> results = results_;
  for (const auto& [article, earlier] : repeats_) {
    if (results[earlier].outcome() == v1::PUT_OUTCOME_FAILED) {
      results[article] = results[earlier];
    } else {
      results[article].set_log_position(results[earlier].log_position());
    }
  }
  return results;
}

}  // namespace tintinh::indexer

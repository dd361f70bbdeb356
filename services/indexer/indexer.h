// The indexer's core: the shards of one data directory, each with its log, its index and the thread between them.
#ifndef TINTINH_SERVICES_INDEXER_INDEXER_H_
#define TINTINH_SERVICES_INDEXER_INDEXER_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/article_log/article_log.h"
#include "common/kv/database.h"
#include "common/metrics/metrics.h"
#include "common/sync/gate.h"
#include "common/sync/mutex.h"
#include "common/sync/slots.h"
#include "common/time/clock.h"
#include "services/indexer/apply/applier.h"
#include "services/indexer/checkpoint/checkpoint_sender.h"
#include "services/indexer/layout/data_layout.h"
#include "services/indexer/router/article_claims.h"
#include "services/indexer/router/put_plan.h"
#include "services/indexer/router/unapplied_versions.h"
#include "services/indexer/shard/shard.h"
#include "services/indexer/shard/shard_options.h"
#include "services/indexer/shard/worker_threads.h"
#include "tintinh/config/v1/services.pb.h"
#include "tintinh/v1/indexer_service.pb.h"

namespace tintinh::indexer {

// Thread-safe. Calls before Start and after Drain are UNAVAILABLE; calls whose deadline has passed DEADLINE_EXCEEDED.
// What each call means is written in indexer_service.proto. A request beyond its limits is INVALID_ARGUMENT, and the
// message names field, value and limit.
class Indexer {
 public:
  // Opens or makes the data directory. FAILED_PRECONDITION, naming both, for another number of shards or another log
  // than it was made with; DATA_LOSS for damage; as KafkaArticleLog::Open where the log is in Kafka. `clock` and
  // `metrics` must outlive the indexer.
  static absl::StatusOr<std::unique_ptr<Indexer>> Open(const config::v1::IndexerConfig& config, const Clock& clock,
                                                       Metrics& metrics);
  ~Indexer();  // without Drain: as a killed process would leave the data
  Indexer(const Indexer&) = delete;
  Indexer& operator=(const Indexer&) = delete;

  // Replays what the logs hold beyond the indexes, then takes calls. Fails where an index cannot follow its log.
  absl::Status Start();

  // Takes no more calls, waits for those inside, applies and writes out everything, closes the databases. Once only.
  // A failure is logged and costs a replay, nothing else: what was acknowledged is in the logs.
  absl::Status Drain();

  // An acknowledged article is durable and searchable within milliseconds. The log position of an UNCHANGED article is
  // one by which the article can be read.
  absl::StatusOr<v1::PutArticlesResponse> Put(const v1::PutArticlesRequest& request, absl::Time deadline);
  absl::StatusOr<v1::DeleteArticleResponse> Delete(const v1::DeleteArticleRequest& request, absl::Time deadline);

  // Sees every put acknowledged before the call. RESOURCE_EXHAUSTED when the articles exceed 16 MiB together.
  absl::StatusOr<v1::GetArticlesResponse> Get(const v1::GetArticlesRequest& request, absl::Time deadline);

  // Articles of the shards that are held here; best effort, as in Put.
  absl::StatusOr<v1::FindNearDuplicatesResponse> FindNearDuplicates(const v1::FindNearDuplicatesRequest& request,
                                                                    absl::Time deadline);

  absl::StatusOr<v1::LeafSearchResponse> Search(const v1::LeafSearchRequest& request, absl::Time deadline);
  absl::StatusOr<v1::LeafStatisticsResponse> Statistics(const v1::LeafStatisticsRequest& request, absl::Time deadline);
  absl::StatusOr<v1::LeafFacetsResponse> Facets(const v1::LeafFacetsRequest& request, absl::Time deadline);
  absl::StatusOr<v1::GetIndexStatusResponse> Status(absl::Time deadline);

  // Everything acknowledged before the call is in segments on disk afterwards, and the logs are trimmed.
  absl::Status Flush(absl::Time deadline);

  // The copy holds at least the positions named. ALREADY_EXISTS where the name is taken; an unfinished copy is removed.
  absl::StatusOr<v1::CreateCheckpointResponse> CreateCheckpoint(const v1::CreateCheckpointRequest& request,
                                                                absl::Time deadline);

  // A copy of one shard, made now and sent until the receiver is gone or Drain begins.
  absl::Status StreamCheckpoint(const v1::StreamCheckpointRequest& request, const CheckpointSink& sink,
                                const std::function<bool()>& receiver_is_there);

 private:
  struct OpenShard {
    std::unique_ptr<kv::Database> database;
    std::unique_ptr<Shard> shard;
    std::unique_ptr<UnappliedVersions> unapplied;
    std::unique_ptr<Applier> applier;
  };

  Indexer(const config::v1::IndexerConfig& config, DataLayout layout, const Clock& clock, Metrics& metrics);
  ShardOptions OptionsOf(uint32_t shard);
  absl::Status OpenShards();
  absl::StatusOr<std::unique_ptr<article_log::ArticleLog>> OpenLog() const;
  absl::Status OpenLogAndAppliers();
  bool Holds(uint32_t shard) const { return shards_[shard].applier != nullptr; }
  // FAILED_PRECONDITION where it is held elsewhere, INVALID_ARGUMENT where there is none.
  absl::Status CheckHeld(absl::string_view field, uint32_t shard) const;
  absl::Status CheckAllHeld(const v1::PutArticlesRequest& request) const;

  absl::Time Bounded(absl::Time deadline) const;
  // Admits a call, or says why not.
  absl::StatusOr<Gate::Pass> Enter(absl::Time deadline);
  // The shards named, or all that are held.
  absl::StatusOr<std::vector<uint32_t>> Asked(const google::protobuf::RepeatedField<uint32_t>& shards) const;
  absl::Status AwaitMinimumPositions(const v1::LeafSearchRequest& request, absl::Time deadline);
  absl::StatusOr<v1::ShardResult> SearchShard(uint32_t shard, const v1::LeafSearchRequest& request,
                                              absl::Time deadline) const;
  // What a call holds while it changes articles.
  struct WritePass {
    Gate::Pass inside;
    Slots::Slot slot;
    ArticleClaims::Claim claim;
  };
  absl::StatusOr<WritePass> EnterToWrite(const std::vector<std::string>& ids, absl::Time deadline);
  // Where others write to the same log: what was acknowledged by them must be known before anything is decided.
  absl::Status CatchUpWithOthers(const std::vector<std::string>& ids, absl::Time deadline);
  absl::Status CheckBacklog() const;

  RouterKnowledge Knowledge(const v1::PutArticlesRequest& request) const;
  absl::StatusOr<LoggedVersion> Newest(uint32_t shard, absl::string_view article_id) const;
  std::vector<NearArticle> FindNear(uint64_t simhash) const;

  // Appends shard by shard. A full queue met before anything was logged fails the whole put.
  absl::Status LogPlan(PutPlan& plan);
  absl::StatusOr<std::vector<uint64_t>> LogShard(uint32_t shard, const ShardAppend& append);
  void CountAndReport(const std::vector<v1::PutResult>& results, absl::string_view trace_id);
  absl::StatusOr<std::optional<disk::v1::StoredArticle>> Read(const std::string& article_id, absl::Time deadline);
  absl::StatusOr<uint64_t> HeldByCopy(uint32_t shard) const;
  absl::StatusOr<v1::CreateCheckpointResponse> CopyShards(absl::string_view directory);

  const config::v1::IndexerConfig config_;
  const DataLayout layout_;
  const Clock& clock_;
  Metrics& metrics_;
  Histogram& put_seconds_;
  Histogram& search_seconds_;

  Gate gate_;
  ArticleClaims claims_;
  Slots write_slots_;  // half of the server's threads: a log out of reach must not hold reads up
  Slots streams_;
  std::atomic<uint64_t> streams_begun_ = 0;
  Mutex checkpoint_mu_;                           // held while a checkpoint is made
  WorkerThreads flushes_;                         // of all shards
  WorkerThreads merges_;                          // of all shards, apart: a flush never waits for a merge
  std::unique_ptr<article_log::ArticleLog> log_;  // over the databases of shards_, and used by their appliers
  std::vector<OpenShard> shards_;                 // of the index; those not held are empty; constant until Drain
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_INDEXER_H_

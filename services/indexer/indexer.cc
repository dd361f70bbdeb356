#include "services/indexer/indexer.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <system_error>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/article_log/embedded_article_log.h"
#include "common/kafka_log/kafka_article_log.h"
#include "common/log/log.h"
#include "common/rpc/channel.h"
#include "common/sharding/shard_of.h"
#include "common/status/status_macros.h"
#include "common/sync/parallel_for.h"
#include "common/sync/pause.h"
#include "common/text/analyzer.h"
#include "common/time/proto_duration.h"
#include "services/indexer/checkpoint/bootstrap.h"
#include "services/indexer/layout/data_layout.h"
#include "services/indexer/limits/request_limits.h"
#include "services/indexer/record/stored_article.h"
#include "services/indexer/search/facet_counts.h"
#include "services/indexer/search/scan_deadline.h"

namespace tintinh::indexer {
namespace {

constexpr size_t kMaxGetBytes = size_t{16} << 20;
// For calls without a deadline of their own.
constexpr absl::Duration kLongestWait = absl::Minutes(5);
constexpr absl::Duration kLongestDrain = absl::Minutes(10);
// A starting indexer waits so long for a log that is out of reach.
constexpr absl::Duration kLogPatience = absl::Minutes(2);
constexpr absl::Duration kPause = absl::Seconds(1);

constexpr size_t kMaxStreams = 2;

// Half of the cores for each of flushes and merges: appliers and searches come before both.
size_t BackgroundThreads() { return std::max<size_t>(1, std::thread::hardware_concurrency() / 2); }

std::vector<kv::ColumnFamily> ColumnFamilies() {
  std::vector<kv::ColumnFamily> families = Shard::ColumnFamilies();
  families.push_back(article_log::EmbeddedArticleLog::ColumnFamily());
  return families;
}

// What replicas cannot give is built from the log.
absl::Status Bootstrap(const config::v1::IndexerConfig& config, const DataLayout& layout) {
  if (config.bootstrap().target().empty()) return absl::OkStatus();
  if (!LogIsInKafka(config)) {
    return absl::InvalidArgumentError("bootstrap: replicas share a log in Kafka, and kafka.brokers is empty");
  }
  ASSIGN_OR_RETURN(const std::shared_ptr<grpc::Channel> peer, ConnectToOne(config.bootstrap()));
  BootstrapPlan plan{config.data_directory(), layout.shards, ToDuration(config.bootstrap().deadline())};
  plan.held = layout.held;
  const absl::Status fetched = FetchMissingShards(plan, peer);
  RemoveUnfinished(plan);
  if (fetched.ok() || absl::IsResourceExhausted(fetched)) return fetched;
  LogWarning("no copy from a replica: the log will be replayed", {{"error", fetched.ToString()}});
  return absl::OkStatus();
}

}  // namespace

Indexer::Indexer(const config::v1::IndexerConfig& config, DataLayout layout, const Clock& clock, Metrics& metrics)
    : config_(config),
      layout_(std::move(layout)),
      clock_(clock),
      metrics_(metrics),
      put_seconds_(metrics.NewHistogram("tintinh_indexer_put_seconds", "Time to make a batch of articles durable.",
                                        LatencyBuckets())),
      search_seconds_(
          metrics.NewHistogram("tintinh_indexer_search_seconds", "Time to search the shards asked.", LatencyBuckets())),
      write_slots_("writes", config.server().max_threads() / 2),
      streams_("streams of checkpoints", kMaxStreams),
      flushes_(BackgroundThreads()),
      merges_(BackgroundThreads()) {}

Indexer::~Indexer() { gate_.CloseAndWait(); }

absl::StatusOr<std::unique_ptr<Indexer>> Indexer::Open(const config::v1::IndexerConfig& config, const Clock& clock,
                                                       Metrics& metrics) {
  ASSIGN_OR_RETURN(DataLayout layout, LayoutOf(config));
  RETURN_IF_ERROR(PrepareDataDirectory(config.data_directory(), layout));
  std::error_code ignored;
  std::filesystem::remove_all(StreamDirectory(config.data_directory()), ignored);
  RETURN_IF_ERROR(Bootstrap(config, layout));
  std::unique_ptr<Indexer> indexer(new Indexer(config, std::move(layout), clock, metrics));
  RETURN_IF_ERROR(indexer->OpenShards());
  RETURN_IF_ERROR(indexer->OpenLogAndAppliers());
  return indexer;
}

ShardOptions Indexer::OptionsOf(uint32_t shard) {
  ShardOptions options;
  options.shard = shard;
  options.shard_count = config_.shards();
  options.memory_segment_bytes = config_.memory_segment_bytes();
  options.analysis_threads = std::max<size_t>(1, std::thread::hardware_concurrency() / layout_.held.size());
  options.flushes = [this](std::function<void()> piece) { flushes_.Add(std::move(piece)); };
  options.merges = [this](std::function<void()> piece) { merges_.Add(std::move(piece)); };
  return options;
}

absl::Status Indexer::OpenShards() {
  shards_.resize(layout_.shards);
  for (const uint32_t shard : layout_.held) {
    OpenShard& open = shards_[shard];
    ASSIGN_OR_RETURN(open.database,
                     kv::Database::Open({.directory = ShardDirectory(config_.data_directory(), shard),
                                         .block_cache_bytes = config_.block_cache_bytes() / layout_.held.size(),
                                         .column_families = ColumnFamilies()}));
    ASSIGN_OR_RETURN(open.shard, Shard::Open(*open.database, OptionsOf(shard)));
    open.unapplied = std::make_unique<UnappliedVersions>(open.shard->applied_position());
  }
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<article_log::ArticleLog>> Indexer::OpenLog() const {
  if (LogIsInKafka(config_)) {
    ASSIGN_OR_RETURN(kafka_log::KafkaOptions options, kafka_log::OptionsFrom(config_.kafka()));
    options.max_queued_appends = config_.max_queued_appends();
    const absl::Time latest = clock_.Now() + kLogPatience;
    auto log = kafka_log::KafkaArticleLog::Open(options, layout_.shards, clock_);
    while (absl::IsUnavailable(log.status()) && clock_.Now() < latest) {
      LogWarning("waiting for the brokers", {{"error", log.status().ToString()}});
      Pause(kPause);
      log = kafka_log::KafkaArticleLog::Open(options, layout_.shards, clock_);
    }
    return log;
  }
  std::vector<article_log::EmbeddedLogShard> logs;
  for (const uint32_t shard : layout_.held) logs.push_back({shard, shards_[shard].database.get()});
  return article_log::EmbeddedArticleLog::Open(logs, {.max_queued_appends = config_.max_queued_appends()});
}

absl::Status Indexer::OpenLogAndAppliers() {
  ASSIGN_OR_RETURN(log_, OpenLog());
  for (const uint32_t shard : layout_.held) {
    OpenShard& open = shards_[shard];
    const ApplierParts parts{shard, *log_, *open.shard, *open.unapplied};
    open.applier = std::make_unique<Applier>(parts, clock_, metrics_);
  }
  return absl::OkStatus();
}

absl::Status Indexer::Start() {
  for (const uint32_t shard : layout_.held) shards_[shard].applier->Start();
  for (const uint32_t shard : layout_.held) {
    const uint64_t before = shards_[shard].shard->flushed_position();
    RETURN_IF_ERROR(shards_[shard].applier->Replay(kLogPatience));
    LogInfo("shard ready",
            {{"shard", shard}, {"replayed_after", before}, {"position", shards_[shard].shard->applied_position()}});
  }
  gate_.Open();
  return absl::OkStatus();
}

absl::Status Indexer::Drain() {
  gate_.CloseAndWait();
  absl::Status first_failure;
  for (const uint32_t shard : layout_.held) {
    first_failure.Update(shards_[shard].applier->Drain(clock_.Now() + kLongestDrain));
  }
  shards_.clear();
  if (!first_failure.ok()) LogError("drained with a failure", {{"error", first_failure.ToString()}});
  return first_failure;
}

absl::Status Indexer::CheckHeld(absl::string_view field, uint32_t shard) const {
  if (shard >= layout_.shards) {
    return absl::InvalidArgumentError(
        absl::StrCat(field, ": shard ", shard, ", the index has shards 0 to ", layout_.shards - 1));
  }
  if (std::binary_search(layout_.held.begin(), layout_.held.end(), shard)) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(field, ": shard ", shard, " is not held here, but ",
                                                    absl::StrJoin(layout_.held, ", "), " of ", layout_.shards));
}

absl::Time Indexer::Bounded(absl::Time deadline) const { return std::min(deadline, clock_.Now() + kLongestWait); }

absl::StatusOr<Gate::Pass> Indexer::Enter(absl::Time deadline) {
  if (deadline <= clock_.Now()) return absl::DeadlineExceededError("the deadline had passed when the call arrived");
  std::optional<Gate::Pass> pass = gate_.Enter();
  if (!pass.has_value()) return absl::UnavailableError("the indexer is not serving");
  return *std::move(pass);
}

absl::StatusOr<v1::GetArticlesResponse> Indexer::Get(const v1::GetArticlesRequest& request, absl::Time deadline) {
  RETURN_IF_ERROR(CheckGet(request));
  ASSIGN_OR_RETURN(const Gate::Pass pass, Enter(deadline));
  v1::GetArticlesResponse response;
  size_t bytes = 0;
  for (const std::string& article_id : request.article_ids()) {
    ASSIGN_OR_RETURN(const std::optional<disk::v1::StoredArticle> stored, Read(article_id, deadline));
    if (!stored.has_value()) continue;
    bytes += request.titles_only() ? stored->article_id().size() + stored->title().size() : stored->ByteSizeLong();
    if (bytes > kMaxGetBytes) {
      return absl::ResourceExhaustedError(
          absl::StrCat("article_ids: ", response.articles_size(), " of ", request.article_ids_size(),
                       " articles fill the answer of at most ", kMaxGetBytes, " bytes; ask for fewer at once"));
    }
    *response.add_articles() = request.titles_only() ? TitleOf(*stored) : FromStored(*stored);
  }
  return response;
}

absl::StatusOr<std::optional<disk::v1::StoredArticle>> Indexer::Read(const std::string& article_id,
                                                                     absl::Time deadline) {
  const uint32_t shard = ShardOf(article_id, layout_.shards);
  if (!Holds(shard)) return std::nullopt;
  const OpenShard& open = shards_[shard];
  if (const std::optional<LoggedVersion> logged = open.unapplied->Find(article_id); logged.has_value()) {
    RETURN_IF_ERROR(open.applier->AwaitApplied(logged->position, Bounded(deadline)));
  }
  return open.shard->Get(article_id);
}

absl::StatusOr<std::vector<uint32_t>> Indexer::Asked(const google::protobuf::RepeatedField<uint32_t>& shards) const {
  RETURN_IF_ERROR(CheckShards(shards, layout_.shards));
  for (const uint32_t shard : shards) RETURN_IF_ERROR(CheckHeld("shards", shard));
  return shards.empty() ? layout_.held : std::vector<uint32_t>(shards.begin(), shards.end());
}

absl::Status Indexer::AwaitMinimumPositions(const v1::LeafSearchRequest& request, absl::Time deadline) {
  const absl::Time latest = Bounded(deadline);
  for (const v1::ShardPosition& minimum : request.minimum_positions()) {
    if (!Holds(minimum.shard())) continue;
    RETURN_IF_ERROR(shards_[minimum.shard()].applier->AwaitApplied(minimum.log_position(), latest));
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::LeafSearchResponse> Indexer::Search(const v1::LeafSearchRequest& request, absl::Time deadline) {
  const absl::Time begin = clock_.Now();
  ASSIGN_OR_RETURN(const Gate::Pass pass, Enter(deadline));
  RETURN_IF_ERROR(CheckMinimumPositions(request.minimum_positions(), layout_.shards));
  ASSIGN_OR_RETURN(const std::vector<uint32_t> asked, Asked(request.shards()));
  RETURN_IF_ERROR(AwaitMinimumPositions(request, deadline));
  std::vector<absl::StatusOr<v1::ShardResult>> results(asked.size());
  ParallelFor(asked.size(), std::thread::hardware_concurrency(),
              [&](size_t i) { results[i] = SearchShard(asked[i], request, deadline); });
  v1::LeafSearchResponse response;
  for (absl::StatusOr<v1::ShardResult>& result : results) {
    RETURN_IF_ERROR(result.status());
    *response.add_shards() = *std::move(result);
  }
  search_seconds_.Observe(absl::ToDoubleSeconds(clock_.Now() - begin));
  return response;
}

absl::StatusOr<v1::ShardResult> Indexer::SearchShard(uint32_t shard, const v1::LeafSearchRequest& request,
                                                     absl::Time deadline) const {
  if (deadline <= clock_.Now()) return absl::DeadlineExceededError(absl::StrCat("shard ", shard, " was not reached"));
  return shards_[shard].shard->Search(request, ScanDeadline(clock_, deadline));
}

absl::StatusOr<v1::LeafStatisticsResponse> Indexer::Statistics(const v1::LeafStatisticsRequest& request,
                                                               absl::Time deadline) {
  ASSIGN_OR_RETURN(const Gate::Pass pass, Enter(deadline));
  ASSIGN_OR_RETURN(const std::vector<uint32_t> asked, Asked(request.shards()));
  const ScanDeadline latest(clock_, deadline);
  v1::LeafStatisticsResponse response;
  for (const uint32_t shard : asked) {
    RETURN_IF_ERROR(latest.Check());
    RETURN_IF_ERROR(shards_[shard].shard->AddStatistics(request, response.mutable_statistics(), latest));
  }
  return response;
}

absl::StatusOr<v1::LeafFacetsResponse> Indexer::Facets(const v1::LeafFacetsRequest& request, absl::Time deadline) {
  ASSIGN_OR_RETURN(const Gate::Pass pass, Enter(deadline));
  FacetCounts counts;
  const ScanDeadline latest(clock_, deadline);
  for (const uint32_t shard : layout_.held) {
    RETURN_IF_ERROR(shards_[shard].shard->CountFacets(request, counts, latest));
  }
  return counts.ToProto(request);
}

absl::StatusOr<v1::GetIndexStatusResponse> Indexer::Status(absl::Time deadline) {
  ASSIGN_OR_RETURN(const Gate::Pass pass, Enter(deadline));
  v1::GetIndexStatusResponse response;
  response.set_analyzer_version(text::Analyzer::kVersion);
  response.set_format_version(Shard::kFormatVersion);
  response.set_shard_count(layout_.shards);
  for (const uint32_t shard : layout_.held) {
    v1::ShardStatus& status = *response.add_shards();
    shards_[shard].shard->FillStatus(&status);
    ASSIGN_OR_RETURN(const article_log::LogBounds bounds, log_->Bounds(shard));
    status.set_log_first_position(bounds.first);
    status.set_log_last_position(bounds.last);
  }
  return response;
}

absl::Status Indexer::Flush(absl::Time deadline) {
  ASSIGN_OR_RETURN(const Gate::Pass pass, Enter(deadline));
  const absl::Time latest = Bounded(deadline);
  for (const uint32_t shard : layout_.held) RETURN_IF_ERROR(shards_[shard].applier->Flush(latest));
  return absl::OkStatus();
}

}  // namespace tintinh::indexer

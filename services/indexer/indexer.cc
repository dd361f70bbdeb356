#include "services/indexer/indexer.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <set>
#include <system_error>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/article_log/embedded_article_log.h"
#include "common/kafka_log/kafka_article_log.h"
#include "common/log/log.h"
#include "common/rpc/channel.h"
#include "common/status/status_macros.h"
#include "common/sync/parallel_for.h"
#include "common/sync/pause.h"
#include "common/text/analyzer.h"
#include "common/time/proto_duration.h"
#include "services/indexer/checkpoint/bootstrap.h"
#include "services/indexer/layout/data_layout.h"
#include "services/indexer/limits/request_limits.h"
#include "services/indexer/record/log_entry.h"
#include "services/indexer/record/stored_article.h"
#include "services/indexer/router/shard_of.h"
#include "services/indexer/search/facet_counts.h"
#include "services/indexer/search/scan_deadline.h"

namespace tintinh::indexer {
namespace {

// Bounds what is remembered of logged articles while an index falls behind its log.
constexpr size_t kMaxUnapplied = 65'536;
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
absl::Status Bootstrap(const config::v1::IndexerConfig& config) {
  if (config.bootstrap().target().empty()) return absl::OkStatus();
  if (!LogIsInKafka(config)) {
    return absl::InvalidArgumentError("bootstrap: replicas share a log in Kafka, and kafka.brokers is empty");
  }
  ASSIGN_OR_RETURN(const std::shared_ptr<grpc::Channel> peer, ConnectToOne(config.bootstrap()));
  const absl::Duration patience = ToDuration(config.bootstrap().deadline());
  const absl::Status fetched = FetchMissingShards({config.data_directory(), config.shards(), patience}, peer);
  RemoveUnfinished(config.data_directory(), config.shards());
  if (fetched.ok() || absl::IsResourceExhausted(fetched)) return fetched;
  LogWarning("no copy from a replica: the log will be replayed", {{"error", fetched.ToString()}});
  return absl::OkStatus();
}

std::vector<std::string> IdsOf(const v1::PutArticlesRequest& request) {
  std::vector<std::string> ids;
  for (const v1::Article& article : request.articles()) ids.push_back(article.article_id());
  return ids;
}

absl::string_view OutcomeName(v1::PutOutcome outcome) {
  switch (outcome) {
    case v1::PUT_OUTCOME_STORED:
      return "stored";
    case v1::PUT_OUTCOME_UNCHANGED:
      return "unchanged";
    case v1::PUT_OUTCOME_NEAR_DUPLICATE:
      return "near_duplicate";
    default:
      return "failed";
  }
}

}  // namespace

Indexer::Indexer(const config::v1::IndexerConfig& config, const Clock& clock, Metrics& metrics)
    : config_(config),
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
  RETURN_IF_ERROR(PrepareDataDirectory(config.data_directory(), LayoutOf(config)));
  std::error_code ignored;
  std::filesystem::remove_all(StreamDirectory(config.data_directory()), ignored);
  RETURN_IF_ERROR(Bootstrap(config));
  std::unique_ptr<Indexer> indexer(new Indexer(config, clock, metrics));
  RETURN_IF_ERROR(indexer->OpenShards());
  RETURN_IF_ERROR(indexer->OpenLogAndAppliers());
  return indexer;
}

ShardOptions Indexer::OptionsOf(uint32_t shard) {
  ShardOptions options;
  options.shard = shard;
  options.shard_count = config_.shards();
  options.memory_segment_bytes = config_.memory_segment_bytes();
  options.analysis_threads = std::max<size_t>(1, std::thread::hardware_concurrency() / config_.shards());
  options.flushes = [this](std::function<void()> piece) { flushes_.Add(std::move(piece)); };
  options.merges = [this](std::function<void()> piece) { merges_.Add(std::move(piece)); };
  return options;
}

absl::Status Indexer::OpenShards() {
  for (uint32_t shard = 0; shard < config_.shards(); ++shard) {
    OpenShard& open = shards_.emplace_back();
    ASSIGN_OR_RETURN(open.database,
                     kv::Database::Open({.directory = ShardDirectory(config_.data_directory(), shard),
                                         .block_cache_bytes = config_.block_cache_bytes() / config_.shards(),
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
    auto log = kafka_log::KafkaArticleLog::Open(options, shard_count(), clock_);
    while (absl::IsUnavailable(log.status()) && clock_.Now() < latest) {
      LogWarning("waiting for the brokers", {{"error", log.status().ToString()}});
      Pause(kPause);
      log = kafka_log::KafkaArticleLog::Open(options, shard_count(), clock_);
    }
    return log;
  }
  std::vector<article_log::EmbeddedLogShard> logs;
  for (uint32_t shard = 0; shard < shard_count(); ++shard) logs.push_back({shard, shards_[shard].database.get()});
  return article_log::EmbeddedArticleLog::Open(logs, {.max_queued_appends = config_.max_queued_appends()});
}

absl::Status Indexer::OpenLogAndAppliers() {
  ASSIGN_OR_RETURN(log_, OpenLog());
  for (uint32_t shard = 0; shard < shard_count(); ++shard) {
    OpenShard& open = shards_[shard];
    const ApplierParts parts{shard, *log_, *open.shard, *open.unapplied};
    open.applier = std::make_unique<Applier>(parts, clock_, metrics_);
  }
  return absl::OkStatus();
}

absl::Status Indexer::Start() {
  for (OpenShard& open : shards_) open.applier->Start();
  for (uint32_t shard = 0; shard < shard_count(); ++shard) {
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
  for (OpenShard& open : shards_) first_failure.Update(open.applier->Drain(clock_.Now() + kLongestDrain));
  shards_.clear();
  if (!first_failure.ok()) LogError("drained with a failure", {{"error", first_failure.ToString()}});
  return first_failure;
}

absl::StatusOr<Gate::Pass> Indexer::Enter(absl::Time deadline) {
  if (deadline <= clock_.Now()) return absl::DeadlineExceededError("the deadline had passed when the call arrived");
  std::optional<Gate::Pass> pass = gate_.Enter();
  if (!pass.has_value()) return absl::UnavailableError("the indexer is not serving");
  return *std::move(pass);
}

absl::StatusOr<v1::PutArticlesResponse> Indexer::Put(const v1::PutArticlesRequest& request, absl::Time deadline) {
  const absl::Time begin = clock_.Now();
  RETURN_IF_ERROR(CheckPut(request));
  ASSIGN_OR_RETURN(const WritePass pass, EnterToWrite(IdsOf(request), deadline));
  const std::vector<const v1::Article*> articles(request.articles().pointer_begin(), request.articles().pointer_end());
  ASSIGN_OR_RETURN(PutPlan plan, PutPlan::Make(Knowledge(), articles, request.trace_id()));
  RETURN_IF_ERROR(LogPlan(plan));
  const std::vector<v1::PutResult> results = plan.Results();
  CountAndReport(results, request.trace_id());
  put_seconds_.Observe(absl::ToDoubleSeconds(clock_.Now() - begin));
  v1::PutArticlesResponse response;
  response.mutable_results()->Add(results.begin(), results.end());
  return response;
}

absl::StatusOr<v1::DeleteArticleResponse> Indexer::Delete(const v1::DeleteArticleRequest& request,
                                                          absl::Time deadline) {
  RETURN_IF_ERROR(CheckDelete(request));
  ASSIGN_OR_RETURN(const WritePass pass, EnterToWrite({request.article_id()}, deadline));
  v1::DeleteArticleResponse response;
  response.set_shard(ShardOf(request.article_id(), shard_count()));
  ASSIGN_OR_RETURN(const LoggedVersion newest, Newest(response.shard(), request.article_id()));
  response.set_found(!newest.content_hash.empty());
  response.set_log_position(newest.position);
  if (!response.found()) return response;
  const std::string entry = EncodeLogEntry(DeleteEntry(request.article_id(), request.trace_id()));
  ASSIGN_OR_RETURN(const std::vector<uint64_t> positions,
                   LogShard(response.shard(), {{{request.article_id(), entry}}, {0}, {LoggedVersion{}}}));
  response.set_log_position(positions.front());
  LogInfo("article deleted", {{"article_id", request.article_id()},
                              {"shard", response.shard()},
                              {"position", response.log_position()},
                              {"trace", request.trace_id()}});
  return response;
}

absl::StatusOr<Indexer::WritePass> Indexer::EnterToWrite(const std::vector<std::string>& ids, absl::Time deadline) {
  const absl::Time latest = std::min(deadline, clock_.Now() + kLongestWait);
  ASSIGN_OR_RETURN(Gate::Pass inside, Enter(deadline));
  ASSIGN_OR_RETURN(Slots::Slot slot, write_slots_.Take());
  RETURN_IF_ERROR(CheckBacklog());
  ASSIGN_OR_RETURN(ArticleClaims::Claim claim, claims_.Take(ids, latest));
  RETURN_IF_ERROR(CatchUpWithOthers(ids, latest));
  return WritePass{std::move(inside), std::move(slot), std::move(claim)};
}

absl::Status Indexer::CatchUpWithOthers(const std::vector<std::string>& ids, absl::Time deadline) {
  if (!log_->HasOtherWriters()) return absl::OkStatus();
  std::set<uint32_t> shards;
  for (const std::string& id : ids) shards.insert(ShardOf(id, shard_count()));
  for (const uint32_t shard : shards) RETURN_IF_ERROR(shards_[shard].applier->CatchUp(deadline));
  return absl::OkStatus();
}

absl::Status Indexer::CheckBacklog() const {
  for (uint32_t shard = 0; shard < shard_count(); ++shard) {
    if (const size_t waiting = shards_[shard].unapplied->size(); waiting >= kMaxUnapplied) {
      return absl::ResourceExhaustedError(
          absl::StrCat("shard ", shard, ": ", waiting, " logged articles wait for the index, at most ", kMaxUnapplied));
    }
  }
  return absl::OkStatus();
}

RouterKnowledge Indexer::Knowledge() const {
  return {shard_count(), config_.near_duplicate_distance(),
          [this](uint32_t shard, absl::string_view article_id) { return Newest(shard, article_id); },
          [this](uint64_t simhash) { return FindNear(simhash); }};
}

absl::StatusOr<LoggedVersion> Indexer::Newest(uint32_t shard, absl::string_view article_id) const {
  const OpenShard& open = shards_[shard];
  // In this order: a version leaves `unapplied` only once the shard has it.
  if (std::optional<LoggedVersion> logged = open.unapplied->Find(article_id); logged.has_value()) return *logged;
  LoggedVersion version;
  ASSIGN_OR_RETURN(const std::optional<std::string> applied, open.shard->ContentHash(article_id));
  version.position = open.shard->applied_position();
  version.content_hash = applied.value_or("");
  return version;
}

std::vector<NearArticle> Indexer::FindNear(uint64_t simhash) const {
  const uint32_t distance = config_.near_duplicate_distance();
  std::vector<NearArticle> near;
  for (const OpenShard& open : shards_) {
    for (NearArticle& logged : open.unapplied->FindNear(simhash, distance)) near.push_back(std::move(logged));
    for (NearDuplicate& applied : open.shard->FindNearDuplicates(simhash, distance)) {
      near.push_back({std::move(applied.article_id), std::move(applied.duplicate_cluster), applied.distance});
    }
  }
  return near;
}

absl::Status Indexer::LogPlan(PutPlan& plan) {
  bool logged_any = false;
  for (const auto& [shard, append] : plan.appends()) {
    const absl::StatusOr<std::vector<uint64_t>> positions = LogShard(shard, append);
    if (positions.ok()) {
      plan.Logged(shard, *positions);
      logged_any = true;
    } else if (!logged_any && absl::IsResourceExhausted(positions.status())) {
      return positions.status();
    } else {
      plan.Failed(shard, positions.status());
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<uint64_t>> Indexer::LogShard(uint32_t shard, const ShardAppend& append) {
  ASSIGN_OR_RETURN(std::vector<uint64_t> positions, log_->Append(shard, append.payloads));
  for (size_t i = 0; i < positions.size(); ++i) {
    LoggedVersion version = append.versions[i];
    version.position = positions[i];
    shards_[shard].unapplied->Add(append.payloads[i].key, std::move(version));
  }
  shards_[shard].applier->Wake();
  return positions;
}

void Indexer::CountAndReport(const std::vector<v1::PutResult>& results, absl::string_view trace_id) {
  for (const v1::PutResult& result : results) {
    const absl::string_view outcome = OutcomeName(result.outcome());
    metrics_
        .NewCounter("tintinh_indexer_put_articles_total", "Articles put, by outcome.",
                    {{"outcome", std::string(outcome.data(), outcome.size())}})
        .Increment();
    LogInfo("article put", {{"article_id", result.article_id()},
                            {"outcome", outcome},
                            {"duplicate_of", result.duplicate_of()},
                            {"shard", result.shard()},
                            {"position", result.log_position()},
                            {"error", result.error()},
                            {"trace", trace_id}});
  }
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
  const OpenShard& open = shards_[ShardOf(article_id, shard_count())];
  if (const std::optional<LoggedVersion> logged = open.unapplied->Find(article_id); logged.has_value()) {
    RETURN_IF_ERROR(open.applier->AwaitApplied(logged->position, std::min(deadline, clock_.Now() + kLongestWait)));
  }
  return open.shard->Get(article_id);
}

std::vector<uint32_t> Indexer::Asked(const google::protobuf::RepeatedField<uint32_t>& shards) const {
  std::vector<uint32_t> asked(shards.begin(), shards.end());
  for (uint32_t shard = 0; shards.empty() && shard < shard_count(); ++shard) asked.push_back(shard);
  return asked;
}

absl::Status Indexer::AwaitMinimumPositions(const v1::LeafSearchRequest& request, absl::Time deadline) {
  const absl::Time latest = std::min(deadline, clock_.Now() + kLongestWait);
  for (const v1::ShardPosition& minimum : request.minimum_positions()) {
    RETURN_IF_ERROR(shards_[minimum.shard()].applier->AwaitApplied(minimum.log_position(), latest));
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::LeafSearchResponse> Indexer::Search(const v1::LeafSearchRequest& request, absl::Time deadline) {
  const absl::Time begin = clock_.Now();
  ASSIGN_OR_RETURN(const Gate::Pass pass, Enter(deadline));
  RETURN_IF_ERROR(CheckShards(request.shards(), shard_count()));
  RETURN_IF_ERROR(CheckMinimumPositions(request.minimum_positions(), shard_count()));
  RETURN_IF_ERROR(AwaitMinimumPositions(request, deadline));
  const std::vector<uint32_t> asked = Asked(request.shards());
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
  RETURN_IF_ERROR(CheckShards(request.shards(), shard_count()));
  const ScanDeadline latest(clock_, deadline);
  v1::LeafStatisticsResponse response;
  for (const uint32_t shard : Asked(request.shards())) {
    RETURN_IF_ERROR(latest.Check());
    RETURN_IF_ERROR(shards_[shard].shard->AddStatistics(request, response.mutable_statistics(), latest));
  }
  return response;
}

absl::StatusOr<v1::LeafFacetsResponse> Indexer::Facets(const v1::LeafFacetsRequest& request, absl::Time deadline) {
  ASSIGN_OR_RETURN(const Gate::Pass pass, Enter(deadline));
  FacetCounts counts;
  const ScanDeadline latest(clock_, deadline);
  for (const OpenShard& open : shards_) RETURN_IF_ERROR(open.shard->CountFacets(request, counts, latest));
  return counts.ToProto(request);
}

absl::StatusOr<v1::GetIndexStatusResponse> Indexer::Status(absl::Time deadline) {
  ASSIGN_OR_RETURN(const Gate::Pass pass, Enter(deadline));
  v1::GetIndexStatusResponse response;
  response.set_analyzer_version(text::Analyzer::kVersion);
  response.set_format_version(Shard::kFormatVersion);
  for (uint32_t shard = 0; shard < shard_count(); ++shard) {
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
  const absl::Time latest = std::min(deadline, clock_.Now() + kLongestWait);
  for (OpenShard& open : shards_) RETURN_IF_ERROR(open.applier->Flush(latest));
  return absl::OkStatus();
}

}  // namespace tintinh::indexer

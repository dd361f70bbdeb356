// How the indexer takes articles: what is decided of each, and by whom else the shards are written.
#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/log/log.h"
#include "common/sharding/shard_of.h"
#include "common/status/status_macros.h"
#include "services/indexer/indexer.h"
#include "services/indexer/limits/request_limits.h"
#include "services/indexer/record/log_entry.h"
#include "services/indexer/router/near_elsewhere.h"

namespace tintinh::indexer {
namespace {

// Bounds what is remembered of logged articles while an index falls behind its log.
constexpr size_t kMaxUnapplied = 65'536;

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

absl::StatusOr<v1::PutArticlesResponse> Indexer::Put(const v1::PutArticlesRequest& request, absl::Time deadline) {
  const absl::Time begin = clock_.Now();
  RETURN_IF_ERROR(CheckPut(request));
  RETURN_IF_ERROR(CheckAllHeld(request));
  ASSIGN_OR_RETURN(const WritePass pass, EnterToWrite(IdsOf(request), deadline));
  const std::vector<const v1::Article*> articles(request.articles().pointer_begin(), request.articles().pointer_end());
  ASSIGN_OR_RETURN(PutPlan plan, PutPlan::Make(Knowledge(request), articles, request.trace_id()));
  RETURN_IF_ERROR(LogPlan(plan));
  const std::vector<v1::PutResult> results = plan.Results();
  CountAndReport(results, request.trace_id());
  put_seconds_.Observe(absl::ToDoubleSeconds(clock_.Now() - begin));
  v1::PutArticlesResponse response;
  response.mutable_results()->Add(results.begin(), results.end());
  return response;
}

absl::Status Indexer::CheckAllHeld(const v1::PutArticlesRequest& request) const {
  if (layout_.held.size() == layout_.shards) return absl::OkStatus();
  for (int i = 0; i < request.articles_size(); ++i) {
    RETURN_IF_ERROR(
        CheckHeld(absl::StrCat("articles[", i, "]"), ShardOf(request.articles(i).article_id(), layout_.shards)));
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::DeleteArticleResponse> Indexer::Delete(const v1::DeleteArticleRequest& request,
                                                          absl::Time deadline) {
  RETURN_IF_ERROR(CheckDelete(request));
  RETURN_IF_ERROR(CheckHeld("article_id", ShardOf(request.article_id(), layout_.shards)));
  ASSIGN_OR_RETURN(const WritePass pass, EnterToWrite({request.article_id()}, deadline));
  v1::DeleteArticleResponse response;
  response.set_shard(ShardOf(request.article_id(), layout_.shards));
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
  const absl::Time latest = Bounded(deadline);
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
  for (const std::string& id : ids) shards.insert(ShardOf(id, layout_.shards));
  for (const uint32_t shard : shards) RETURN_IF_ERROR(shards_[shard].applier->CatchUp(deadline));
  return absl::OkStatus();
}

absl::Status Indexer::CheckBacklog() const {
  for (const uint32_t shard : layout_.held) {
    if (const size_t waiting = shards_[shard].unapplied->size(); waiting >= kMaxUnapplied) {
      return absl::ResourceExhaustedError(
          absl::StrCat("shard ", shard, ": ", waiting, " logged articles wait for the index, at most ", kMaxUnapplied));
    }
  }
  return absl::OkStatus();
}

RouterKnowledge Indexer::Knowledge(const v1::PutArticlesRequest& request) const {
  return {layout_.shards, config_.near_duplicate_distance(),
          [this](uint32_t shard, absl::string_view article_id) { return Newest(shard, article_id); },
          [this, elsewhere = NearElsewhere(request, config_.near_duplicate_distance())](uint64_t simhash) {
            std::vector<NearArticle> near = FindNear(simhash);
            const auto more = elsewhere.find(simhash);
            if (more != elsewhere.end()) near.insert(near.end(), more->second.begin(), more->second.end());
            return near;
          }};
}

absl::StatusOr<v1::FindNearDuplicatesResponse> Indexer::FindNearDuplicates(const v1::FindNearDuplicatesRequest& request,
                                                                           absl::Time deadline) {
  RETURN_IF_ERROR(CheckFindNear(request));
  ASSIGN_OR_RETURN(const Gate::Pass pass, Enter(deadline));
  v1::FindNearDuplicatesResponse response;
  for (const uint64_t simhash : request.simhashes()) {
    *response.add_near() = NearestOf(simhash == 0 ? std::vector<NearArticle>() : FindNear(simhash));
  }
  return response;
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
  for (const uint32_t shard : layout_.held) {
    const OpenShard& open = shards_[shard];
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

}  // namespace tintinh::indexer

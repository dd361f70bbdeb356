#include "services/query/root_search/root_search.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "common/status/status_macros.h"
#include "services/query/root_search/statistics.h"

namespace tintinh::query {
namespace {

constexpr uint32_t kMaxFacetValues = 1000;  // of a LeafFacetsRequest

// Frequencies are small and quick to get; an indexer slower than this share of the time would be late anyway.
constexpr double kStatisticsShare = 0.4;
constexpr double kSearchShare = 0.75;
constexpr double kFetchShare = 0.75;
// For an indexer that was silent last time: enough to answer if it is back, little enough not to be felt if it is not.
constexpr absl::Duration kSilentTimeout = absl::Milliseconds(100);
constexpr int kHedgesOfSilent = 4;

// An article has at most 4 MiB and an indexer's answer 16.
constexpr int kArticlesPerCall = 4;
constexpr int kTitlesPerCall = 1000;  // of a GetArticlesRequest

v1::LeafSearchRequest LeafRequest(const RootRequest& request, const RootResult& gathered) {
  v1::LeafSearchRequest leaf;
  *leaf.mutable_query() = request.query;
  *leaf.mutable_filter() = request.filter;
  leaf.set_sort(request.sort);
  leaf.set_limit(request.limit);
  if (request.after.has_value()) *leaf.mutable_after() = *request.after;
  leaf.set_exact_total(request.exact_total);
  leaf.mutable_minimum_positions()->Assign(request.minimum_positions.begin(), request.minimum_positions.end());
  if (gathered.terms.empty()) return leaf;
  leaf.mutable_statistics_terms()->Assign(gathered.terms.begin(), gathered.terms.end());
  *leaf.mutable_statistics() = gathered.statistics;
  return leaf;
}

std::vector<size_t> UpTo(size_t size) {
  std::vector<size_t> indices(size);
  std::iota(indices.begin(), indices.end(), size_t{0});
  return indices;
}

absl::Status NoneAnswered(const absl::Status& first, size_t asked) {
  return absl::Status(first.code(),
                      absl::StrCat("none of ", asked, " indexers answered: ", absl::string_view(first.message())));
}

void AddShard(v1::ShardResult& shard, size_t indexer, std::vector<RootHit>& hits, RootResult& result) {
  for (v1::LeafHit& hit : *shard.mutable_hits()) hits.push_back({std::move(hit), indexer});
  result.total += shard.total();
  result.total_is_exact &= shard.total_is_exact();
  v1::ShardPosition& position = result.positions.emplace_back();
  position.set_shard(shard.shard());
  position.set_log_position(shard.applied_position());
}

std::vector<v1::FacetField> FieldsOf(const v1::LeafFacetsRequest& request) {
  std::vector<v1::FacetField> fields;
  for (const int field : request.fields()) fields.push_back(static_cast<v1::FacetField>(field));
  return fields;
}

// Appends those of `found` that `ids` name, in the order of `ids`, and counts their bytes.
absl::Status AddInOrder(absl::Span<const std::string> ids, const std::vector<v1::Article>& found, size_t& bytes,
                        std::vector<v1::Article>& articles) {
  absl::flat_hash_map<absl::string_view, const v1::Article*> by_id;
  for (const v1::Article& article : found) by_id.try_emplace(article.article_id(), &article);
  for (const std::string& id : ids) {
    const auto it = by_id.find(id);
    if (it == by_id.end()) continue;
    bytes += it->second->ByteSizeLong();
    if (bytes > RootSearch::kMaxGetBytes) {
      return absl::ResourceExhaustedError(absl::StrCat("article_ids: the articles exceed ", RootSearch::kMaxGetBytes,
                                                       " bytes together; ask for fewer"));
    }
    articles.push_back(*it->second);
  }
  return absl::OkStatus();
}

}  // namespace

RootSearch::RootSearch(std::vector<IndexerStub*> indexers, const Clock& clock, absl::Duration hedge_after)
    : indexers_(std::move(indexers)), clock_(clock), hedging_{hedge_after, &hedge_budget_}, census_(indexers_.size()) {}

absl::StatusOr<absl::Duration> RootSearch::TimeLeft(absl::Time deadline) const {
  const absl::Duration left = deadline - clock_.Now();
  if (left <= absl::ZeroDuration())
    return absl::DeadlineExceededError("the deadline passed before the search was done");
  return left;
}

Coverage RootSearch::CoverageOf(const std::vector<size_t>& answered) const {
  Coverage coverage;
  for (size_t i = 0; i < indexers_.size(); ++i) coverage.shards_asked += census_.Shards(i);
  for (const size_t i : answered) coverage.shards_answered += census_.Shards(i);
  return coverage;
}

template <typename Request, typename Response, typename Take>
absl::StatusOr<std::vector<size_t>> RootSearch::AskEach(IndexerMethod<Request, Response> method, const Request& request,
                                                        const std::vector<size_t>& indexers, absl::Duration timeout,
                                                        Take take) {
  std::vector<Ask<Request>> asks;
  asks.reserve(indexers.size());
  for (const size_t i : indexers) {
    asks.push_back({indexers_[i], request, TimeoutFor(i, timeout)});
  }
  auto answers = AskAll<Request, Response>(method, asks, hedging_);
  std::vector<size_t> taken;
  absl::Status first_error;
  for (size_t n = 0; n < answers.size(); ++n) {
    const size_t i = indexers[n];
    answers[n].ok() ? census_.Answered(i) : census_.Failed(i);
    const absl::Status status = answers[n].ok() ? take(i, *answers[n]) : answers[n].status();
    first_error.Update(status);
    if (status.ok()) taken.push_back(i);
  }
  if (taken.empty()) return NoneAnswered(first_error, indexers.size());
  return taken;
}

absl::Duration RootSearch::TimeoutFor(size_t indexer, absl::Duration timeout) const {
  if (!census_.IsSilent(indexer)) return timeout;
  // Where others stand in for the one that is silent, there must be time to ask them.
  const bool hedges = hedging_.after != absl::InfiniteDuration();
  return std::min(timeout, hedges ? kSilentTimeout + kHedgesOfSilent * hedging_.after : kSilentTimeout);
}

absl::StatusOr<RootResult> RootSearch::Search(const RootRequest& request, absl::Time deadline) {
  RootResult result;
  ASSIGN_OR_RETURN(const std::vector<size_t> indexers, GatherStatistics(request, deadline, result));
  return GatherHits(request, indexers, deadline, std::move(result));
}

absl::StatusOr<std::vector<size_t>> RootSearch::GatherStatistics(const RootRequest& request, absl::Time deadline,
                                                                 RootResult& result) {
  const std::vector<size_t> all = UpTo(indexers_.size());
  if (request.sort != v1::SORT_ORDER_RELEVANCE) return all;
  result.terms = CollectTerms(request.query);
  if (result.terms.empty()) return all;
  ASSIGN_OR_RETURN(std::vector<size_t> answered, SumStatistics(result.terms, deadline, result.statistics));
  ShareAmongParts(result.terms, result.statistics);
  return answered;
}

absl::StatusOr<std::vector<size_t>> RootSearch::SumStatistics(const std::vector<v1::TermKey>& terms,
                                                              absl::Time deadline, v1::CollectionStatistics& sum) {
  ASSIGN_OR_RETURN(const absl::Duration left, TimeLeft(deadline));
  v1::LeafStatisticsRequest leaf;
  leaf.mutable_terms()->Assign(terms.begin(), terms.end());
  return AskEach<v1::LeafStatisticsRequest, v1::LeafStatisticsResponse>(
      &IndexerStub::AsyncLeafStatistics, leaf, UpTo(indexers_.size()), left * kStatisticsShare,
      [&](size_t, const v1::LeafStatisticsResponse& answer) {
        return AddStatistics(answer.statistics(), leaf.terms_size(), sum);
      });
}

absl::StatusOr<v1::CollectionStatistics> RootSearch::Statistics(const std::vector<v1::TermKey>& terms,
                                                                absl::Time deadline) {
  v1::CollectionStatistics sum;
  RETURN_IF_ERROR(SumStatistics(terms, deadline, sum).status());
  return sum;
}

absl::StatusOr<RootResult> RootSearch::GatherHits(const RootRequest& request, const std::vector<size_t>& indexers,
                                                  absl::Time deadline, RootResult result) {
  ASSIGN_OR_RETURN(const absl::Duration left, TimeLeft(deadline));
  std::vector<RootHit> hits;
  const auto take = [&](size_t indexer, v1::LeafSearchResponse& answer) {
    census_.Learn(indexer, static_cast<uint32_t>(answer.shards_size()));
    for (v1::ShardResult& shard : *answer.mutable_shards()) AddShard(shard, indexer, hits, result);
    return absl::OkStatus();
  };
  ASSIGN_OR_RETURN(const std::vector<size_t> answered, (AskEach<v1::LeafSearchRequest, v1::LeafSearchResponse>(
                                                           &IndexerStub::AsyncLeafSearch, LeafRequest(request, result),
                                                           indexers, left * kSearchShare, take)));
  result.hits = MergeHits(std::move(hits), request.sort, request.limit);
  result.coverage = CoverageOf(answered);
  return result;
}

void RootSearch::MeetIndexers(absl::Duration timeout) {
  std::vector<size_t> strangers;
  for (size_t i = 0; i < indexers_.size(); ++i) {
    if (!census_.Knows(i)) strangers.push_back(i);
  }
  if (strangers.empty()) return;
  const auto met = AskEach<v1::GetIndexStatusRequest, v1::GetIndexStatusResponse>(
      &IndexerStub::AsyncGetIndexStatus, v1::GetIndexStatusRequest(), strangers, timeout,
      [&](size_t indexer, const v1::GetIndexStatusResponse& answer) {
        census_.Learn(indexer, static_cast<uint32_t>(answer.shards_size()));
        return absl::OkStatus();
      });
  met.status().IgnoreError();  // who stays unknown counts as one shard
}

absl::StatusOr<FacetResult> RootSearch::Facets(const v1::LeafFacetsRequest& request, absl::Time deadline) {
  ASSIGN_OR_RETURN(const absl::Duration left, TimeLeft(deadline));
  MeetIndexers(left * kStatisticsShare);
  ASSIGN_OR_RETURN(const absl::Duration still_left, TimeLeft(deadline));
  v1::LeafFacetsRequest leaf = request;
  leaf.set_limit(kMaxFacetValues);  // a value of middle rank everywhere may come first in the sum
  std::vector<v1::Facet> parts;
  ASSIGN_OR_RETURN(const std::vector<size_t> answered,
                   (AskEach<v1::LeafFacetsRequest, v1::LeafFacetsResponse>(
                       &IndexerStub::AsyncLeafFacets, leaf, UpTo(indexers_.size()), still_left,
                       [&](size_t, const v1::LeafFacetsResponse& answer) {
                         parts.insert(parts.end(), answer.facets().begin(), answer.facets().end());
                         return absl::OkStatus();
                       })));
  return FacetResult{MergeFacets(parts, FieldsOf(request), request.limit()), CoverageOf(answered)};
}

RootSearch::AskedArticles RootSearch::AskForArticles(const std::vector<WantedArticle>& wanted, absl::Duration timeout,
                                                     bool titles_only) {
  const int most_in_call = titles_only ? kTitlesPerCall : kArticlesPerCall;
  std::vector<Ask<v1::GetArticlesRequest>> asks;
  std::vector<size_t> asked;                    // the indexer of each
  absl::flat_hash_map<size_t, size_t> filling;  // indexer → its call with room for more
  for (const WantedArticle& article : wanted) {
    const auto [it, added] = filling.try_emplace(article.indexer, asks.size());
    if (added || asks[it->second].request.article_ids_size() == most_in_call) {
      it->second = asks.size();
      asks.push_back({indexers_[article.indexer], {}, TimeoutFor(article.indexer, timeout)});
      asks.back().request.set_titles_only(titles_only);
      asked.push_back(article.indexer);
    }
    asks[it->second].request.add_article_ids(article.article_id);
  }
  AskedArticles result;
  auto answers =
      AskAll<v1::GetArticlesRequest, v1::GetArticlesResponse>(&IndexerStub::AsyncGetArticles, asks, hedging_);
  for (size_t n = 0; n < answers.size(); ++n) {
    result.fetched.first_error.Update(answers[n].status());
    if (!answers[n].ok()) {
      result.failed.push_back(asked[n]);
      continue;
    }
    for (v1::Article& article : *answers[n]->mutable_articles()) result.fetched.articles.push_back(std::move(article));
  }
  return result;
}

std::vector<RootSearch::WantedArticle> RootSearch::WantedOf(const std::vector<RootHit>& hits) {
  std::vector<WantedArticle> wanted;
  wanted.reserve(hits.size());
  for (const RootHit& hit : hits) wanted.push_back({hit.indexer, hit.hit.article_id()});
  return wanted;
}

FetchedArticles RootSearch::Fetch(const std::vector<RootHit>& hits, absl::Time deadline) {
  const std::vector<WantedArticle> wanted = WantedOf(hits);
  AskedArticles asked = AskForArticles(wanted, (deadline - clock_.Now()) * kFetchShare);
  const std::vector<WantedArticle> elsewhere = MayBeElsewhere(wanted, asked);
  const absl::Duration left = (deadline - clock_.Now()) * kFetchShare;
  if (elsewhere.empty() || left <= absl::ZeroDuration()) return std::move(asked.fetched);
  absl::flat_hash_set<std::string> there;
  for (v1::Article& article : AskForArticles(elsewhere, left).fetched.articles) {
    if (there.insert(article.article_id()).second) asked.fetched.articles.push_back(std::move(article));
  }
  return std::move(asked.fetched);
}

// A shard on its way from one indexer to another may be found at the one and be at the other when it is asked for.
std::vector<RootSearch::WantedArticle> RootSearch::MayBeElsewhere(const std::vector<WantedArticle>& wanted,
                                                                  const AskedArticles& asked) const {
  absl::flat_hash_set<absl::string_view> there;
  for (const v1::Article& article : asked.fetched.articles) there.insert(article.article_id());
  const absl::flat_hash_set<size_t> failed(asked.failed.begin(), asked.failed.end());
  std::vector<WantedArticle> elsewhere;
  for (const WantedArticle& article : wanted) {
    if (there.contains(article.article_id) || failed.contains(article.indexer)) continue;
    for (size_t i = 0; i < indexers_.size(); ++i) {
      if (i != article.indexer) elsewhere.push_back({i, article.article_id});
    }
  }
  return elsewhere;
}

FetchedArticles RootSearch::FetchTitles(const std::vector<RootHit>& hits, absl::Time deadline) {
  return AskForArticles(WantedOf(hits), (deadline - clock_.Now()) * kFetchShare, true).fetched;
}

absl::StatusOr<std::vector<v1::Article>> RootSearch::Get(const std::vector<std::string>& article_ids,
                                                         absl::Time deadline) {
  std::vector<size_t> indexers = UpTo(indexers_.size());
  std::vector<v1::Article> articles;
  absl::Status first_error;
  size_t bytes = 0;
  for (size_t start = 0; start < article_ids.size() && !indexers.empty(); start += kGetRound) {
    const auto round = absl::MakeConstSpan(article_ids).subspan(start, kGetRound);
    ASSIGN_OR_RETURN(const absl::Duration left, TimeLeft(deadline));
    std::vector<WantedArticle> wanted;
    for (const size_t i : indexers) {
      for (const std::string& id : round) wanted.push_back({i, id});
    }
    // One that hangs may take half of the time, so that the others can answer the rounds that follow.
    const bool last = start + round.size() == article_ids.size();
    const AskedArticles asked = AskForArticles(wanted, last ? left : left / 2);
    first_error.Update(asked.fetched.first_error);
    RETURN_IF_ERROR(AddInOrder(round, asked.fetched.articles, bytes, articles));
    for (const size_t failed : asked.failed) {
      indexers.erase(std::remove(indexers.begin(), indexers.end(), failed), indexers.end());
    }
  }
  if (articles.size() == article_ids.size() || first_error.ok()) return articles;
  return absl::Status(
      first_error.code(),
      absl::StrCat(article_ids.size() - articles.size(), " articles were not found, and not every one of ",
                   indexers_.size(), " indexers answered: ", absl::string_view(first_error.message())));
}

}  // namespace tintinh::query

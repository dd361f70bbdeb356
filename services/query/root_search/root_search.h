// The scatter and gather over all indexers.
#ifndef TINTINH_SERVICES_QUERY_ROOT_SEARCH_ROOT_SEARCH_H_
#define TINTINH_SERVICES_QUERY_ROOT_SEARCH_ROOT_SEARCH_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/time/clock.h"
#include "services/query/fan_out/fan_out.h"
#include "services/query/root_search/merge.h"
#include "services/query/root_search/shard_census.h"
#include "tintinh/v1/article.pb.h"
#include "tintinh/v1/indexer_service.pb.h"
#include "tintinh/v1/leaf_query.pb.h"

namespace tintinh::query {

struct RootRequest {
  v1::LeafQuery query;
  v1::Filter filter;
  v1::SortOrder sort = v1::SORT_ORDER_RELEVANCE;
  uint32_t limit = 10;
  std::optional<v1::SortKey> after;
  bool exact_total = false;
  std::vector<v1::ShardPosition> minimum_positions;
};

// How much of the index an answer speaks for.
struct Coverage {
  uint32_t shards_asked = 0;
  uint32_t shards_answered = 0;
};

struct RootResult {
  std::vector<RootHit> hits;  // best first
  uint64_t total = 0;
  bool total_is_exact = true;  // over the shards that answered
  Coverage coverage;
  std::vector<v1::ShardPosition> positions;
  std::vector<v1::TermKey> terms;       // what `statistics` has frequencies for
  v1::CollectionStatistics statistics;  // empty when nothing was ranked
};

struct FetchedArticles {
  std::vector<v1::Article> articles;
  absl::Status first_error;  // OK when every indexer asked has answered: what is missing then was deleted meanwhile
};

struct FacetResult {
  std::vector<v1::Facet> facets;
  Coverage coverage;
};

// Thread-safe. An indexer that fails or is late is left out and the coverage says so; only when none answers is the
// result an error: the first indexer's, naming how many were asked. Scores do not depend on how articles are spread
// over shards, since all shards score by the summed statistics.
class RootSearch {
 public:
  // Stubs and clock must outlive this. A call that is not answered `hedge_after` its start is made a second time
  // (infinite: never). REQUIRES: at least one indexer.
  RootSearch(std::vector<IndexerStub*> indexers, const Clock& clock,
             absl::Duration hedge_after = absl::InfiniteDuration());

  // Leaves a quarter of the time to the deadline for fetching what was found.
  absl::StatusOr<RootResult> Search(const RootRequest& request, absl::Time deadline);

  // Of the indexers that answer.
  absl::StatusOr<v1::CollectionStatistics> Statistics(const std::vector<v1::TermKey>& terms, absl::Time deadline);

  // Counts are exact for a value that is among the first 1,000 of every shard.
  absl::StatusOr<FacetResult> Facets(const v1::LeafFacetsRequest& request, absl::Time deadline);

  // Articles of hits, in no order, from the indexers that found them or, where those do not have one any more, from
  // the others; those that vanished are left out.
  FetchedArticles Fetch(const std::vector<RootHit>& hits, absl::Time deadline);
  // The same with nothing of the articles but ids and titles, in one call of each indexer.
  FetchedArticles FetchTitles(const std::vector<RootHit>& hits, absl::Time deadline);

  // Articles by id, wherever they are, in the order asked; unknown ids are left out. When an article was not
  // found and some indexer did not answer, that indexer's error: it may be there. RESOURCE_EXHAUSTED when the articles
  // exceed kMaxGetBytes together, as soon as they do: no more than a round of kGetRound is held beyond the limit. An
  // indexer that failed in one round is not asked in the next.
  static constexpr size_t kMaxGetBytes = size_t{16} << 20;
  static constexpr size_t kGetRound = 8;  // articles
  absl::StatusOr<std::vector<v1::Article>> Get(const std::vector<std::string>& article_ids, absl::Time deadline);

 private:
  // Sums statistics into `result` and returns which indexers answered; all of them when nothing is to be ranked.
  absl::StatusOr<std::vector<size_t>> GatherStatistics(const RootRequest& request, absl::Time deadline,
                                                       RootResult& result);
  absl::StatusOr<std::vector<size_t>> SumStatistics(const std::vector<v1::TermKey>& terms, absl::Time deadline,
                                                    v1::CollectionStatistics& sum);
  absl::StatusOr<RootResult> GatherHits(const RootRequest& request, const std::vector<size_t>& indexers,
                                        absl::Time deadline, RootResult result);
  void MeetIndexers(absl::Duration timeout);

  struct WantedArticle {
    size_t indexer;
    std::string article_id;
  };
  static std::vector<WantedArticle> WantedOf(const std::vector<RootHit>& hits);
  struct AskedArticles {
    FetchedArticles fetched;
    std::vector<size_t> failed;  // indexers, with repetitions
  };
  std::vector<WantedArticle> MayBeElsewhere(const std::vector<WantedArticle>& wanted, const AskedArticles& asked) const;
  AskedArticles AskForArticles(const std::vector<WantedArticle>& wanted, absl::Duration timeout,
                               bool titles_only = false);
  absl::Duration TimeoutFor(size_t indexer, absl::Duration timeout) const;
  absl::StatusOr<absl::Duration> TimeLeft(absl::Time deadline) const;
  Coverage CoverageOf(const std::vector<size_t>& answered) const;

  // Asks the indexers given the same, all at once; hands each good answer and its indexer to `take`, which may refuse
  // it. Returns which were taken; when none was, the first error.
  template <typename Request, typename Response, typename Take>
  absl::StatusOr<std::vector<size_t>> AskEach(IndexerMethod<Request, Response> method, const Request& request,
                                              const std::vector<size_t>& indexers, absl::Duration timeout, Take take);

  const std::vector<IndexerStub*> indexers_;
  const Clock& clock_;
  HedgeBudget hedge_budget_;
  const Hedging hedging_;
  ShardCensus census_;
};

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_ROOT_SEARCH_ROOT_SEARCH_H_

// The query root: what a reader types in, hits with snippets out. Stateless but for what it learns of its indexers.
#ifndef TINTINH_SERVICES_QUERY_QUERY_H_
#define TINTINH_SERVICES_QUERY_QUERY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/metrics/metrics.h"
#include "common/time/clock.h"
#include "services/query/permit/permit_pool.h"
#include "services/query/root_search/root_search.h"
#include "services/query/search_plan.h"
#include "services/query/suggest/found_titles.h"
#include "tintinh/config/v1/services.pb.h"
#include "tintinh/v1/query_service.pb.h"

namespace tintinh::query {

struct QueryOptions {
  absl::Duration default_deadline = absl::Seconds(2);     // where the caller sets none
  uint32_t max_concurrent_searches = 64;                  // and the like together; beyond it RESOURCE_EXHAUSTED
  absl::Duration hedge_after = absl::InfiniteDuration();  // see RootSearch
};

QueryOptions QueryOptionsOf(const config::v1::QueryConfig& config);

// Thread-safe. Errors: INVALID_ARGUMENT names field, value and limit; RESOURCE_EXHAUSTED: try again later;
// DEADLINE_EXCEEDED and UNAVAILABLE: no indexer answered (in time). Deadlines may be absl::InfiniteFuture().
class Query {
 public:
  // Stubs, clock and metrics must outlive this. REQUIRES: at least one indexer.
  Query(const QueryOptions& options, std::vector<IndexerStub*> indexers, const Clock& clock, Metrics& metrics);

  // A text whose odd words occur hardly anywhere and are Vietnamese when read as Telex or VNI keys is read so; a notice
  // says so. Where the words as typed find less than a page, a second search ignores their marks; a notice says so.
  absl::StatusOr<v1::SearchResponse> Search(const v1::SearchRequest& request, absl::Time deadline);

  absl::StatusOr<v1::FacetsResponse> Facets(const v1::FacetsRequest& request, absl::Time deadline);

  // Completions of what is being typed, see suggest/suggest.h. Blank text gets an empty answer.
  absl::StatusOr<v1::SuggestResponse> Suggest(const v1::SuggestRequest& request, absl::Time deadline);

  // What Search reads Telex or VNI keys as; else, without any mark, the marks that titles have, see
  // suggest/did_you_mean.h.
  absl::StatusOr<v1::DidYouMeanResponse> DidYouMean(const v1::DidYouMeanRequest& request, absl::Time deadline);

  // NOT_FOUND when no indexer has it; the error of one that did not answer when it may have it.
  absl::StatusOr<v1::GetArticleResponse> GetArticle(const v1::GetArticleRequest& request, absl::Time deadline);
  absl::StatusOr<v1::BatchGetArticlesResponse> BatchGetArticles(const v1::BatchGetArticlesRequest& request,
                                                                absl::Time deadline);

 private:
  absl::Time BoundedDeadline(absl::Time deadline) const;
  // `typed`, or what its keys spell.
  std::string AsMeant(const std::string& typed, absl::Time deadline);
  absl::StatusOr<Permit> TakePermit();
  absl::StatusOr<v1::SearchResponse> RunPlan(SearchPlan& plan, const v1::SearchRequest& request, absl::Time deadline);
  absl::StatusOr<RootResult> Find(SearchPlan& plan, absl::Time deadline);

  const QueryOptions options_;
  const Clock& clock_;
  RootSearch root_;
  TitleReader titles_;
  PermitPool permits_;
  Counter& searches_;
  Counter& refused_;
  Counter& widened_;
  Counter& partial_;
  Histogram& seconds_;
  Counter& suggests_;
  Histogram& suggest_seconds_;
};

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_QUERY_H_

#include "services/query/query.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/digest/digest.h"
#include "common/log/log.h"
#include "common/rpc/channel.h"
#include "common/status/status_macros.h"
#include "common/text/normal_form.h"
#include "common/time/proto_duration.h"
#include "google/protobuf/util/time_util.h"
#include "services/query/search_response.h"
#include "services/query/suggest/did_you_mean.h"
#include "services/query/suggest/suggest.h"
#include "services/query/telex/telex.h"

namespace tintinh::query {
namespace {

using google::protobuf::util::TimeUtil;

constexpr absl::Duration kLongestDeadline = absl::Minutes(1);
constexpr int kMaxBatch = 100;

absl::Status CheckArticleId(absl::string_view field, absl::string_view id) {
  if (IsHex128(id)) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(field, ": a value of ", id.size(), " bytes is no article id; 32 lower-case hex digits are"));
}

constexpr v1::Part kParts[] = {v1::PART_TITLE, v1::PART_BODY, v1::PART_CAPTION};

// A word in no more than one article of so many may be a slip of the keys that was printed.
constexpr uint64_t kArticlesPerSlip = 5000;

// Where words without marks would be found.
std::vector<v1::TermKey> FoldedTerms(const std::vector<std::string>& words) {
  std::vector<v1::TermKey> terms;
  for (size_t i = 0; i < std::min<size_t>(words.size(), kMaxQueryTerms); ++i) {
    for (const v1::Part part : kParts) {
      v1::TermKey& term = terms.emplace_back();
      term.set_part(part);
      term.set_kind(v1::KEY_KIND_FOLDED);
      term.set_key(text::Fold(words[i]));
    }
  }
  return terms;
}

// How many words of FoldedTerms are in next to no article; 0 unless one of them is in none: a rare name is in few.
size_t CountUnknown(const v1::CollectionStatistics& statistics) {
  constexpr int kPartCount = static_cast<int>(std::size(kParts));
  const uint64_t slips = statistics.document_count() / kArticlesPerSlip;
  size_t absent = 0;
  size_t rare = 0;
  for (int first = 0; first + kPartCount <= statistics.document_frequencies_size(); first += kPartCount) {
    const auto begin = statistics.document_frequencies().begin() + first;
    const uint64_t articles = *std::max_element(begin, begin + kPartCount);
    if (articles == 0) ++absent;
    if (articles > 0 && articles <= slips) ++rare;
  }
  return absent == 0 ? 0 : absent + rare;
}

absl::Status CheckBatch(const v1::BatchGetArticlesRequest& request) {
  if (request.article_ids().empty() || request.article_ids_size() > kMaxBatch) {
    return absl::InvalidArgumentError(
        absl::StrCat("article_ids: ", request.article_ids_size(), " values, 1 to ", kMaxBatch, " are allowed"));
  }
  for (const std::string& id : request.article_ids()) RETURN_IF_ERROR(CheckArticleId("article_ids", id));
  return absl::OkStatus();
}

}  // namespace

QueryOptions QueryOptionsOf(const config::v1::QueryConfig& config) {
  QueryOptions options;
  options.default_deadline = ToDuration(config.default_deadline());
  options.max_concurrent_searches = config.max_concurrent_searches();
  const absl::Duration hedge_after = ToDuration(config.hedge_after());
  const bool replicas = !config.indexers().empty() &&
                        std::all_of(config.indexers().begin(), config.indexers().end(),
                                    [](const config::v1::PeerConfig& peer) { return NamesSeveral(peer.target()); });
  if (replicas && hedge_after > absl::ZeroDuration()) options.hedge_after = hedge_after;
  return options;
}

Query::Query(const QueryOptions& options, std::vector<IndexerStub*> indexers, const Clock& clock, Metrics& metrics)
    : options_(options),
      clock_(clock),
      root_(std::move(indexers), clock, options.hedge_after),
      titles_(root_, clock),
      permits_(options.max_concurrent_searches),
      searches_(metrics.NewCounter("tintinh_query_searches_total", "Searches taken up")),
      refused_(metrics.NewCounter("tintinh_query_refused_total", "Searches refused because too many were running")),
      widened_(metrics.NewCounter("tintinh_query_widened_total", "Searches that were repeated without marks")),
      partial_(metrics.NewCounter("tintinh_query_partial_total",
                                  "Searches that not every shard answered, or whose articles not every indexer gave")),
      seconds_(metrics.NewHistogram("tintinh_query_search_seconds", "Time a search takes", LatencyBuckets())),
      suggests_(metrics.NewCounter("tintinh_query_suggests_total", "Texts taken up to be completed")),
      suggest_seconds_(
          metrics.NewHistogram("tintinh_query_suggest_seconds", "Time completing a text takes", LatencyBuckets())) {}

absl::Time Query::BoundedDeadline(absl::Time deadline) const {
  const absl::Time now = clock_.Now();
  if (deadline == absl::InfiniteFuture()) return now + options_.default_deadline;
  return std::min(deadline, now + kLongestDeadline);
}

absl::StatusOr<Permit> Query::TakePermit() {
  std::optional<Permit> permit = permits_.TryTake();
  if (permit.has_value()) return std::move(*permit);
  refused_.Increment();
  return absl::ResourceExhaustedError(
      absl::StrCat(options_.max_concurrent_searches, " searches are running, max_concurrent_searches; try again"));
}

std::string Query::AsMeant(const std::string& typed, absl::Time deadline) {
  if (typed.size() > kMaxQueryBytes) return typed;
  const DecodedTyping decoded = DecodeTyping(typed);
  if (decoded.text.empty() || decoded.text.size() > kMaxQueryBytes) return typed;
  const auto statistics = root_.Statistics(FoldedTerms(decoded.odd_words), deadline);
  if (!statistics.ok()) return typed;
  return IsTyping(decoded, CountUnknown(*statistics)) ? decoded.text : typed;
}

absl::StatusOr<v1::SearchResponse> Query::Search(const v1::SearchRequest& request, absl::Time deadline) {
  ASSIGN_OR_RETURN(const Permit permit, TakePermit());
  const absl::Time start = clock_.Now();
  const absl::Time latest = BoundedDeadline(deadline);
  v1::SearchRequest meant = request;
  meant.set_query(AsMeant(request.query(), latest));
  ASSIGN_OR_RETURN(SearchPlan plan, PlanSearch(meant));
  if (meant.query() != request.query()) plan.parsed.repaired = meant.query();
  searches_.Increment();
  ASSIGN_OR_RETURN(v1::SearchResponse response, RunPlan(plan, meant, latest));
  const absl::Duration took = clock_.Now() - start;
  seconds_.Observe(absl::ToDoubleSeconds(took));
  *response.mutable_took() = TimeUtil::MicrosecondsToDuration(absl::ToInt64Microseconds(took));
  return response;
}

absl::StatusOr<v1::SearchResponse> Query::RunPlan(SearchPlan& plan, const v1::SearchRequest& request,
                                                  absl::Time deadline) {
  if (plan.finds_nothing) return BuildSearchResponse(plan, request, RootResult(), {});
  ASSIGN_OR_RETURN(RootResult found, Find(plan, deadline));
  std::vector<RootHit> shown = found.hits;
  if (shown.size() > plan.page_size) shown.resize(plan.page_size);
  const FetchedArticles fetched = root_.Fetch(shown, deadline);
  if (!fetched.first_error.ok())
    LogWarning("articles of hits not fetched", {{"error", fetched.first_error.ToString()}});
  const bool lacks_shards = found.coverage.shards_answered < found.coverage.shards_asked;
  if (lacks_shards || !fetched.first_error.ok()) partial_.Increment();
  return BuildSearchResponse(plan, request, found, fetched);
}

absl::StatusOr<RootResult> Query::Find(SearchPlan& plan, absl::Time deadline) {
  ASSIGN_OR_RETURN(RootResult strict, root_.Search(plan.root, deadline));
  if (!plan.may_widen || strict.hits.size() >= plan.page_size) return strict;
  RootRequest request = plan.root;
  request.query = plan.parsed.widened;
  absl::StatusOr<RootResult> widened = root_.Search(request, deadline);
  // What was found as typed is better than an error.
  if (!widened.ok() || widened->hits.size() <= strict.hits.size()) return strict;
  widened_.Increment();
  plan.widened = true;
  return widened;
}

absl::StatusOr<v1::FacetsResponse> Query::Facets(const v1::FacetsRequest& request, absl::Time deadline) {
  ASSIGN_OR_RETURN(const Permit permit, TakePermit());
  const absl::Time latest = BoundedDeadline(deadline);
  v1::FacetsRequest meant = request;
  meant.set_query(AsMeant(request.query(), latest));
  ASSIGN_OR_RETURN(const v1::LeafFacetsRequest leaf, PlanFacets(meant));
  ASSIGN_OR_RETURN(const FacetResult result, root_.Facets(leaf, latest));
  v1::FacetsResponse response;
  response.mutable_facets()->Assign(result.facets.begin(), result.facets.end());
  response.set_shards_asked(result.coverage.shards_asked);
  response.set_shards_answered(result.coverage.shards_answered);
  return response;
}

absl::StatusOr<v1::SuggestResponse> Query::Suggest(const v1::SuggestRequest& request, absl::Time deadline) {
  ASSIGN_OR_RETURN(const Permit permit, TakePermit());
  suggests_.Increment();
  const absl::Time start = clock_.Now();
  ASSIGN_OR_RETURN(v1::SuggestResponse response, query::Suggest(titles_, request, BoundedDeadline(deadline)));
  const absl::Duration took = clock_.Now() - start;
  suggest_seconds_.Observe(absl::ToDoubleSeconds(took));
  *response.mutable_took() = TimeUtil::MicrosecondsToDuration(absl::ToInt64Microseconds(took));
  return response;
}

absl::StatusOr<v1::DidYouMeanResponse> Query::DidYouMean(const v1::DidYouMeanRequest& request, absl::Time deadline) {
  if (request.query().size() > kMaxQueryBytes) {
    return absl::InvalidArgumentError(
        absl::StrCat("query: ", request.query().size(), " bytes, at most ", kMaxQueryBytes, " are allowed"));
  }
  ASSIGN_OR_RETURN(const Permit permit, TakePermit());
  const absl::Time latest = BoundedDeadline(deadline);
  const std::string meant = AsMeant(request.query(), latest);
  if (meant == request.query()) return RestoreMarks(titles_, request.query(), latest);
  return AsDecoded(meant);
}

absl::StatusOr<v1::GetArticleResponse> Query::GetArticle(const v1::GetArticleRequest& request, absl::Time deadline) {
  RETURN_IF_ERROR(CheckArticleId("article_id", request.article_id()));
  ASSIGN_OR_RETURN(std::vector<v1::Article> articles, root_.Get({request.article_id()}, BoundedDeadline(deadline)));
  if (articles.empty()) return absl::NotFoundError(absl::StrCat("article ", request.article_id(), " is not here"));
  v1::GetArticleResponse response;
  *response.mutable_article() = std::move(articles.front());
  return response;
}

absl::StatusOr<v1::BatchGetArticlesResponse> Query::BatchGetArticles(const v1::BatchGetArticlesRequest& request,
                                                                     absl::Time deadline) {
  RETURN_IF_ERROR(CheckBatch(request));
  const std::vector<std::string> ids(request.article_ids().begin(), request.article_ids().end());
  ASSIGN_OR_RETURN(std::vector<v1::Article> articles, root_.Get(ids, BoundedDeadline(deadline)));
  v1::BatchGetArticlesResponse response;
  for (v1::Article& article : articles) *response.add_articles() = std::move(article);
  return response;
}

}  // namespace tintinh::query

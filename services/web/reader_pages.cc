#include "services/web/reader_pages.h"

#include <cstdint>
#include <future>
#include <string>
#include <utility>

#include "common/digest/digest.h"
#include "services/web/api/http_status.h"
#include "services/web/facet_counts.h"
#include "services/web/html/article_page.h"
#include "services/web/html/operator_page.h"
#include "services/web/html/pages.h"

namespace tintinh::web {
namespace {

constexpr char kHtml[] = "text/html; charset=utf-8";
constexpr uint32_t kLatest = 12;
constexpr uint32_t kSimilar = 6;
constexpr uint32_t kMostSites = 1000;

Answer Html(std::string html) { return {200, kHtml, std::move(html)}; }

// Everything that is dated.
v1::SearchRequest LatestRequest() {
  v1::SearchRequest request;
  request.mutable_filter()->mutable_published_from()->set_seconds(0);
  request.set_sort(v1::SORT_ORDER_NEWEST);
  request.set_page_size(kLatest);
  return request;
}

v1::FacetsResponse CountPlaces(const Api& api) {
  v1::FacetsRequest request;
  *request.mutable_filter() = LatestRequest().filter();
  request.add_fields(v1::FACET_FIELD_PROVINCE_TODAY);
  request.add_fields(v1::FACET_FIELD_PROVINCE);
  request.set_limit(1000);
  return api.CountFacets(request).value_or(v1::FacetsResponse());
}

v1::FacetsResponse CountSitesSince(const Api& api, absl::Time since) {
  v1::FacetsRequest request;
  request.mutable_filter()->mutable_published_from()->set_seconds(absl::ToUnixSeconds(since));
  request.add_fields(v1::FACET_FIELD_SITE);
  request.set_limit(kMostSites);
  return api.CountFacets(request).value_or(v1::FacetsResponse());
}

v1::SimilarResponse FindSimilar(const Api& api, const std::string& article_id) {
  v1::SimilarRequest request;
  request.set_article_id(article_id);
  request.set_page_size(kSimilar);
  return api.FindSimilar(request).value_or(v1::SimilarResponse());
}

}  // namespace

Answer HtmlError(const Params& params, const absl::Status& status) {
  return {HttpStatusOf(status.code()), kHtml, ErrorPage(params, status)};
}

Answer ReaderPages::Home(const Params& params) {
  auto counts = std::async(std::launch::async, [this] { return CountPlaces(api_); });
  const v1::SearchResponse latest = api_.Find(LatestRequest()).value_or(v1::SearchResponse());
  site_names_.Learn(latest.hits());
  return Html(HomePage(params, latest, counts.get()));
}

Answer ReaderPages::Search(const Params& params) {
  absl::StatusOr<v1::SearchRequest> request = ReadSearchParams(params);
  if (!request.ok()) return HtmlError(params, request.status());
  if (AsksNothing(*request)) return Home(params);
  request->set_exact_total(true);  // it stands beside exact counts, which cost as much
  auto counts = std::async(std::launch::async, [this, &request] { return CountBeside(api_, *request); });
  const absl::StatusOr<v1::SearchResponse> response = api_.Find(*request);
  const v1::FacetsResponse counted = counts.get();
  if (!response.ok()) return HtmlError(params, response.status());
  site_names_.Learn(response->hits());
  const Labels names = site_names_.NamesOf(FacetOf(counted, v1::FACET_FIELD_SITE), params);
  return Html(ResultsPage(params, *response, counted, names));
}

Answer ReaderPages::Article(const Params& params) const {
  const std::string id(Param(params, "id"));
  if (!IsHex128(id)) return HtmlError(params, absl::NotFoundError("no such article"));
  auto similar = std::async(std::launch::async, [this, &id] { return FindSimilar(api_, id); });
  const absl::StatusOr<v1::Article> article = api_.Get(id);
  const v1::SimilarResponse found = similar.get();
  return article.ok() ? Html(ArticlePage(params, *article, found.hits())) : HtmlError(params, article.status());
}

Answer ReaderPages::Operator(const Params& params, absl::Time now) const {
  auto last_day = std::async(std::launch::async, [this, now] { return CountSitesSince(api_, now - absl::Hours(24)); });
  OperatorSnapshot snapshot{now, api_.CrawlerStatus(), api_.IndexStatus(), CountSitesSince(api_, now - absl::Hours(1)),
                            v1::FacetsResponse()};
  snapshot.last_day = last_day.get();
  return Html(OperatorPage(params, snapshot));
}

}  // namespace tintinh::web

// The JSON side of the web service: the RPCs a browser needs, in proto3's JSON mapping.
#ifndef TINTINH_SERVICES_WEB_API_API_H_
#define TINTINH_SERVICES_WEB_API_API_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/web/api/search_params.h"
#include "tintinh/v1/crawler_service.grpc.pb.h"
#include "tintinh/v1/indexer_service.grpc.pb.h"
#include "tintinh/v1/query_service.grpc.pb.h"

namespace tintinh::web {

// What an HTTP request is answered with.
struct Answer {
  int status = 200;
  std::string content_type;
  std::string body;
};

Answer JsonError(const absl::Status& status);

// The services behind the page, and how long each may take.
struct Peers {
  v1::QueryService::StubInterface& query;
  v1::CrawlerService::StubInterface& crawler;
  v1::IndexerService::StubInterface& indexer;
  absl::Duration query_deadline = absl::Seconds(10);
  absl::Duration crawler_deadline = absl::Seconds(10);
  absl::Duration indexer_deadline = absl::Seconds(10);
};

// Thread-safe. Statuses of the services become HTTP's by HttpStatusOf.
class Api {
 public:
  // The stubs must outlive this.
  explicit Api(const Peers& peers) : peers_(peers) {}

  // SearchResponse and GetArticleResponse, fields in lowerCamelCase, 64-bit integers as strings.
  Answer Search(const Params& params) const;
  Answer Article(absl::string_view article_id) const;

  // {"crawler": GetCrawlerStatusResponse, "indexer": GetIndexStatusResponse}; in the place of one that did not answer
  // stands its error. 503 when neither did.
  Answer Status() const;

  // The same as values, for pages.
  absl::StatusOr<v1::SearchResponse> Find(const v1::SearchRequest& request) const;
  absl::StatusOr<v1::Article> Get(absl::string_view article_id) const;
  absl::StatusOr<v1::GetCrawlerStatusResponse> CrawlerStatus() const;
  absl::StatusOr<v1::GetIndexStatusResponse> IndexStatus() const;
  // What only adds to a page, within a second: nobody waits longer for it.
  absl::StatusOr<v1::FacetsResponse> CountFacets(const v1::FacetsRequest& request) const;
  absl::StatusOr<v1::SimilarResponse> FindSimilar(const v1::SimilarRequest& request) const;

 private:
  const Peers peers_;
};

}  // namespace tintinh::web

#endif  // TINTINH_SERVICES_WEB_API_API_H_

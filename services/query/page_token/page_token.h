// The opaque string that leads to the next page of a search.
#ifndef TINTINH_SERVICES_QUERY_PAGE_TOKEN_PAGE_TOKEN_H_
#define TINTINH_SERVICES_QUERY_PAGE_TOKEN_PAGE_TOKEN_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tintinh/v1/leaf_query.pb.h"
#include "tintinh/v1/query_service.pb.h"

namespace tintinh::query {

struct PageStart {
  v1::SortKey after;     // the last hit of the page before
  bool widened = false;  // the pages before were found by the widened query: every page of a search is found alike
};

// Base64url (RFC 4648 §5) of a version byte, the page start, a hash of the request and a checksum. The hash covers
// query, filter and sort: page size and snippets may change from page to page. Tokens are no secret and no promise: a
// client that makes one up reaches nothing that a search does not show.
std::string MakePageToken(const PageStart& start, const v1::SearchRequest& request);

// INVALID_ARGUMENT naming page_token when `request.page_token()` is damaged, too long or of another search.
// REQUIRES: it is not empty.
absl::StatusOr<PageStart> ReadPageToken(const v1::SearchRequest& request);

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_PAGE_TOKEN_PAGE_TOKEN_H_

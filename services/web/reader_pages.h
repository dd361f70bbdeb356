// What the pages for readers and operators are made of: the calls behind each address.
#ifndef TINTINH_SERVICES_WEB_READER_PAGES_H_
#define TINTINH_SERVICES_WEB_READER_PAGES_H_

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/web/api/api.h"
#include "services/web/site_names.h"

namespace tintinh::web {

// Each an HTML page with the HTTP status of what went wrong. What only adds to a page (counts, similar articles, the
// latest on the front page) is left out when it fails. Thread-safe.
class ReaderPages {
 public:
  // `api` must outlive this.
  explicit ReaderPages(const Api& api) : api_(api) {}

  Answer Home(const Params& params);
  Answer Search(const Params& params);         // the home page when it asks for nothing
  Answer Article(const Params& params) const;  // by the parameter id
  Answer Operator(const Params& params, absl::Time now) const;

 private:
  const Api& api_;
  SiteNames site_names_;
};

Answer HtmlError(const Params& params, const absl::Status& status);

}  // namespace tintinh::web

#endif  // TINTINH_SERVICES_WEB_READER_PAGES_H_

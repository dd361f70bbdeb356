// The other side of take_over.h: what this crawler knows of a site that is another's now.
#ifndef TINTINH_SERVICES_CRAWLER_HANDOVER_GIVE_H_
#define TINTINH_SERVICES_CRAWLER_HANDOVER_GIVE_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "services/crawler/archive/outbox.h"
#include "services/crawler/frontier/frontier.h"
#include "services/crawler/sites/sites.h"
#include "tintinh/v1/crawler_service.pb.h"

namespace tintinh::crawler {

// Calls `write` for each message of the answer; false from it: the other side has gone, and the result is CANCELLED.
// FAILED_PRECONDITION: the site is among `sites`, or its pages are in the outbox. Thread-safe; changes nothing.
absl::Status Give(const v1::HandOverSiteRequest& request, const Sites& sites, const Frontier& frontier,
                  const Outbox& outbox, const std::function<bool(const v1::HandOverSiteResponse&)>& write);

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_HANDOVER_GIVE_H_

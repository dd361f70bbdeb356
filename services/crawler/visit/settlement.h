// A page on its way to the normalizer and back: the message sent, and what the outcome means for the frontier.
#ifndef TINTINH_SERVICES_CRAWLER_VISIT_SETTLEMENT_H_
#define TINTINH_SERVICES_CRAWLER_VISIT_SETTLEMENT_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "services/crawler/frontier/completion.h"
#include "services/crawler/frontier/frontier.h"
#include "services/crawler/sites/sites.h"
#include "tintinh/disk/v1/crawler.pb.h"
#include "tintinh/v1/normalizer_service.pb.h"
#include "tintinh/v1/page.pb.h"

namespace tintinh::crawler {

// `page_id` of the message is the sequence number in decimal.
v1::Page ToPage(disk::v1::OutboxRecord record, const Sites& sites);

struct Settlement {
  FinalOutcome outcome;
  std::vector<NewUrl> links;  // to be queued: articles of the same site, from sections, and from articles where the
                              // site says so
};

// When the page is fetched again is not said here: see revisit.h. REQUIRES: the response's outcome is final (not
// FAILED).
Settlement Settle(const disk::v1::OutboxRecord& record, const v1::ProcessResponse& response, const Sites& sites);

// What a section page named: articles of its site, and how many of them were not known.
struct Yield {
  uint32_t links = 0;
  uint32_t new_links = 0;
};

// The page of the section that is read after this one: at once while at least half of what each names is new
// (section_depth of the site), and in the backlog as far as its back-fill goes. Nothing: none.
std::optional<NewUrl> FurtherPage(const disk::v1::OutboxRecord& record, const v1::ProcessResponse& response,
                                  const Sites& sites, Yield yield);

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_VISIT_SETTLEMENT_H_

// What robots.txt says of a URL, and what an answer to a request for robots.txt means (RFC 9309, 2.3.1).
#ifndef TINTINH_SERVICES_CRAWLER_VISIT_ROBOTS_GATE_H_
#define TINTINH_SERVICES_CRAWLER_VISIT_ROBOTS_GATE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/sync/mutex.h"
#include "services/crawler/fetch/exchange.h"
#include "services/crawler/frontier/completion.h"
#include "services/crawler/frontier/frontier.h"
#include "services/crawler/robots/robots.h"
#include "services/crawler/sites/sites.h"
#include "tintinh/disk/v1/crawler.pb.h"

namespace tintinh::crawler {

struct RobotsDecision {
  enum class Kind { kAllowed, kDisallowed, kReadFirst };
  Kind kind = Kind::kAllowed;
  std::string rule;        // that decided; empty when none matched
  std::string robots_url;  // kReadFirst: what to request in place of the URL
};

// What came of a request for robots.txt.
struct RobotsAnswer {
  Completion completion;
  disk::v1::RobotsRecord record;
  std::vector<std::string> sitemaps;  // absolute where written so; of any host
};

// Reads an answer: 2xx is parsed; 4xx but 429 and more than five redirects mean that everything is allowed; 429, 5xx
// and no answer at all mean that nothing is, except that an earlier robots.txt stays in force. A 429 refuses in either
// case: the host is left alone first. What decided holds for 24 h. `before` is the record so far, or null.
RobotsAnswer ReadRobotsAnswer(const Location& location, const disk::v1::RobotsRecord* before, absl::string_view agent,
                              const FetchResult& result, absl::Time now);

// Thread-safe. `frontier` keeps the records and must outlive this; parsed files are cached, one per origin.
class RobotsGate {
 public:
  RobotsGate(const Frontier& frontier, std::string agent) : frontier_(frontier), agent_(std::move(agent)) {}

  absl::StatusOr<RobotsDecision> Decide(const Location& location, absl::Time now) const;

  const std::string& agent() const { return agent_; }

 private:
  struct Parsed {
    int64_t fetched_us = 0;
    std::shared_ptr<const RobotsTxt> robots;
  };
  std::shared_ptr<const RobotsTxt> Parse(const disk::v1::RobotsRecord& record) const;

  const Frontier& frontier_;
  const std::string agent_;
  mutable Mutex mu_;
  mutable absl::flat_hash_map<std::string, Parsed> parsed_ ABSL_GUARDED_BY(mu_);
};

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_VISIT_ROBOTS_GATE_H_

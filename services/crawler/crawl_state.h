// Everything a crawler keeps on disk, opened together: the frontier and the outbox in one database, and the archive.
#ifndef TINTINH_SERVICES_CRAWLER_CRAWL_STATE_H_
#define TINTINH_SERVICES_CRAWLER_CRAWL_STATE_H_

#include <memory>

#include "absl/status/statusor.h"
#include "common/kv/database.h"
#include "common/time/clock.h"
#include "services/crawler/archive/outbox.h"
#include "services/crawler/archive/warc_writer.h"
#include "services/crawler/crawler_options.h"
#include "services/crawler/frontier/frontier.h"
#include "services/crawler/sites/sites.h"

namespace tintinh::crawler {

// The parts are thread-safe.
struct CrawlState {
  std::unique_ptr<kv::Database> database;  // outlives the two on it
  std::unique_ptr<Frontier> frontier;
  std::unique_ptr<Outbox> outbox;
  std::unique_ptr<WarcWriter> archive;

  // FAILED_PRECONDITION when another process has the directory. `clock` must outlive the result.
  static absl::StatusOr<CrawlState> Open(const CrawlerOptions& options, const Sites& sites, const Clock& clock);

  // Nothing is fetchable now, nothing is under way, and the outbox is empty.
  bool IsIdle() const;
};

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_CRAWL_STATE_H_

// What a shard's log holds and its index does not yet: the newest such version of each article, so that a put sees
// everything acknowledged before it.
#ifndef TINTINH_SERVICES_INDEXER_ROUTER_UNAPPLIED_VERSIONS_H_
#define TINTINH_SERVICES_INDEXER_ROUTER_UNAPPLIED_VERSIONS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "common/sync/mutex.h"
#include "services/indexer/router/duplicate_cluster.h"

namespace tintinh::indexer {

struct LoggedVersion {
  uint64_t position = 0;
  std::string content_hash;  // empty: deleted
  uint64_t simhash = 0;
  std::string cluster;
};

// Thread-safe. Who adds versions of one article takes turns (ArticleClaims). Holds as many versions as the log is ahead
// of the index: the caller bounds that.
class UnappliedVersions {
 public:
  // `applied`: the position up to which the index holds everything already.
  explicit UnappliedVersions(uint64_t applied) : applied_(applied) {}

  // Remembers a version that is durable in the log, unless it has been applied meanwhile.
  void Add(absl::string_view article_id, LoggedVersion version);

  // Everything up to `position` is in the index; `article_id` is the entry there. Positions ascend.
  void Applied(uint64_t position, absl::string_view article_id);

  std::optional<LoggedVersion> Find(absl::string_view article_id) const;
  std::vector<NearArticle> FindNear(uint64_t simhash, uint32_t max_distance) const;
  size_t size() const;

 private:
  mutable Mutex mu_;
  uint64_t applied_ ABSL_GUARDED_BY(mu_);
  absl::flat_hash_map<std::string, LoggedVersion> versions_ ABSL_GUARDED_BY(mu_);
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_ROUTER_UNAPPLIED_VERSIONS_H_

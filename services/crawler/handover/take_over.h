// Takes over the sites that a changed list of members gives to this crawler: asks the other members for what they know,
// so that nothing is fetched twice and no host is asked before the time it was promised.
#ifndef TINTINH_SERVICES_CRAWLER_HANDOVER_TAKE_OVER_H_
#define TINTINH_SERVICES_CRAWLER_HANDOVER_TAKE_OVER_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/sync/mutex.h"
#include "common/time/clock.h"
#include "grpcpp/client_context.h"
#include "services/crawler/frontier/frontier.h"
#include "tintinh/v1/crawler_service.grpc.pb.h"

namespace tintinh::crawler {

// One of the other crawlers. Shared, for whoever made the stub may go first.
struct Member {
  std::string name;
  std::shared_ptr<v1::CrawlerService::StubInterface> stub;
};

struct TakeOverOptions {
  std::vector<Member> others;
  absl::Duration patience = absl::Minutes(10);  // with a member that cannot be reached: then it has nothing
  absl::Duration call_timeout = absl::Seconds(5);
};

// LookOnce is for one thread; Stop may be called from another.
class TakeOver {
 public:
  // `frontier` and `clock` outlive this. `held` is called for each site that may be visited from now on.
  TakeOver(TakeOverOptions options, Frontier& frontier, const Clock& clock,
           std::function<void(const std::string&)> held);

  // Asks for each of the sites that is not held: every other member must have answered that the site is not its own any
  // more, or have been out of reach for as long as patience says. The copy with the greatest term is taken, the own one
  // where none is newer. Returns the sites that are left; why is logged when it changes.
  std::vector<std::string> LookOnce(const std::vector<std::string>& sites);

  // Breaks off the call under way; LookOnce takes nothing more. Idempotent.
  void Stop();

 private:
  struct Offer {
    const Member* from = nullptr;  // null: the own copy
    bool has_copy = false;
    uint64_t term = 0;
  };

  absl::Status Take(const std::string& site);
  absl::StatusOr<Offer> BestOffer(const std::string& site);
  absl::StatusOr<Offer> Ask(const Member& member, const std::string& site);
  bool IsLost(const Member& member, const absl::Status& status);
  absl::Status Copy(const Member& member, const std::string& site, uint64_t term);
  absl::Status Call(const Member& member, const std::string& site, bool term_only, absl::Duration timeout,
                    const std::function<absl::Status(const v1::HandOverSiteResponse&)>& take);
  absl::Status Begin(grpc::ClientContext& context);
  void End();

  const TakeOverOptions options_;
  Frontier& frontier_;
  const Clock& clock_;
  const std::function<void(const std::string&)> held_;
  absl::flat_hash_map<std::string, absl::Time> unreachable_since_;  // by member
  absl::flat_hash_map<std::string, absl::Status> silent_;           // members that did not answer in this look
  absl::flat_hash_map<std::string, std::string> reasons_;           // by site, as logged

  Mutex mu_;
  bool stopped_ ABSL_GUARDED_BY(mu_) = false;
  grpc::ClientContext* under_way_ ABSL_GUARDED_BY(mu_) = nullptr;
};

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_HANDOVER_TAKE_OVER_H_

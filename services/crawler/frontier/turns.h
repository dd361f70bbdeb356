// Whose turn it is: hosts in the order in which they may be asked, with the hosts of one server sharing its pace.
// Memory only; what must survive is the frontier's.
#ifndef TINTINH_SERVICES_CRAWLER_FRONTIER_TURNS_H_
#define TINTINH_SERVICES_CRAWLER_FRONTIER_TURNS_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

namespace tintinh::crawler {

// Not thread-safe. Times are microseconds since the epoch; hosts are numbered in the order of AddHost. Every operation
// costs O(log hosts).
class Turns {
 public:
  static constexpr int64_t kNever = std::numeric_limits<int64_t>::max();

  // A host on a server of its own that is never ready. At most `max_concurrent` requests run at once on its server, or
  // as many as the most that another host there allows.
  size_t AddHost(uint32_t max_concurrent);

  // The host is answered from `address`: from now on it shares the server's pace. Requests under way move with it.
  void SetServer(size_t host, absl::string_view address);

  // When the host itself may be asked; kNever: not at all.
  void SetReady(size_t host, int64_t ready_us);

  // The server of `host` is left alone until then; an earlier time changes nothing.
  void PutOffServer(size_t host, int64_t until_us);
  // Undoes the last PutOffServer that moved the time to `until_us`, if none has moved it since.
  void GiveBackServer(size_t host, int64_t until_us, int64_t before_us);

  void Began(size_t host);
  void Ended(size_t host);

  // The host that has waited longest of those that may be asked at `now_us`.
  std::optional<size_t> First(int64_t now_us) const;
  // When First has an answer; kNever: not until something changes.
  int64_t FirstTime() const { return ready_.empty() ? kNever : ready_.begin()->first; }

  uint32_t in_flight(size_t host) const { return hosts_[host].in_flight; }
  int64_t server_until(size_t host) const { return servers_[hosts_[host].server].until_us; }
  bool SameServer(size_t a, size_t b) const { return hosts_[a].server == hosts_[b].server; }
  size_t hosts_on_server(size_t host) const { return servers_[hosts_[host].server].members; }
  bool server_is_busy(size_t host) const { return IsFull(servers_[hosts_[host].server]); }

 private:
  struct Host {
    size_t server = 0;
    uint32_t max_concurrent = 1;
    uint32_t in_flight = 0;
    int64_t ready_us = kNever;
  };
  struct Server {
    int64_t until_us = 0;
    uint32_t max_concurrent = 0;
    uint32_t in_flight = 0;
    size_t members = 0;
    std::set<std::pair<int64_t, size_t>> ready_hosts;
    int64_t ready_us = kNever;  // its key in ready_; kNever: not there
  };

  static bool IsFull(const Server& server) { return server.in_flight >= server.max_concurrent; }
  void Join(size_t host, size_t server);
  void Leave(size_t host);
  void Update(size_t server);

  std::vector<Host> hosts_;
  std::vector<Server> servers_;
  absl::flat_hash_map<std::string, size_t> by_address_;
  std::set<std::pair<int64_t, size_t>> ready_;  // servers
};

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_FRONTIER_TURNS_H_

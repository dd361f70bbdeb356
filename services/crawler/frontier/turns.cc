#include "services/crawler/frontier/turns.h"

#include <algorithm>

namespace tintinh::crawler {

size_t Turns::AddHost(uint32_t max_concurrent) {
  const size_t host = hosts_.size();
  hosts_.push_back({.max_concurrent = max_concurrent});
  servers_.emplace_back();
  Join(host, servers_.size() - 1);
  return host;
}

void Turns::SetServer(size_t host, absl::string_view address) {
  const auto [it, fresh] = by_address_.try_emplace(std::string(address), servers_.size());
  if (it->second == hosts_[host].server) return;
  if (fresh) servers_.emplace_back();
  const size_t left = hosts_[host].server;
  const int64_t until_us = servers_[left].until_us;
  Leave(host);
  Update(left);
  Join(host, it->second);
  PutOffServer(host, until_us);
}

void Turns::Join(size_t host, size_t server_index) {
  Host& joining = hosts_[host];
  Server& server = servers_[server_index];
  joining.server = server_index;
  ++server.members;
  server.in_flight += joining.in_flight;
  server.max_concurrent = std::max(server.max_concurrent, joining.max_concurrent);
  if (joining.ready_us != kNever) server.ready_hosts.emplace(joining.ready_us, host);
  Update(server_index);
}

// The limit stays as it was: a server is not asked for more because a host has gone.
void Turns::Leave(size_t host) {
  const Host& leaving = hosts_[host];
  Server& server = servers_[leaving.server];
  --server.members;
  server.in_flight -= leaving.in_flight;
  server.ready_hosts.erase({leaving.ready_us, host});
}

void Turns::SetReady(size_t host, int64_t ready_us) {
  Host& state = hosts_[host];
  if (state.ready_us == ready_us) return;
  Server& server = servers_[state.server];
  if (state.ready_us != kNever) server.ready_hosts.erase({state.ready_us, host});
  state.ready_us = ready_us;
  if (ready_us != kNever) server.ready_hosts.emplace(ready_us, host);
  Update(state.server);
}

void Turns::PutOffServer(size_t host, int64_t until_us) {
  Server& server = servers_[hosts_[host].server];
  if (until_us <= server.until_us) return;
  server.until_us = until_us;
  Update(hosts_[host].server);
}

void Turns::GiveBackServer(size_t host, int64_t until_us, int64_t before_us) {
  Server& server = servers_[hosts_[host].server];
  if (server.until_us != until_us) return;
  server.until_us = before_us;
  Update(hosts_[host].server);
}

void Turns::Began(size_t host) {
  ++hosts_[host].in_flight;
  ++servers_[hosts_[host].server].in_flight;
  Update(hosts_[host].server);
}

void Turns::Ended(size_t host) {
  --hosts_[host].in_flight;
  --servers_[hosts_[host].server].in_flight;
  Update(hosts_[host].server);
}

void Turns::Update(size_t index) {
  Server& server = servers_[index];
  const bool waits = !server.ready_hosts.empty() && !IsFull(server);
  const int64_t ready_us = waits ? std::max(server.ready_hosts.begin()->first, server.until_us) : kNever;
  if (ready_us == server.ready_us) return;
  if (server.ready_us != kNever) ready_.erase({server.ready_us, index});
  server.ready_us = ready_us;
  if (ready_us != kNever) ready_.emplace(ready_us, index);
}

std::optional<size_t> Turns::First(int64_t now_us) const {
  if (FirstTime() > now_us) return std::nullopt;
  return servers_[ready_.begin()->second].ready_hosts.begin()->second;
}

}  // namespace tintinh::crawler

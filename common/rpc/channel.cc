#include "common/rpc/channel.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "common/status/status_macros.h"
#include "grpc/support/time.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"

namespace tintinh {
namespace {

constexpr int kMaxMessageBytes = 32 << 20;

// One target may name several servers that can stand in for one another: calls go round those that say they serve (the
// gRPC health protocol), and one whose server died under it is made again on another, within a budget. CANCELLED is
// what a server that stops says to a call that arrives at that moment.
constexpr char kStandIns[] = R"({
  "loadBalancingConfig": [{"round_robin": {}}],
  "healthCheckConfig": {"serviceName": ""},
  "methodConfig": [{
    "name": [{}],
    "retryPolicy": {"maxAttempts": 3, "initialBackoff": "0.01s", "maxBackoff": "0.2s", "backoffMultiplier": 2,
                    "retryableStatusCodes": ["UNAVAILABLE", "CANCELLED"]}
  }],
  "retryThrottling": {"maxTokens": 100, "tokenRatio": 0.1}
})";

grpc::ChannelArguments ChannelRules() {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxMessageBytes);
  arguments.SetMaxSendMessageSize(kMaxMessageBytes);
  // A peer that restarts is found again within seconds.
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 2000);
  // One that hangs, or whose machine has gone without a word, is noticed within seconds too.
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, 2000);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 5000);
  arguments.SetInt(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  return arguments;
}

absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> CredentialsFor(const config::v1::PeerConfig& peer) {
  if (peer.ca().empty()) return grpc::InsecureChannelCredentials();
  grpc::SslCredentialsOptions options;
  ASSIGN_OR_RETURN(options.pem_root_certs, ReadPemFile(peer.ca()));
  return grpc::SslCredentials(options);
}

bool IsLoopbackAddress(absl::string_view address) {
  if (absl::StartsWith(address, "unix:") || absl::StartsWith(address, "[::1]") || address == "::1") return true;
  const absl::string_view host = address.substr(0, address.find(':'));
  return host == "localhost" ||
         (absl::StartsWith(host, "127.") && host.find_first_not_of("0123456789.") == absl::string_view::npos);
}

absl::StatusOr<std::shared_ptr<grpc::Channel>> ConnectBy(const grpc::ChannelArguments& rules,
                                                         const config::v1::PeerConfig& peer) {
  if (peer.target().empty()) return absl::InvalidArgumentError("target is missing");
  if (peer.ca().empty() && !IsLoopback(peer.target())) {
    return absl::InvalidArgumentError(absl::StrCat("target ", peer.target(), " is not loopback: ca is needed for TLS"));
  }
  ASSIGN_OR_RETURN(const auto credentials, CredentialsFor(peer));
  return grpc::CreateCustomChannel(peer.target(), credentials, rules);
}

}  // namespace

bool NamesSeveral(absl::string_view target) {
  return absl::StrContains(target, ',') || absl::StartsWith(target, "dns:");
}

absl::StatusOr<std::string> ReadPemFile(absl::string_view path) {
  std::ifstream in{std::string(path), std::ios::binary};
  if (!in) return absl::NotFoundError(absl::StrCat("file ", path, " cannot be read"));
  return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

bool IsLoopback(absl::string_view target) {
  for (const char* scheme : {"dns:///", "dns:", "ipv4:", "ipv6:"}) {
    if (absl::ConsumePrefix(&target, scheme)) break;
  }
  const std::vector<absl::string_view> addresses = absl::StrSplit(target, ',');
  return std::all_of(addresses.begin(), addresses.end(), &IsLoopbackAddress);
}

absl::StatusOr<std::shared_ptr<grpc::Channel>> Connect(const config::v1::PeerConfig& peer) {
  grpc::ChannelArguments rules = ChannelRules();
  if (NamesSeveral(peer.target())) rules.SetServiceConfigJSON(kStandIns);
  return ConnectBy(rules, peer);
}

absl::StatusOr<std::shared_ptr<grpc::Channel>> ConnectToOne(const config::v1::PeerConfig& peer) {
  return ConnectBy(ChannelRules(), peer);
}

void PrepareContext(grpc::ClientContext& context, absl::Duration deadline) {
  context.set_wait_for_ready(true);
  context.set_deadline(gpr_time_add(gpr_now(GPR_CLOCK_MONOTONIC),
                                    gpr_time_from_nanos(absl::ToInt64Nanoseconds(deadline), GPR_TIMESPAN)));
}

}  // namespace tintinh

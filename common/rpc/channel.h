// Reaching other services: channels and call contexts that follow one set of rules.
#ifndef TINTINH_COMMON_RPC_CHANNEL_H_
#define TINTINH_COMMON_RPC_CHANNEL_H_

#include <memory>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "tintinh/config/v1/server.pb.h"

namespace tintinh {

// True for "localhost", 127.0.0.0/8 and [::1], with or without a port, and for "unix:" targets; of several addresses,
// all.
bool IsLoopback(absl::string_view target);

// The target has several addresses, or may: "ipv4:A:P,B:P", a DNS name.
bool NamesSeveral(absl::string_view target);

// A channel to `peer`; connecting happens in the background. A target of several addresses ("ipv4:A:P,B:P", or a DNS
// name that has them) is of servers that can stand in for one another: calls take turns among the healthy, and one that
// its server left unanswered is tried on the next, three times at most. INVALID_ARGUMENT when the target is empty, when
// it is not loopback and no ca is given, or when the ca cannot be read.
absl::StatusOr<std::shared_ptr<grpc::Channel>> Connect(const config::v1::PeerConfig& peer);

// The same, but all calls go to one of the addresses while that answers: for what goes on where it was broken off.
absl::StatusOr<std::shared_ptr<grpc::Channel>> ConnectToOne(const config::v1::PeerConfig& peer);

// Every call waits for a connection and gives up at a deadline: a fail-fast call after all back ends died may never see
// them again.
void PrepareContext(grpc::ClientContext& context, absl::Duration deadline);

// The whole content of a small file such as a PEM. NOT_FOUND names it.
absl::StatusOr<std::string> ReadPemFile(absl::string_view path);

}  // namespace tintinh

#endif  // TINTINH_COMMON_RPC_CHANNEL_H_

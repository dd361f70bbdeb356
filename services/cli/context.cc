#include "services/cli/context.h"

#include "absl/strings/str_cat.h"
#include "common/rpc/channel.h"
#include "tintinh/config/v1/server.pb.h"

namespace tintinh::cli {

absl::StatusOr<std::shared_ptr<grpc::Channel>> Context::Connect() const {
  config::v1::PeerConfig peer;
  peer.set_target(server);
  peer.set_ca(ca);
  return tintinh::Connect(peer);
}

absl::Status Explain(const absl::Status& status, const Context& context) {
  if (status.ok()) return status;
  if (absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status)) {
    return absl::Status(status.code(), absl::StrCat("no answer from ", context.server, " within ",
                                                    absl::FormatDuration(context.timeout),
                                                    "; is tintinh-node running? (", status.message(), ")"));
  }
  return status;
}

}  // namespace tintinh::cli

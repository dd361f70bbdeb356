#include "common/rpc/deadline.h"

#include <chrono>

#include "common/time/clock.h"

namespace tintinh {

absl::Time DeadlineOf(const grpc::ServerContext& context) {
  const auto left = context.deadline() - std::chrono::system_clock::now();
  // Without a deadline gRPC gives the end of its clock.
  return left > std::chrono::hours(24 * 365) ? absl::InfiniteFuture() : SteadyNow() + absl::FromChrono(left);
}

}  // namespace tintinh

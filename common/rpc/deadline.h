// Until when the caller of a call waits.
#ifndef TINTINH_COMMON_RPC_DEADLINE_H_
#define TINTINH_COMMON_RPC_DEADLINE_H_

#include "absl/time/time.h"
#include "grpcpp/server_context.h"

namespace tintinh {

// A time of SteadyNow(), or the infinite future when the caller named none. To be asked when the call arrives: gRPC
// states it by the calendar clock, which may be set meanwhile.
absl::Time DeadlineOf(const grpc::ServerContext& context);

}  // namespace tintinh

#endif  // TINTINH_COMMON_RPC_DEADLINE_H_

// The only place that knows both absl::Status and grpc::Status. The two share their 17 codes.
#ifndef TINTINH_COMMON_STATUS_GRPC_STATUS_H_
#define TINTINH_COMMON_STATUS_GRPC_STATUS_H_

#include "absl/status/status.h"
#include "grpcpp/support/status.h"

namespace tintinh {

grpc::Status ToGrpcStatus(const absl::Status& status);
absl::Status FromGrpcStatus(const grpc::Status& status);

}  // namespace tintinh

#endif  // TINTINH_COMMON_STATUS_GRPC_STATUS_H_

// The only place that knows both absl::Status and grpc::Status. The two share their 17 codes.
#ifndef TINTINH_COMMON_STATUS_GRPC_STATUS_H_
#define TINTINH_COMMON_STATUS_GRPC_STATUS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "grpcpp/support/status.h"

namespace tintinh {

grpc::Status ToGrpcStatus(const absl::Status& status);
absl::Status FromGrpcStatus(const grpc::Status& status);

// Ends a call with its result: the response, which is set then, or the error.
template <typename Response>
grpc::Status Answer(absl::StatusOr<Response> result, Response* response) {
  grpc::Status status = ToGrpcStatus(result.status());
  if (result.ok()) *response = *std::move(result);
  return status;
}

}  // namespace tintinh

#endif  // TINTINH_COMMON_STATUS_GRPC_STATUS_H_

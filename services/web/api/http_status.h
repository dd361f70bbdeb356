// The one table from gRPC's codes to HTTP's, and the JSON form of an error.
#ifndef TINTINH_SERVICES_WEB_API_HTTP_STATUS_H_
#define TINTINH_SERVICES_WEB_API_HTTP_STATUS_H_

#include <string>

#include "absl/status/status.h"

namespace tintinh::web {

// As google/rpc/code.proto maps them.
int HttpStatusOf(absl::StatusCode code);

// {"error":{"code":400,"status":"INVALID_ARGUMENT","message":"…"}}; invalid UTF-8 in the message is replaced.
std::string ErrorJson(const absl::Status& status);

}  // namespace tintinh::web

#endif  // TINTINH_SERVICES_WEB_API_HTTP_STATUS_H_

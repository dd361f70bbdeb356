// One unary call, as every command makes it.
#ifndef TINTINH_SERVICES_CLI_CALL_H_
#define TINTINH_SERVICES_CLI_CALL_H_

#include "absl/status/statusor.h"
#include "common/rpc/channel.h"
#include "common/status/grpc_status.h"
#include "common/status/status_macros.h"
#include "grpcpp/client_context.h"
#include "services/cli/context.h"

namespace tintinh::cli {

// Call<v1::QueryService>(context, &v1::QueryService::Stub::Search, request): the response, or an error for a person.
template <typename Service, typename Stub, typename Request, typename Response>
absl::StatusOr<Response> Call(const Context& context,
                              grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                              const Request& request) {
  ASSIGN_OR_RETURN(const auto channel, context.Connect());
  grpc::ClientContext call;
  PrepareContext(call, context.timeout);
  Response response;
  const auto stub = Service::NewStub(channel);
  RETURN_IF_ERROR(Explain(FromGrpcStatus((stub.get()->*method)(&call, request, &response)), context));
  return response;
}

}  // namespace tintinh::cli

#endif  // TINTINH_SERVICES_CLI_CALL_H_

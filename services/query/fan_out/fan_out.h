// Asks several servers at once and waits for all of them, at most until a deadline.
#ifndef TINTINH_SERVICES_QUERY_FAN_OUT_FAN_OUT_H_
#define TINTINH_SERVICES_QUERY_FAN_OUT_FAN_OUT_H_

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/rpc/channel.h"
#include "common/status/grpc_status.h"
#include "grpcpp/client_context.h"
#include "grpcpp/completion_queue.h"
#include "grpcpp/support/async_unary_call.h"
#include "grpcpp/support/status.h"
#include "tintinh/v1/indexer_service.grpc.pb.h"

namespace tintinh::query {

using IndexerStub = v1::IndexerService::StubInterface;

// A unary method of the indexer in its asynchronous form, such as &IndexerStub::AsyncLeafSearch.
template <typename Request, typename Response>
using IndexerMethod = std::unique_ptr<grpc::ClientAsyncResponseReaderInterface<Response>> (IndexerStub::*)(
    grpc::ClientContext*, const Request&, grpc::CompletionQueue*);

// One call of a fan-out.
template <typename Request>
struct Ask {
  IndexerStub* indexer;
  Request request;
  absl::Duration timeout;
};

// Returns the answers in the order of `asks`, an error in the place of each that failed. All calls run at the same
// time on gRPC's own threads; the caller's thread waits for the last, at most for the longest timeout. An indexer that
// cannot be reached is waited for as long: calls that fail fast may never see a restarted server again.
template <typename Request, typename Response>
std::vector<absl::StatusOr<Response>> AskAll(IndexerMethod<Request, Response> method,
                                             const std::vector<Ask<Request>>& asks) {
  struct Call {
    grpc::ClientContext context;
    Response response;
    grpc::Status status;
    std::unique_ptr<grpc::ClientAsyncResponseReaderInterface<Response>> reader;
  };
  grpc::CompletionQueue queue;
  std::vector<std::unique_ptr<Call>> calls;
  for (const Ask<Request>& ask : asks) {
    calls.push_back(std::make_unique<Call>());
    Call& call = *calls.back();
    PrepareContext(call.context, ask.timeout);
    call.reader = (ask.indexer->*method)(&call.context, ask.request, &queue);
    call.reader->Finish(&call.response, &call.status, &call);
  }
  void* tag = nullptr;
  bool ok = false;
  for (size_t i = 0; i < calls.size(); ++i) queue.Next(&tag, &ok);
  queue.Shutdown();
  while (queue.Next(&tag, &ok)) {
  }
  std::vector<absl::StatusOr<Response>> answers;
  for (const std::unique_ptr<Call>& call : calls) {
    if (call->status.ok()) {
      answers.emplace_back(std::move(call->response));
    } else {
      answers.emplace_back(FromGrpcStatus(call->status));
    }
  }
  return answers;
}

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_FAN_OUT_FAN_OUT_H_

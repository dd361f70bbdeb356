#include "services/cli/top/snapshot.h"

#include <memory>

#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "common/rpc/channel.h"
#include "common/sync/parallel_for.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/support/byte_buffer.h"
#include "tintinh/v1/crawler_service.grpc.pb.h"
#include "tintinh/v1/indexer_service.grpc.pb.h"

namespace tintinh::cli {
namespace {

constexpr size_t kAtOnce = 16;
// HealthCheckResponse { status: SERVING }. Debian's gRPC has the service without its classes.
constexpr absl::string_view kServing("\x08\x01", 2);

std::string BytesOf(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  std::string bytes;
  if (!buffer.Dump(&slices).ok()) return bytes;
  for (const grpc::Slice& slice : slices) bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  return bytes;
}

void SetDeadline(grpc::ClientContext& context, absl::Time deadline) {
  context.set_deadline(absl::ToChronoTime(deadline));
  context.set_wait_for_ready(false);
}

grpc::Status AskHealth(const std::shared_ptr<grpc::Channel>& channel, absl::Time deadline, std::string& answer) {
  grpc::GenericStub stub(channel);
  grpc::CompletionQueue queue;
  grpc::ClientContext context;
  SetDeadline(context, deadline);
  grpc::ByteBuffer received;
  grpc::Status status;
  const grpc::Slice of_the_whole_server;
  const grpc::ByteBuffer question(&of_the_whole_server, 1);
  const auto call = stub.PrepareUnaryCall(&context, "/grpc.health.v1.Health/Check", question, &queue);
  call->StartCall();
  call->Finish(&received, &status, &queue);
  void* tag = nullptr;
  bool ok = false;
  queue.Next(&tag, &ok);
  queue.Shutdown();
  while (queue.Next(&tag, &ok)) {
  }
  if (status.ok()) answer = BytesOf(received);
  return status;
}

void AskAbout(const std::string& ca, absl::Duration timeout, ProcessState& state) {
  config::v1::PeerConfig peer;
  peer.set_target(state.process.address);
  peer.set_ca(ca);
  const auto channel = Connect(peer);
  if (!channel.ok()) {
    state.trouble = std::string(channel.status().message());
    return;
  }
  const absl::Time deadline = absl::Now() + timeout;
  std::string health;
  const grpc::Status healthy = AskHealth(*channel, deadline, health);
  state.serving = healthy.ok() && health == kServing;
  if (!state.serving) state.trouble = healthy.ok() ? "not serving" : "does not answer";
  if (!healthy.ok()) return;
  grpc::ClientContext index_call;
  SetDeadline(index_call, deadline);
  v1::GetIndexStatusResponse index;
  if (v1::IndexerService::NewStub(*channel)->GetIndexStatus(&index_call, {}, &index).ok()) {
    state.shards.assign(index.shards().begin(), index.shards().end());
  }
  grpc::ClientContext crawl_call;
  SetDeadline(crawl_call, deadline);
  v1::GetCrawlerStatusResponse crawler;
  if (v1::CrawlerService::NewStub(*channel)->GetCrawlerStatus(&crawl_call, {}, &crawler).ok()) state.crawler = crawler;
}

}  // namespace

Snapshot TakeSnapshot(const std::vector<Process>& processes, const std::string& ca, absl::Duration timeout) {
  Snapshot snapshot;
  snapshot.taken = absl::Now();
  for (const Process& process : processes) snapshot.processes.emplace_back().process = process;
  ParallelFor(processes.size(), kAtOnce, [&](size_t i) { AskAbout(ca, timeout, snapshot.processes[i]); });
  return snapshot;
}

}  // namespace tintinh::cli

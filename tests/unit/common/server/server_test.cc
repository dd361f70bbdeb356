#include "common/server/server.h"

#include <chrono>

#include "common/rpc/channel.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/generic/generic_stub.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tintinh/v1/indexer_service.grpc.pb.h"

namespace tintinh {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

class EmptyIndexer final : public v1::IndexerService::Service {};

config::v1::ServerConfig Loopback() {
  config::v1::ServerConfig config;
  config.set_listen("127.0.0.1:0");
  config.set_reflection(true);
  config.set_max_threads(4);
  config.set_max_message_bytes(1 << 20);
  return config;
}

std::shared_ptr<grpc::Channel> ChannelTo(const Server& server) {
  return grpc::CreateChannel("127.0.0.1:" + std::to_string(server.port()), grpc::InsecureChannelCredentials());
}

grpc::Status CallFlush(const std::shared_ptr<grpc::Channel>& channel) {
  grpc::ClientContext context;
  PrepareContext(context, absl::Seconds(10));
  v1::FlushResponse response;
  return v1::IndexerService::NewStub(channel)->Flush(&context, {}, &response);
}

TEST(Server, ServesOnAFreePortAndInProcess) {
  EmptyIndexer indexer;
  auto server = Server::Start(Loopback(), {&indexer});
  ASSERT_THAT(server, IsOk());
  EXPECT_GT((*server)->port(), 0);
  EXPECT_EQ(CallFlush(ChannelTo(**server)).error_code(), grpc::StatusCode::UNIMPLEMENTED);
  EXPECT_EQ(CallFlush((*server)->InProcessChannel()).error_code(), grpc::StatusCode::UNIMPLEMENTED);
}

TEST(Server, PlaintextBeyondLoopbackIsRefused) {
  config::v1::ServerConfig config = Loopback();
  config.set_listen("0.0.0.0:0");
  EXPECT_THAT(Server::Start(config, {}).status(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("0.0.0.0:0")));
}

TEST(Server, ATakenPortIsNamed) {
  EmptyIndexer indexer;
  auto server = Server::Start(Loopback(), {&indexer});
  ASSERT_THAT(server, IsOk());
  config::v1::ServerConfig config = Loopback();
  config.set_listen("127.0.0.1:" + std::to_string((*server)->port()));
  EXPECT_THAT(Server::Start(config, {}).status(), StatusIs(absl::StatusCode::kUnavailable, HasSubstr(config.listen())));
}

TEST(Server, InProcessServersNeedNoPort) {
  EmptyIndexer indexer;
  auto server = Server::StartInProcess({&indexer});
  ASSERT_THAT(server, IsOk());
  EXPECT_EQ((*server)->port(), 0);
  EXPECT_EQ(CallFlush((*server)->InProcessChannel()).error_code(), grpc::StatusCode::UNIMPLEMENTED);
}

TEST(Server, NoCallIsTakenAfterDrain) {
  EmptyIndexer indexer;
  auto server = Server::Start(Loopback(), {&indexer});
  ASSERT_THAT(server, IsOk());
  const auto channel = ChannelTo(**server);
  EXPECT_EQ(CallFlush(channel).error_code(), grpc::StatusCode::UNIMPLEMENTED);
  (*server)->Drain(absl::ZeroDuration());
  grpc::ClientContext context;
  v1::FlushResponse response;
  EXPECT_EQ(v1::IndexerService::NewStub(channel)->Flush(&context, {}, &response).error_code(),
            grpc::StatusCode::UNAVAILABLE);
}

}  // namespace
}  // namespace tintinh

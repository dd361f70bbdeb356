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

TEST(Server, WhatIsNoPortIsRefusedRatherThanTakenModulo) {
  for (const char* address : {"127.0.0.1:99999", "127.0.0.1:-1", "127.0.0.1", "127.0.0.1:x"}) {
    config::v1::ServerConfig config = Loopback();
    config.set_listen(address);
    EXPECT_THAT(Server::Start(config, {}).status(),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("server.listen: \"127.0.0.1")));
  }
}

TEST(Server, ATakenPortIsNamed) {
  EmptyIndexer indexer;
  auto server = Server::Start(Loopback(), {&indexer});
  ASSERT_THAT(server, IsOk());
  config::v1::ServerConfig config = Loopback();
  config.set_listen("127.0.0.1:" + std::to_string((*server)->port()));
  EXPECT_THAT(Server::Start(config, {}).status(), StatusIs(absl::StatusCode::kUnavailable, HasSubstr(config.listen())));
}

TEST(Server, AnOldConnectionIsEndedAndTheNextCallMakesAnother) {
  EmptyIndexer indexer;
  config::v1::ServerConfig config = Loopback();
  config.mutable_max_connection_age()->set_nanos(50'000'000);
  auto server = Server::Start(config, {&indexer});
  ASSERT_THAT(server, IsOk());
  const auto channel = ChannelTo(**server);
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(CallFlush(channel).error_code(), grpc::StatusCode::UNIMPLEMENTED);
    const auto deadline = std::chrono::system_clock::now() + std::chrono::seconds(20);
    while (channel->GetState(false) == GRPC_CHANNEL_READY)
      ASSERT_TRUE(channel->WaitForStateChange(GRPC_CHANNEL_READY, deadline)) << "the connection stays";
  }
}

grpc::Status CheckHealth(int port) {
  const auto channel = grpc::CreateChannel("127.0.0.1:" + std::to_string(port), grpc::InsecureChannelCredentials());
  grpc::GenericStub stub(channel);
  grpc::CompletionQueue queue;
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
  const grpc::Slice of_the_whole_server;
  const grpc::ByteBuffer question(&of_the_whole_server, 1);
  const auto call = stub.PrepareUnaryCall(&context, "/grpc.health.v1.Health/Check", question, &queue);
  grpc::ByteBuffer answer;
  grpc::Status status;
  call->StartCall();
  call->Finish(&answer, &status, &queue);
  void* tag = nullptr;
  bool ok = false;
  queue.Next(&tag, &ok);
  queue.Shutdown();
  while (queue.Next(&tag, &ok)) {
  }
  return status;
}

class FlushingIndexer final : public v1::IndexerService::Service {
  grpc::Status Flush(grpc::ServerContext* /*context*/, const v1::FlushRequest* /*request*/,
                     v1::FlushResponse* /*response*/) override {
    return grpc::Status::OK;
  }
};

TEST(Server, TheHealthPortAnswersForHealthAlone) {
  FlushingIndexer indexer;
  config::v1::ServerConfig config = Loopback();
  config.set_health_listen("127.0.0.1:0");
  const auto server = Server::Start(config, {&indexer});
  ASSERT_THAT(server, IsOk());
  ASSERT_NE((*server)->health_port(), 0);
  EXPECT_TRUE(CallFlush(ChannelTo(**server)).ok());
  EXPECT_TRUE(CheckHealth((*server)->health_port()).ok());
  const auto channel =
      grpc::CreateChannel("127.0.0.1:" + std::to_string((*server)->health_port()), grpc::InsecureChannelCredentials());
  EXPECT_EQ(CallFlush(channel).error_code(), grpc::StatusCode::UNIMPLEMENTED);
}

TEST(Server, AHealthPortThatIsTakenIsNamed) {
  config::v1::ServerConfig config = Loopback();
  config.set_health_listen("127.0.0.1:0");
  const auto first = Server::Start(config, {});
  ASSERT_THAT(first, IsOk());
  config.set_health_listen("127.0.0.1:" + std::to_string((*first)->health_port()));
  EXPECT_THAT(Server::Start(config, {}).status(),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("server.health_listen")));
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

#include "common/rpc/channel.h"

#include <memory>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/server/server.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tintinh/v1/indexer_service.grpc.pb.h"

namespace tintinh {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

config::v1::PeerConfig Peer(const char* target) {
  config::v1::PeerConfig peer;
  peer.set_target(target);
  return peer;
}

TEST(Channel, LoopbackIsRecognisedInEverySpelling) {
  for (const char* target : {"localhost:1", "127.0.0.1:1", "127.8.9.10:1", "[::1]:1", "dns:///localhost:1", "unix:/x",
                             "ipv4:127.0.0.1:1,127.0.0.2:1"}) {
    EXPECT_TRUE(IsLoopback(target)) << target;
  }
  for (const char* target :
       {"10.0.0.1:1", "example.vn:1", "127.0.0.1.example.vn:1", "[::2]:1", "", "ipv4:127.0.0.1:1,10.0.0.1:1"}) {
    EXPECT_FALSE(IsLoopback(target)) << target;
  }
}

TEST(Channel, PlaintextBeyondLoopbackIsRefused) {
  EXPECT_THAT(Connect(Peer("127.0.0.1:1")), IsOk());
  EXPECT_THAT(Connect(Peer("indexer.example.vn:7310")).status(),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("indexer.example.vn:7310")));
  EXPECT_THAT(Connect(Peer("")).status(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("target")));
}

TEST(Channel, AMissingCaIsNamed) {
  config::v1::PeerConfig peer = Peer("indexer.example.vn:7310");
  peer.set_ca("/nonexistent/ca.pem");
  EXPECT_THAT(Connect(peer).status(), StatusIs(absl::StatusCode::kNotFound, HasSubstr("/nonexistent/ca.pem")));
}

TEST(Channel, EveryCallHasADeadlineAndWaitsForAConnection) {
  grpc::ClientContext context;
  PrepareContext(context, absl::Seconds(5));
  EXPECT_LT(context.deadline(), std::chrono::system_clock::now() + std::chrono::seconds(6));
}

// Answers every status request with its own number of shards, to be told from another.
class Numbered final : public v1::IndexerService::Service {
 public:
  explicit Numbered(int number) : number_(number) {}
  grpc::Status GetIndexStatus(grpc::ServerContext* /*context*/, const v1::GetIndexStatusRequest* /*request*/,
                              v1::GetIndexStatusResponse* response) override {
    for (int i = 0; i < number_; ++i) response->add_shards();
    return grpc::Status::OK;
  }

 private:
  const int number_;
};

std::unique_ptr<Server> Serve(Numbered& service) {
  config::v1::ServerConfig config;
  config.set_listen("127.0.0.1:0");
  config.set_max_threads(4);
  config.set_max_message_bytes(1 << 20);
  auto server = Server::Start(config, {&service});
  EXPECT_THAT(server, IsOk());
  return *std::move(server);
}

// Which server answered.
int Ask(v1::IndexerService::StubInterface& stub) {
  grpc::ClientContext context;
  PrepareContext(context, absl::Seconds(20));
  v1::GetIndexStatusResponse response;
  const grpc::Status status = stub.GetIndexStatus(&context, {}, &response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  return response.shards_size();
}

TEST(Channel, CallsGoRoundTheServersOfATargetAndNoneFailsWhenOneIsGone) {
  Numbered one(1);
  Numbered two(2);
  std::unique_ptr<Server> first = Serve(one);
  const std::unique_ptr<Server> second = Serve(two);
  const auto channel =
      Connect(Peer(absl::StrCat("ipv4:127.0.0.1:", first->port(), ",127.0.0.1:", second->port()).c_str()));
  ASSERT_THAT(channel, IsOk());
  const auto stub = v1::IndexerService::NewStub(*channel);
  std::set<int> answered;
  while (answered.size() < 2) answered.insert(Ask(*stub));
  first.reset();
  for (int i = 0; i < 20; ++i) EXPECT_EQ(Ask(*stub), 2);
}

}  // namespace
}  // namespace tintinh

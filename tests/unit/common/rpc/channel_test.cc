#include "common/rpc/channel.h"

#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

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
  for (const char* target :
       {"localhost:1", "127.0.0.1:1", "127.8.9.10:1", "[::1]:1", "dns:///localhost:1", "unix:/x"}) {
    EXPECT_TRUE(IsLoopback(target)) << target;
  }
  for (const char* target : {"10.0.0.1:1", "example.vn:1", "127.0.0.1.example.vn:1", "[::2]:1", ""}) {
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

}  // namespace
}  // namespace tintinh

#include "services/indexer/checkpoint/bootstrap.h"

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "services/indexer/layout/data_layout.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/services/indexer/checkpoint/checkpoint_files.h"
#include "tintinh/v1/indexer_service.grpc.pb.h"

namespace tintinh::indexer {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

// Streams of a directory that break after so many messages.
class BreakingPeer final : public v1::IndexerService::Service {
 public:
  explicit BreakingPeer(std::string directory) : directory_(std::move(directory)) {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port_);
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
  }
  ~BreakingPeer() override { server_->Shutdown(); }

  grpc::Status StreamCheckpoint(grpc::ServerContext* /*context*/, const v1::StreamCheckpointRequest* request,
                                grpc::ServerWriter<v1::StreamCheckpointResponse>* writer) override {
    ++streams_;
    if (busy_ > 0 && busy_-- > 0)
      return {grpc::StatusCode::RESOURCE_EXHAUSTED, "2 streams of checkpoints are under way"};
    int sent = 0;
    for (const v1::StreamCheckpointResponse& message : Messages(directory_, *request)) {
      if (sent++ == messages_a_stream_) return {grpc::StatusCode::UNAVAILABLE, "broken"};
      writer->Write(message);
    }
    return grpc::Status::OK;
  }

  std::shared_ptr<grpc::Channel> Channel() const {
    return grpc::CreateChannel(absl::StrCat("127.0.0.1:", port_), grpc::InsecureChannelCredentials());
  }
  void RefuseFirst(int streams) { busy_ = streams; }
  void BreakAfter(int messages) { messages_a_stream_ = messages; }
  int streams() const { return streams_; }

 private:
  const std::string directory_;
  std::atomic<int> messages_a_stream_ = -1;
  std::atomic<int> streams_ = 0;
  std::atomic<int> busy_ = 0;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

class BootstrapTest : public ::testing::Test {
 protected:
  BootstrapTest() {
    WriteFiles(from_, SampleFiles());
    std::filesystem::create_directories(plan_.data_directory);
  }

  std::string Shard(uint32_t shard) const { return ShardDirectory(plan_.data_directory, shard); }

  const testing::TempDir dir_;
  const std::string from_ = dir_.path() + "/from";
  const BootstrapPlan plan_ = {dir_.path() + "/data", 2, absl::Seconds(10), absl::ZeroDuration(), {0, 1}};
};

TEST_F(BootstrapTest, ShardsThatAreMissingAreCopiedAndOthersLeftAlone) {
  WriteFiles(Shard(0), {{"ours", "kept"}});
  BreakingPeer peer(from_);
  ASSERT_THAT(FetchMissingShards(plan_, peer.Channel()), IsOk());
  EXPECT_EQ(ReadFiles(Shard(0)), (Files{{"ours", "kept"}}));
  EXPECT_EQ(ReadFiles(Shard(1)), SampleFiles());
  ASSERT_THAT(FetchMissingShards(plan_, peer.Channel()), IsOk());
  EXPECT_EQ(peer.streams(), 1);
}

TEST_F(BootstrapTest, StreamsThatBreakGoOn) {
  WriteFiles(Shard(0), {{"ours", "kept"}});
  BreakingPeer peer(from_);
  peer.BreakAfter(3);
  // The last three files may change: they come in one stream or again and again.
  const absl::Status broken = FetchMissingShards(plan_, peer.Channel());
  EXPECT_THAT(broken, StatusIs(absl::StatusCode::kUnavailable, HasSubstr("broken")));
  EXPECT_FALSE(std::filesystem::exists(Shard(1))) << "never in part";
  const int before = peer.streams();
  peer.BreakAfter(-1);
  ASSERT_THAT(FetchMissingShards(plan_, peer.Channel()), IsOk());
  EXPECT_EQ(peer.streams(), before + 1);
  EXPECT_EQ(ReadFiles(Shard(1)), SampleFiles());
}

TEST_F(BootstrapTest, APeerThatGivesToOthersFirstIsWaitedFor) {
  WriteFiles(Shard(0), {{"ours", "kept"}});
  BreakingPeer peer(from_);
  peer.RefuseFirst(20);
  ASSERT_THAT(FetchMissingShards(plan_, peer.Channel()), IsOk());
  EXPECT_EQ(peer.streams(), 21);
  EXPECT_EQ(ReadFiles(Shard(1)), SampleFiles());
}

TEST_F(BootstrapTest, ABusyPeerIsNeverTakenForAFullDisk) {
  BreakingPeer peer(from_);
  peer.RefuseFirst(1'000'000);
  EXPECT_THAT(FetchMissingShards(plan_, peer.Channel()),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("under way")));
}

TEST_F(BootstrapTest, WhatIsGivenUpLeavesNothing) {
  BreakingPeer peer(from_);
  peer.BreakAfter(3);
  ASSERT_FALSE(FetchMissingShards(plan_, peer.Channel()).ok());
  ASSERT_TRUE(std::filesystem::exists(Shard(0) + ".incoming"));
  RemoveUnfinished(plan_);
  EXPECT_FALSE(std::filesystem::exists(Shard(0) + ".incoming"));
}

TEST_F(BootstrapTest, NobodyThereIsSaidInTime) {
  const BootstrapPlan plan = {plan_.data_directory, 1, absl::Milliseconds(50), absl::Seconds(1), {0}};
  const auto nobody = grpc::CreateChannel("127.0.0.1:1", grpc::InsecureChannelCredentials());
  EXPECT_THAT(FetchMissingShards(plan, nobody), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("nobody answers")));
  EXPECT_FALSE(std::filesystem::exists(Shard(0)));
}

TEST_F(BootstrapTest, AnIndexOfAnotherNumberOfShardsIsRefused) {
  BreakingPeer peer(from_);
  const BootstrapPlan plan = {plan_.data_directory, 3, absl::Seconds(10), absl::Seconds(1), {0, 1, 2}};
  EXPECT_THAT(FetchMissingShards(plan, peer.Channel()),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("has 2 shards, this one 3")));
  EXPECT_EQ(peer.streams(), 1) << "asking again would not help";
}

}  // namespace
}  // namespace tintinh::indexer

#include "services/indexer/checkpoint/checkpoint_receiver.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "common/digest/crc32c.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/services/indexer/checkpoint/checkpoint_files.h"

namespace tintinh::indexer {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

class CheckpointReceiverTest : public ::testing::Test {
 protected:
  CheckpointReceiverTest() : from_(dir_.path() + "/from"), to_(dir_.path() + "/to") {
    WriteFiles(from_, SampleFiles());
  }

  std::unique_ptr<CheckpointReceiver> Open() {
    auto receiver = CheckpointReceiver::Open(to_);
    EXPECT_THAT(receiver, IsOk());
    return *std::move(receiver);
  }

  // The first `count` messages of what it asks for.
  void Feed(CheckpointReceiver& receiver, size_t count = SIZE_MAX, const std::string& source = "nguon") {
    size_t fed = 0;
    for (const auto& message : Messages(from_, receiver.Request(0), source)) {
      if (fed++ == count) return;
      ASSERT_THAT(receiver.Take(message), IsOk());
    }
  }

  const testing::TempDir dir_;
  const std::string from_;
  const std::string to_;
};

TEST_F(CheckpointReceiverTest, HoldsWhatWasSentAndNothingElse) {
  WriteFiles(to_, {{"la.txt", "left by somebody"}, {"000099.sst", "of another time"}});
  const auto receiver = Open();
  Feed(*receiver);
  ASSERT_THAT(receiver->Finish(), IsOk());
  EXPECT_EQ(ReadFiles(to_), SampleFiles());
}

TEST_F(CheckpointReceiverTest, GoesOnWhereABrokenStreamEndedWhereverThatWas) {
  const size_t all = Messages(from_, {}).size();
  uint64_t total = 0;
  for (const auto& [name, bytes] : SampleFiles()) total += bytes.size();
  for (size_t broken_at = 1; broken_at < all; ++broken_at) {
    std::filesystem::remove_all(to_);
    const auto receiver = Open();
    Feed(*receiver, broken_at);
    EXPECT_THAT(receiver->Finish(), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("ended without")));
    Feed(*receiver);
    ASSERT_THAT(receiver->Finish(), IsOk());
    EXPECT_EQ(ReadFiles(to_), SampleFiles());
    EXPECT_LE(receiver->received_bytes(), total + 17) << "only what may have changed came twice";
  }
}

TEST_F(CheckpointReceiverTest, AfterAKillWholeTablesAreNotFetchedAgain) {
  Feed(*Open(), 4);  // the manifest, a table of one piece, two pieces of another
  const auto receiver = Open();
  const v1::StreamCheckpointRequest request = receiver->Request(0);
  ASSERT_EQ(request.held_size(), 1);
  EXPECT_EQ(request.held(0).name(), "000011.sst");
  EXPECT_EQ(request.source(), "nguon");
  Feed(*receiver);
  ASSERT_THAT(receiver->Finish(), IsOk());
  EXPECT_EQ(ReadFiles(to_), SampleFiles());
}

TEST_F(CheckpointReceiverTest, AnotherSourceStartsFromNothing) {
  const auto receiver = Open();
  Feed(*receiver, 4);
  WriteFiles(from_, {{"000011.sst", "other bytes under the same name"}});
  Feed(*receiver, SIZE_MAX, "khac");
  ASSERT_THAT(receiver->Finish(), IsOk());
  EXPECT_EQ(ReadFiles(to_), ReadFiles(from_));
}

TEST_F(CheckpointReceiverTest, WhatDoesNotFitIsRefusedAndNamed) {
  v1::StreamCheckpointResponse good;
  good.set_file("CURRENT");
  good.set_data("MANIFEST-000005\n");
  good.set_crc32c(Crc32c(good.data()));
  const auto refused = [this](v1::StreamCheckpointResponse chunk, const std::string& why) {
    const auto receiver = Open();
    Feed(*receiver, 1);
    EXPECT_THAT(receiver->Take(chunk), StatusIs(absl::StatusCode::kDataLoss, HasSubstr(why)));
  };
  v1::StreamCheckpointResponse bad = good;
  bad.set_file("../CURRENT");
  refused(bad, "\"../CURRENT\" at 0: the manifest does not name it");
  bad = good;
  bad.set_crc32c(1);
  refused(bad, "its checksum is another");
  bad = good;
  bad.set_offset(4);
  refused(bad, "at 4: 0 bytes of it are here");
  bad = good;
  bad.mutable_data()->append("more");
  bad.set_crc32c(Crc32c(bad.data()));
  refused(bad, "it has 16 bytes");
}

TEST_F(CheckpointReceiverTest, NamesThatAreNoFileNamesAreRefused) {
  for (const std::string& name :
       std::vector<std::string>{"", "..", ".source", "a/b", "/etc/passwd", "a\nb", "x.part", std::string(129, 'a')}) {
    v1::StreamCheckpointResponse message;
    message.mutable_manifest()->set_source("nguon");
    message.mutable_manifest()->add_files()->set_name(name);
    EXPECT_THAT(Open()->Take(message), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("no name of a file")));
  }
  v1::StreamCheckpointResponse twice;
  twice.mutable_manifest()->set_source("nguon");
  for (int i = 0; i < 2; ++i) twice.mutable_manifest()->add_files()->set_name("a");
  EXPECT_THAT(Open()->Take(twice), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("named twice")));
}

TEST_F(CheckpointReceiverTest, ACopyLargerThanTheDiskIsRefusedBeforeAnythingIsWritten) {
  v1::StreamCheckpointResponse message;
  message.mutable_manifest()->set_source("nguon");
  for (const char* name : {"1.sst", "2.sst"}) {
    v1::CheckpointFile& file = *message.mutable_manifest()->add_files();
    file.set_name(name);
    file.set_bytes(UINT64_MAX - 1);
  }
  EXPECT_THAT(Open()->Take(message), StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("the disk of")));
}

}  // namespace
}  // namespace tintinh::indexer

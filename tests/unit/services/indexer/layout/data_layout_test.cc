#include "services/indexer/layout/data_layout.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace tintinh::indexer {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;
using testing::TempDir;

void WriteFile(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

TEST(DataLayout, NamesShardsAndCheckpoints) {
  EXPECT_EQ(ShardDirectory("/d", 7), "/d/shard-007");
  EXPECT_EQ(ShardDirectory("/d", 255), "/d/shard-255");
  EXPECT_EQ(CheckpointDirectory("/d", "x"), "/d/checkpoints/x");
}

TEST(DataLayout, AnotherShardCountIsRefusedNamingBoth) {
  TempDir dir;
  const std::string data = dir.path() + "/new/data";
  ASSERT_THAT(PrepareDataDirectory(data, {.shards = 2}), IsOk());
  EXPECT_THAT(PrepareDataDirectory(data, {.shards = 2}), IsOk());
  EXPECT_THAT(PrepareDataDirectory(data, {.shards = 4}),
              StatusIs(absl::StatusCode::kFailedPrecondition, AllOf(HasSubstr("shards: 2"), HasSubstr("shards: 4"))));
}

TEST(DataLayout, AnotherLogIsRefusedNamingBoth) {
  const testing::TempDir dir;
  const std::string data = dir.path() + "/data";
  ASSERT_THAT(PrepareDataDirectory(data, {.shards = 2, .log = "kafka tin"}), IsOk());
  EXPECT_THAT(PrepareDataDirectory(data, {.shards = 2, .log = "kafka tin"}), IsOk());
  EXPECT_THAT(PrepareDataDirectory(data, {.shards = 2}),
              StatusIs(absl::StatusCode::kFailedPrecondition, AllOf(HasSubstr("kafka tin"), HasSubstr("embedded"))));
}

config::v1::IndexerConfig Held(const std::vector<uint32_t>& shards) {
  config::v1::IndexerConfig config;
  config.set_shards(4);
  config.mutable_kafka()->add_brokers("127.0.0.1:1");
  config.mutable_kafka()->set_topic("tin");
  config.mutable_held_shards()->Add(shards.begin(), shards.end());
  return config;
}

TEST(DataLayout, NotesWhichShardsAreHereAndTakesUpOthers) {
  const testing::TempDir dir;
  ASSERT_THAT(PrepareDataDirectory(dir.path(), *LayoutOf(Held({2, 0}))), IsOk());
  EXPECT_EQ(ReadLayout(dir.path())->held, (std::vector<uint32_t>{0, 2}));
  ASSERT_THAT(PrepareDataDirectory(dir.path(), *LayoutOf(Held({0, 2, 3}))), IsOk());
  EXPECT_EQ(ReadLayout(dir.path())->held, (std::vector<uint32_t>{0, 2, 3}));
  ASSERT_THAT(PrepareDataDirectory(dir.path(), *LayoutOf(Held({}))), IsOk());
  EXPECT_EQ(ReadLayout(dir.path())->held, (std::vector<uint32_t>{0, 1, 2, 3}));
}

TEST(DataLayout, ShardsToHoldAreRefusedNamingTheFieldAndTheValue) {
  EXPECT_THAT(LayoutOf(Held({0, 4})).status(),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("held_shards: 4 is none of the 4 shards")));
  EXPECT_THAT(LayoutOf(Held({1, 1})).status(),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("held_shards: 1 is named twice")));
  config::v1::IndexerConfig embedded = Held({1});
  embedded.clear_kafka();
  EXPECT_THAT(LayoutOf(embedded).status(),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("kafka.brokers is empty")));
}

TEST(DataLayout, GoldenFileOfVersion1) {
  TempDir dir;
  WriteFile(dir.path() + "/LAYOUT", "version 1\nshards 3\n");
  EXPECT_THAT(PrepareDataDirectory(dir.path(), {.shards = 3}), IsOk());
}

TEST(DataLayout, AnotherVersionIsRefusedNamingBothAndTheRemedy) {
  TempDir dir;
  WriteFile(dir.path() + "/LAYOUT", "version 2\nshards 3\n");
  EXPECT_THAT(PrepareDataDirectory(dir.path(), {.shards = 3}),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       AllOf(HasSubstr("version 2"), HasSubstr("knows 1"), HasSubstr("rebuild the index"))));
}

TEST(DataLayout, ADamagedLayoutIsDataLoss) {
  TempDir dir;
  for (const char* text :
       {"", "version 1\n", "shards 1\nversion 1\n", "version 1\nshards x\n", "version 1\nshards 1"}) {
    WriteFile(dir.path() + "/LAYOUT", text);
    EXPECT_THAT(PrepareDataDirectory(dir.path(), {.shards = 1}),
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr("damaged")));
  }
}

TEST(DataLayout, ShardsWithoutLayoutAreDataLoss) {
  TempDir dir;
  std::filesystem::create_directory(ShardDirectory(dir.path(), 0));
  EXPECT_THAT(PrepareDataDirectory(dir.path(), {.shards = 1}),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("no LAYOUT")));
}

TEST(DataLayout, ADirectoryThatCannotBeMadeIsRefused) {
  TempDir dir;
  WriteFile(dir.path() + "/file", "");
  EXPECT_THAT(PrepareDataDirectory(dir.path() + "/file/data", {.shards = 1}),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("make data directory")));
}

}  // namespace
}  // namespace tintinh::indexer

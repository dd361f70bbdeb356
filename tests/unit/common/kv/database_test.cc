#include "common/kv/database.h"

#include <filesystem>

#include "common/kv/key.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace tintinh::kv {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::IsOkAndHolds;
using ::testing::Optional;
using testing::StatusIs;
using testing::TempDir;

DatabaseOptions Options(const TempDir& dir) {
  return {.directory = dir.path() + "/a/db", .column_families = {{.name = "things"}, {.name = "more"}}};
}

std::unique_ptr<Database> OpenOrDie(const DatabaseOptions& options) {
  auto database = Database::Open(options);
  EXPECT_THAT(database, IsOk());
  return *std::move(database);
}

void PutNow(Database& database, absl::string_view key, absl::string_view value) {
  WriteBatch batch;
  database.Put(batch, "things", key, value);
  EXPECT_THAT(database.Write(std::move(batch), Durability::kSynced), IsOk());
}

TEST(Database, KeepsWhatWasWrittenAcrossReopening) {
  TempDir dir;
  PutNow(*OpenOrDie(Options(dir)), "k", "v");
  const auto database = OpenOrDie(Options(dir));
  EXPECT_THAT(database->Get("things", "k"), IsOkAndHolds(Optional(std::string("v"))));
  EXPECT_THAT(database->Get("more", "k"), IsOkAndHolds(std::nullopt));
}

TEST(Database, ASecondProcessIsToldTheDirectoryIsInUse) {
  TempDir dir;
  const auto database = OpenOrDie(Options(dir));
  EXPECT_THAT(Database::Open(Options(dir)).status(),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("in use")));
}

TEST(Database, ScanVisitsAHalfOpenRangeInOrderUntilToldToStop) {
  TempDir dir;
  const auto database = OpenOrDie(Options(dir));
  for (const char* key : {"d", "b", "a", "c"}) PutNow(*database, key, key);
  std::string seen;
  EXPECT_THAT(database->Scan("things", "b", "d",
                             [&seen](absl::string_view key, absl::string_view) {
                               seen.append(key.data(), key.size());
                               return true;
                             }),
              IsOk());
  EXPECT_EQ(seen, "bc");
  int visits = 0;
  EXPECT_THAT(
      database->Scan("things", "", "", [&visits](absl::string_view, absl::string_view) { return ++visits < 2; }),
      IsOk());
  EXPECT_EQ(visits, 2);
}

TEST(Database, DeleteRangeRemovesAHalfOpenRange) {
  TempDir dir;
  const auto database = OpenOrDie(Options(dir));
  for (const char* key : {"a", "b", "c", "d"}) PutNow(*database, key, key);
  WriteBatch batch;
  database->DeleteRange(batch, "things", "b", "d");
  ASSERT_THAT(database->Write(std::move(batch), Durability::kBuffered), IsOk());
  EXPECT_THAT(database->Get("things", "a"), IsOkAndHolds(Optional(std::string("a"))));
  EXPECT_THAT(database->Get("things", "b"), IsOkAndHolds(std::nullopt));
  EXPECT_THAT(database->Get("things", "c"), IsOkAndHolds(std::nullopt));
  EXPECT_THAT(database->Get("things", "d"), IsOkAndHolds(Optional(std::string("d"))));
}

TEST(Database, LastFindsTheGreatestKeyOfARange) {
  TempDir dir;
  const auto database = OpenOrDie(Options(dir));
  for (const char* key : {"a1", "a2", "b1"}) PutNow(*database, key, "v");
  const auto last = database->Last("things", "a", "b");
  ASSERT_THAT(last, IsOk());
  ASSERT_TRUE(last->has_value());
  EXPECT_EQ((*last)->first, "a2");
  EXPECT_THAT(database->Last("things", "c", ""), IsOkAndHolds(std::nullopt));
}

TEST(Database, ACheckpointOpensAsADatabaseOfItsOwn) {
  TempDir dir;
  const auto database = OpenOrDie(Options(dir));
  PutNow(*database, "k", "v");
  DatabaseOptions copy = Options(dir);
  copy.directory = dir.path() + "/copy";
  ASSERT_THAT(database->Checkpoint(copy.directory), IsOk());
  PutNow(*database, "k", "later");
  EXPECT_THAT(OpenOrDie(copy)->Get("things", "k"), IsOkAndHolds(Optional(std::string("v"))));
}

TEST(Key, BigEndianKeysSortAsTheirNumbers) {
  std::string small;
  std::string large;
  AppendBigEndian<uint32_t>(255, small);
  AppendBigEndian<uint32_t>(256, large);
  EXPECT_LT(small, large);
  EXPECT_EQ(ReadBigEndian<uint32_t>(large), 256u);
}

}  // namespace
}  // namespace tintinh::kv

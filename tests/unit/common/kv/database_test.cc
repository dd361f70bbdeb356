#include "common/kv/database.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/kv/key.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace tintinh::kv {
namespace {

using ::testing::ElementsAre;
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

TEST(Database, ReadOnlyReadsAndMakesAndWritesNothing) {
  TempDir dir;
  DatabaseOptions options = Options(dir);
  options.read_only = true;
  EXPECT_FALSE(Database::Open(options).ok());
  EXPECT_FALSE(std::filesystem::exists(options.directory));
  PutNow(*OpenOrDie(Options(dir)), "k", "v");
  const auto database = OpenOrDie(options);
  EXPECT_THAT(database->Get("things", "k"), IsOkAndHolds(Optional(std::string("v"))));
  EXPECT_THAT(database->VerifyChecksums(), IsOk());
  WriteBatch batch;
  database->Put(batch, "things", "k", "w");
  EXPECT_FALSE(database->Write(std::move(batch), Durability::kSynced).ok());
}

TEST(Database, GetManyAnswersForEachKeyInTheOrderAsked) {
  TempDir dir;
  const auto database = OpenOrDie(Options(dir));
  PutNow(*database, "b", "2");
  PutNow(*database, "a", "1");
  const std::vector<absl::string_view> keys = {"b", "không có", "a", "b"};
  EXPECT_THAT(database->GetMany("things", keys),
              IsOkAndHolds(ElementsAre(Optional(std::string("2")), std::nullopt, Optional(std::string("1")),
                                       Optional(std::string("2")))));
  EXPECT_THAT(database->GetMany("things", {}), IsOkAndHolds(::testing::IsEmpty()));
}

TEST(Database, ASecondProcessIsToldTheDirectoryIsInUse) {
  TempDir dir;
  const auto database = OpenOrDie(Options(dir));
  EXPECT_THAT(Database::Open(Options(dir)).status(),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("in use")));
}

class AccessTest : public ::testing::TestWithParam<std::pair<Access, Access>> {};

// Whatever holds the writes, and wherever they have got to: in memory, in the log of a process that ended, in files.
TEST_P(AccessTest, ReadsWhatWasWritten) {
  TempDir dir;
  DatabaseOptions options = Options(dir);
  options.column_families[0].access = GetParam().first;
  options.column_families[0].compression = Compression::kZstdAtRest;
  options.column_families[0].bloom_filter = true;
  options.column_families[1].access = GetParam().second;
  options.column_families[1].write_buffer_bytes = 64 * 1024;  // so that files are written
  for (int round = 0; round < 3; ++round) {
    const auto database = OpenOrDie(options);
    WriteBatch batch;
    for (int i = 0; i < 500; ++i) {
      const std::string number = std::to_string(round * 500 + i);
      database->Put(batch, "things", "https://k/" + number, number);
      for (const char* host : {"a", "ab", "b"}) {
        database->Put(batch, "more", std::string(host) + '\0' + '\1' + std::string(100, 'x') + number, "");
      }
    }
    database->Put(batch, "things", "ngắn", "");
    database->Delete(batch, "things", "https://k/" + std::to_string(round));
    ASSERT_THAT(database->Write(std::move(batch), Durability::kBuffered), IsOk());
  }
  const auto database = OpenOrDie(options);
  EXPECT_THAT(database->Get("things", "https://k/3"), IsOkAndHolds(Optional(std::string("3"))));
  EXPECT_THAT(database->Get("things", "https://k/1499"), IsOkAndHolds(Optional(std::string("1499"))));
  EXPECT_THAT(database->Get("things", "https://k/1"), IsOkAndHolds(std::nullopt));
  EXPECT_THAT(database->Get("things", "ngắn"), IsOkAndHolds(Optional(std::string())));
  EXPECT_THAT(database->Get("things", "none"), IsOkAndHolds(std::nullopt));
  std::vector<std::string> seen;
  const std::string prefix = std::string("ab") + '\0' + '\1';
  const std::string end = std::string("ab") + '\0' + '\2';
  EXPECT_THAT(database->Scan("more", prefix, end,
                             [&seen](absl::string_view key, absl::string_view) {
                               seen.emplace_back(key);
                               return true;
                             }),
              IsOk());
  EXPECT_EQ(seen.size(), 1500u);
  EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
}

INSTANTIATE_TEST_SUITE_P(Database, AccessTest,
                         ::testing::Values(std::make_pair(Access::kOrdered, Access::kOrdered),
                                           std::make_pair(Access::kPoint, Access::kWithinPrefix),
                                           std::make_pair(Access::kByOrigin, Access::kWithinPrefix)));

class HashedTest : public ::testing::TestWithParam<Access> {};

// Of a family that holds new writes by hash: some in memory, some in files, over each other.
TEST_P(HashedTest, IsScannedInOrderToo) {
  TempDir dir;
  DatabaseOptions options = Options(dir);
  options.column_families[0].access = GetParam();
  options.column_families[0].bloom_filter = true;
  options.column_families[0].write_buffer_bytes = 64 * 1024;  // so that files are written
  const auto database = OpenOrDie(options);
  for (int i = 0; i < 3000; ++i) PutNow(*database, "k" + std::to_string(i * 7 % 3000), std::string(100, 'x'));
  PutNow(*database, "k15", "newer");
  std::vector<std::string> keys;
  std::string newest;
  const auto take = [&](absl::string_view key, absl::string_view value) {
    keys.emplace_back(key);
    if (key == "k15") newest = std::string(value);
    return true;
  };
  ASSERT_THAT(database->Scan("things", "", "", take), IsOk());
  EXPECT_EQ(keys.size(), 3000u);
  EXPECT_TRUE(std::is_sorted(keys.begin(), keys.end()));
  EXPECT_EQ(newest, "newer");
  keys.clear();
  ASSERT_THAT(database->Scan("things", "k1499x", "k1502", take), IsOk()) << "from a key that is not there";
  EXPECT_THAT(keys, ::testing::ElementsAre("k15", "k150", "k1500", "k1501"));
  EXPECT_EQ((*database->Last("things", "", "k1500x"))->first, "k1500");
}

INSTANTIATE_TEST_SUITE_P(Database, HashedTest, ::testing::Values(Access::kPoint, Access::kByOrigin));

TEST(Database, UrlsOfManyOriginsAreFoundAndScannedAcrossThem) {
  TempDir dir;
  DatabaseOptions options = Options(dir);
  options.column_families[0].access = Access::kByOrigin;
  options.column_families[0].bloom_filter = true;
  options.column_families[0].write_buffer_bytes = 64 * 1024;
  const auto url = [](int i) { return absl::StrCat("https://bao", i % 40, ".vn/tin-", i, ".htm"); };
  std::vector<std::string> expected;
  {
    const auto database = OpenOrDie(options);
    for (int i = 0; i < 2000; ++i) PutNow(*database, url(i), std::string(100, 'x'));
    for (const std::string odd : {"https://bao1.vn", "http://bao1.vn/", "https:///", "//", ""}) {
      PutNow(*database, odd, "odd");
      expected.push_back(odd);
    }
  }
  for (int i = 0; i < 2000; ++i) expected.push_back(url(i));
  std::sort(expected.begin(), expected.end());
  const auto database = OpenOrDie(options);
  std::vector<std::string> seen;
  ASSERT_THAT(database->Scan("things", "", "",
                             [&seen](absl::string_view key, absl::string_view) {
                               seen.emplace_back(key);
                               return true;
                             }),
              IsOk());
  EXPECT_EQ(seen, expected);
  EXPECT_THAT(database->Get("things", "https://bao1.vn"), IsOkAndHolds(Optional(std::string("odd"))));
  EXPECT_THAT(database->Get("things", "https://bao1.vn/"), IsOkAndHolds(std::nullopt));
  for (int i = 0; i < 2000; ++i) ASSERT_THAT(database->Get("things", url(i)), IsOkAndHolds(Optional(::testing::_)));
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

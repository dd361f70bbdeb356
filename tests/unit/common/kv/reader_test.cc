#include "common/kv/reader.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace tintinh::kv {
namespace {

using testing::IsOk;
using testing::IsOkAndHolds;
using testing::TempDir;

class ReaderTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto opened = Database::Open({.directory = dir_.path() + "/db", .column_families = {{.name = "a"}}});
    ASSERT_THAT(opened, IsOk());
    db_ = *std::move(opened);
    WriteBatch batch;
    for (const char* key : {"c", "a", "b", "d"}) db_->Put(batch, "a", key, std::string(key) + "!");
    ASSERT_THAT(db_->Write(std::move(batch), Durability::kBuffered), IsOk());
  }

  TempDir dir_;
  std::unique_ptr<Database> db_;
};

TEST_F(ReaderTest, APinnedValueHoldsWhatWasLoadedLast) {
  PinnedValue value;
  EXPECT_THAT(value.Load(*db_, "a", "b"), IsOkAndHolds(true));
  EXPECT_EQ(value.view(), "b!");
  EXPECT_THAT(value.Load(*db_, "a", "c"), IsOkAndHolds(true));
  EXPECT_EQ(value.view(), "c!");
  EXPECT_THAT(value.Load(*db_, "a", "x"), IsOkAndHolds(false));
}

TEST_F(ReaderTest, ARangeIsReadInOrderOnOneSnapshot) {
  RangeReader reader(*db_, "a", "b", "d");
  WriteBatch batch;
  db_->Put(batch, "a", "bb", "new");
  ASSERT_THAT(db_->Write(std::move(batch), Durability::kBuffered), IsOk());
  std::string read;
  for (; reader.Valid(); reader.Next()) read += std::string(reader.key()) + "=" + std::string(reader.value()) + " ";
  EXPECT_EQ(read, "b=b! c=c! ");
  EXPECT_THAT(reader.status(), IsOk());
}

}  // namespace
}  // namespace tintinh::kv

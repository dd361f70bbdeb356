#include "common/kv/rocksdb_status.h"

#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace tintinh::kv {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

TEST(RocksDbStatus, NamesTheOperationAndKeepsTheMeaning) {
  EXPECT_THAT(FromRocksDb(rocksdb::Status::OK(), "read"), IsOk());
  EXPECT_THAT(FromRocksDb(rocksdb::Status::Corruption("bad block"), "read terms"),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("read terms")));
  EXPECT_THAT(FromRocksDb(rocksdb::Status::NoSpace("disk"), "write"),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("write")));
}

}  // namespace
}  // namespace tintinh::kv

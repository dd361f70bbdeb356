#include "common/kv/engine_log.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rocksdb/env.h"

namespace tintinh::kv {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(EngineLog, WarningsReachTheLogOfTheProcessAndTheRestDoesNot) {
  const auto log = EngineLog();
  ::testing::internal::CaptureStderr();
  rocksdb::Log(rocksdb::InfoLogLevel::INFO_LEVEL, log, "quiet %d", 1);
  rocksdb::Log(rocksdb::InfoLogLevel::HEADER_LEVEL, log, "head %d", 2);
  rocksdb::Log(rocksdb::InfoLogLevel::ERROR_LEVEL, log, "loud %s", std::string(4000, 'x').c_str());
  const std::string out = ::testing::internal::GetCapturedStderr();
  EXPECT_THAT(out, AllOf(HasSubstr("loud xxx"), Not(HasSubstr("quiet")), Not(HasSubstr("head"))));
  EXPECT_LT(out.size(), 2000u);
}

}  // namespace
}  // namespace tintinh::kv

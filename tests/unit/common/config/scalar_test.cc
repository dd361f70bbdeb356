#include "common/config/scalar.h"

#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace tintinh {
namespace {

using ::testing::HasSubstr;
using testing::IsOkAndHolds;
using testing::StatusIs;

TEST(Scalar, BytesTakeBinaryUnits) {
  EXPECT_THAT(ParseBytes("512"), IsOkAndHolds(512u));
  EXPECT_THAT(ParseBytes("64KiB"), IsOkAndHolds(65536u));
  EXPECT_THAT(ParseBytes("2GiB"), IsOkAndHolds(2147483648u));
  for (const char* bad : {"", "KiB", "-1", "5MB", "99999999999999GiB"}) {
    EXPECT_THAT(ParseBytes(bad).status(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(bad))) << bad;
  }
}

TEST(Scalar, DurationsNeedAUnit) {
  EXPECT_THAT(ParseDuration("250ms"), IsOkAndHolds(absl::Milliseconds(250)));
  EXPECT_THAT(ParseDuration("2h30m"), IsOkAndHolds(absl::Minutes(150)));
  for (const char* bad : {"5", "soon", "inf"}) {
    EXPECT_THAT(ParseDuration(bad).status(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(bad))) << bad;
  }
}

TEST(Scalar, BoolsAreTrueOrFalseOnly) {
  EXPECT_THAT(ParseBool("true"), IsOkAndHolds(true));
  EXPECT_THAT(ParseBool("false"), IsOkAndHolds(false));
  EXPECT_THAT(ParseBool("yes").status(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("yes")));
}

}  // namespace
}  // namespace tintinh

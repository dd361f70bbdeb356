#include "common/article_log/article_log.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace tintinh::article_log {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::IsOkAndHolds;
using testing::StatusIs;

TEST(CheckedBytes, CountsPayloadsAndNamesTheOneThatIsTooLarge) {
  EXPECT_THAT(CheckedBytes({}), IsOkAndHolds(0u));
  EXPECT_THAT(CheckedBytes(std::vector<LogPayload>{{"a", "xã"}, {"b", std::string(kMaxPayloadBytes, 'x')}}),
              IsOkAndHolds(kMaxPayloadBytes + 3));
  EXPECT_THAT(CheckedBytes(std::vector<LogPayload>{{"lớn", std::string(kMaxPayloadBytes + 1, 'x')}}),
              StatusIs(absl::StatusCode::kInvalidArgument, AllOf(HasSubstr("lớn"), HasSubstr("16777217"))));
}

}  // namespace
}  // namespace tintinh::article_log

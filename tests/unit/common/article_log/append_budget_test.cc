#include "common/article_log/append_budget.h"

#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace tintinh::article_log {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

TEST(AppendBudget, RefusesCallsAboveTheLimitNamingItAndAdmitsAgainOnceOneEnds) {
  AppendBudget budget(2, 1000);
  ASSERT_THAT(budget.Take(1), IsOk());
  ASSERT_THAT(budget.Take(1), IsOk());
  EXPECT_THAT(budget.Take(1), StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("max_queued_appends is 2")));
  budget.Give(1);
  EXPECT_THAT(budget.Take(1), IsOk());
}

TEST(AppendBudget, RefusesBytesAboveTheLimitNamingIt) {
  AppendBudget budget(10, 100);
  ASSERT_THAT(budget.Take(60), IsOk());
  EXPECT_THAT(budget.Take(60), StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("exceed 100")));
  budget.Give(60);
  EXPECT_THAT(budget.Take(60), IsOk());
}

TEST(AppendBudget, ACallOfAnySizeIsAdmittedWhereNothingWaits) {
  AppendBudget budget(10, 100);
  EXPECT_THAT(budget.Take(1000), IsOk());
  EXPECT_THAT(budget.Take(1), StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("bytes")));
}

}  // namespace
}  // namespace tintinh::article_log

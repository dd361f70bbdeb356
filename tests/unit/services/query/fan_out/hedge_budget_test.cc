#include "services/query/fan_out/hedge_budget.h"

#include "gtest/gtest.h"

namespace tintinh::query {
namespace {

int SpendAll(HedgeBudget& budget) {
  int spent = 0;
  while (budget.Spend()) ++spent;
  return spent;
}

TEST(HedgeBudget, GivesOneForTenCallsAndSavesTen) {
  HedgeBudget budget;
  EXPECT_EQ(SpendAll(budget), 10);
  budget.Earn(9);
  EXPECT_FALSE(budget.Spend());
  budget.Earn(2);
  EXPECT_EQ(SpendAll(budget), 1);
  budget.GiveBack(2);
  EXPECT_EQ(SpendAll(budget), 2);
  budget.Earn(1'000'000);
  EXPECT_EQ(SpendAll(budget), 10);
}

}  // namespace
}  // namespace tintinh::query

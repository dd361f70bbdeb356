#include "services/query/permit/permit_pool.h"

#include <optional>
#include <utility>

#include "gtest/gtest.h"

namespace tintinh::query {
namespace {

TEST(PermitPool, RefusesBeyondItsSize) {
  PermitPool pool(2);
  const std::optional<Permit> first = pool.TryTake();
  const std::optional<Permit> second = pool.TryTake();
  EXPECT_TRUE(first.has_value());
  EXPECT_TRUE(second.has_value());
  EXPECT_FALSE(pool.TryTake().has_value());
}

TEST(PermitPool, APermitIsGivenBackOnceWhenItGoes) {
  PermitPool pool(1);
  {
    std::optional<Permit> permit = pool.TryTake();
    const Permit moved = std::move(*permit);
    permit.reset();
    EXPECT_FALSE(pool.TryTake().has_value());
  }
  const std::optional<Permit> again = pool.TryTake();
  EXPECT_TRUE(again.has_value());
  EXPECT_FALSE(pool.TryTake().has_value());
}

}  // namespace
}  // namespace tintinh::query

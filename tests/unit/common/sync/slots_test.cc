#include "common/sync/slots.h"

#include <memory>
#include <utility>

#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace tintinh {
namespace {

using testing::IsOk;
using testing::StatusIs;

TEST(Slots, RefuseWhoeverIsOneTooMany) {
  Slots slots("writes", 2);
  auto first = slots.Take();
  ASSERT_THAT(first, IsOk());
  auto kept = std::make_unique<Slots::Slot>(*std::move(first));
  const auto second = slots.Take();
  ASSERT_THAT(second, IsOk());
  EXPECT_THAT(slots.Take(),
              StatusIs(absl::StatusCode::kResourceExhausted, "2 writes are under way, at most 2 at once"));
  kept.reset();
  EXPECT_THAT(slots.Take(), IsOk());
}

TEST(Slots, OfNoNumberAreWithoutEnd) {
  Slots slots("writes", 0);
  const auto first = slots.Take();
  const auto second = slots.Take();
  EXPECT_THAT(first, IsOk());
  EXPECT_THAT(second, IsOk());
}

}  // namespace
}  // namespace tintinh

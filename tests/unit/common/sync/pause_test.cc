#include "common/sync/pause.h"

#include "absl/time/clock.h"
#include "gtest/gtest.h"

namespace tintinh {
namespace {

TEST(Pause, IsNeverShorterThanAsked) {
  const absl::Time begin = absl::Now();
  Pause(absl::Milliseconds(20));
  EXPECT_GE(absl::Now() - begin, absl::Milliseconds(20));
  Pause(absl::ZeroDuration());
  Pause(-absl::Seconds(1));
}

}  // namespace
}  // namespace tintinh

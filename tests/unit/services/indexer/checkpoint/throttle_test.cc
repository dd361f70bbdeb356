#include "services/indexer/checkpoint/throttle.h"

#include "gtest/gtest.h"
#include "tests/support/fake_clock.h"
#include "tests/support/status_matchers.h"

namespace tintinh::indexer {
namespace {

using testing::FakeClock;
using testing::IsOk;
using testing::StatusIs;

TEST(Throttle, LetsBytesPassAtItsRate) {
  FakeClock clock;
  int asked = 0;
  // Time passes only while it waits.
  Throttle throttle(
      1000,
      [&] {
        if (++asked % 2 == 0) clock.Advance(absl::Milliseconds(500));
        return true;
      },
      clock);
  const absl::Time begin = clock.Now();
  for (int i = 0; i < 10; ++i) ASSERT_THAT(throttle.Pass(2000), IsOk());
  EXPECT_GE(clock.Now() - begin, absl::Seconds(18)) << "the first piece goes at once";
  EXPECT_LE(clock.Now() - begin, absl::Seconds(21));
}

TEST(Throttle, OfNoRateOnlyAsksWhetherToGoOn) {
  const FakeClock clock;
  bool goes_on = true;
  Throttle throttle(
      0, [&goes_on] { return goes_on; }, clock);
  for (int i = 0; i < 1000; ++i) ASSERT_THAT(throttle.Pass(1 << 30), IsOk());
  goes_on = false;
  EXPECT_THAT(throttle.Pass(1), StatusIs(absl::StatusCode::kAborted, "the stream was ended"));
}

TEST(Throttle, IsEndedWhileItWaits) {
  FakeClock clock;
  int asked = 0;
  Throttle throttle(
      1, [&asked] { return ++asked < 4; }, clock);
  ASSERT_THAT(throttle.Pass(1'000'000), IsOk());
  EXPECT_THAT(throttle.Pass(1), StatusIs(absl::StatusCode::kAborted, "the stream was ended"));
}

}  // namespace
}  // namespace tintinh::indexer

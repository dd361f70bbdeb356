#include "common/metrics/metrics.h"

#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace tintinh {
namespace {

using ::testing::HasSubstr;

TEST(Metrics, TheSameNameAndLabelsAreOneSeries) {
  Metrics metrics;
  metrics.NewCounter("tintinh_pages_total", "pages", {{"site", "a"}}).Increment();
  metrics.NewCounter("tintinh_pages_total", "pages", {{"site", "a"}}).Increment(2);
  EXPECT_THAT(metrics.Text(), HasSubstr("tintinh_pages_total{site=\"a\"} 3"));
}

TEST(Metrics, AComputedGaugeIsComputedAtEachReading) {
  Metrics metrics;
  double value = 0;
  metrics.NewComputedGauge("tintinh_depth", "how deep", [&value] { return ++value; });
  EXPECT_THAT(metrics.Text(), HasSubstr("tintinh_depth 1\n"));
  EXPECT_THAT(metrics.Text(), HasSubstr("tintinh_depth 2\n"));
}

TEST(Metrics, ServesOnAFreePortAndRefusesABadAddress) {
  Metrics metrics;
  const auto port = metrics.Serve("127.0.0.1:0");
  ASSERT_THAT(port, testing::IsOk());
  EXPECT_GT(*port, 0);
  EXPECT_THAT(Metrics().Serve("nowhere:-1").status(),
              testing::StatusIs(absl::StatusCode::kUnavailable, HasSubstr("nowhere:-1")));
}

}  // namespace
}  // namespace tintinh

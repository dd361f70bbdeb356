#include "services/web/html/histogram.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::web {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

v1::Facet Months(std::initializer_list<std::pair<const char*, uint64_t>> values) {
  v1::Facet facet;
  for (const auto& [month, count] : values) {
    v1::FacetValue& value = *facet.add_values();
    value.set_value(month);
    value.set_count(count);
  }
  return facet;
}

TEST(MakeHistogram, HasNoGapWhateverTheOrder) {
  const Histogram histogram = MakeHistogram(Months({{"2024-02", 5}, {"2023-12", 9}}));
  EXPECT_EQ(histogram.first, absl::CivilMonth(2023, 12));
  EXPECT_EQ(histogram.months_per_bucket, 1);
  EXPECT_THAT(histogram.counts, ElementsAre(9, 0, 5));
  EXPECT_EQ(histogram.End(), absl::CivilMonth(2024, 3));
}

TEST(MakeHistogram, LongTimesComeInQuartersAndYears) {
  const Histogram quarters = MakeHistogram(Months({{"2005-02", 1}, {"2025-06", 2}}));
  EXPECT_EQ(quarters.months_per_bucket, 3);
  EXPECT_EQ(quarters.first, absl::CivilMonth(2005, 1));
  EXPECT_EQ(quarters.counts.size(), 82);
  EXPECT_EQ(quarters.counts.back(), 2);
  const Histogram years = MakeHistogram(Months({{"1960-05", 1}, {"2025-06", 2}}));
  EXPECT_EQ(years.months_per_bucket, 12);
  EXPECT_EQ(years.first, absl::CivilMonth(1960, 1));
  EXPECT_EQ(years.counts.size(), 66);
}

TEST(MakeHistogram, IsBoundedWhateverThePagesSay) {
  const Histogram histogram = MakeHistogram(Months({{"0001-01", 3}, {"2025-06", 2}}));
  EXPECT_EQ(histogram.counts.size(), kMostBuckets);
  EXPECT_EQ(histogram.End(), absl::CivilMonth(2026, 1));
  EXPECT_EQ(histogram.counts.back(), 2);
}

TEST(MakeHistogram, NoMonthNoBuckets) {
  EXPECT_TRUE(MakeHistogram(v1::Facet()).counts.empty());
  EXPECT_TRUE(MakeHistogram(Months({{"never", 3}, {"2024-01", 0}})).counts.empty());
}

TEST(TimeBandHtml, DrawsBarsAndLeavesThoseOutsideTheDaysPale) {
  const v1::Facet months = Months({{"2024-01", 50}, {"2024-02", 100}, {"2024-03", 1}});
  const std::string html = TimeBandHtml({{"from", "2024-02-10"}, {"to", "2024-02-20"}}, months);
  EXPECT_THAT(html, HasSubstr("<rect x=\"1\" y=\"50\" width=\"8\" height=\"50\" class=\"out\"/>"));
  EXPECT_THAT(html, HasSubstr("<rect x=\"11\" y=\"0\" width=\"8\" height=\"100\"/>"));
  EXPECT_THAT(html, HasSubstr("<rect x=\"21\" y=\"97\" width=\"8\" height=\"3\" class=\"out\"/>"));
  EXPECT_THAT(html, HasSubstr("data-first=\"2024-01\" data-step=\"1\" data-buckets=\"3\""));
  EXPECT_THAT(html, HasSubstr("class=\"earliest\" min=\"0\" max=\"2\" value=\"1\""));
  EXPECT_THAT(html, HasSubstr("class=\"latest\" min=\"0\" max=\"2\" value=\"1\""));
  EXPECT_THAT(html, HasSubstr("aria-label=\"Số bài theo thời gian, từ 01/2024 đến 03/2024\""));
  EXPECT_THAT(html, HasSubstr("name=\"from\" value=\"2024-02-10\""));
}

TEST(TimeBandHtml, DaysOutsideTheBarsAreTakenToTheNearest) {
  const v1::Facet months = Months({{"2024-01", 1}, {"2024-02", 1}});
  EXPECT_THAT(TimeBandHtml({{"from", "1990-01-01"}, {"to", "1991-01-01"}}, months),
              HasSubstr("class=\"latest\" min=\"0\" max=\"1\" value=\"0\""));
  EXPECT_THAT(TimeBandHtml({{"from", "<script>"}}, months), Not(HasSubstr("<script>")));
}

TEST(TimeBandHtml, TheFieldsAreThereWithoutBars) {
  const std::string html = TimeBandHtml({}, v1::Facet());
  EXPECT_THAT(html, HasSubstr("type=\"date\" form=\"search\" name=\"to\""));
  EXPECT_THAT(html, Not(HasSubstr("<svg")));
  EXPECT_THAT(TimeBandHtml({}, Months({{"2024-01", 9}})), Not(HasSubstr("<svg"))) << "one bar leaves nothing to choose";
}

}  // namespace
}  // namespace tintinh::web

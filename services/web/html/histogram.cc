#include "services/web/html/histogram.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"
#include "absl/strings/substitute.h"
#include "absl/time/time.h"
#include "services/web/html/phrases.h"
#include "services/web/html/text.h"

namespace tintinh::web {
namespace {

constexpr int kHeight = 100;  // of the drawing, in its own units; each bucket is 10 wide

using Months = std::map<absl::CivilMonth, uint64_t>;

Months ReadMonths(const v1::Facet& facet) {
  Months months;
  for (const v1::FacetValue& value : facet.values()) {
    absl::CivilMonth month;
    if (absl::ParseCivilTime(value.value(), &month) && value.count() > 0) months[month] += value.count();
  }
  return months;
}

int BucketsOf(const Months& months, int months_per_bucket) {
  const auto span = months.rbegin()->first - months.begin()->first + 1;
  return static_cast<int>((span + months_per_bucket - 1) / months_per_bucket);
}

int MonthsPerBucket(const Months& months) {
  for (const int size : {1, 3}) {
    if (BucketsOf(months, size) < kMostBuckets) return size;
  }
  return 12;
}

// Buckets begin with quarters and years.
absl::CivilMonth Aligned(absl::CivilMonth month, int months_per_bucket) {
  return month - (month.month() - 1) % months_per_bucket;
}

std::string MonthText(absl::CivilMonth month, const Phrases& phrases) {
  return absl::FormatTime(phrases.month_format, absl::FromCivil(month, absl::UTCTimeZone()), absl::UTCTimeZone());
}

std::optional<absl::CivilDay> DayOf(const Params& params, const std::string& name) {
  absl::CivilDay day;
  if (!absl::ParseCivilTime(std::string(Param(params, name)), &day)) return std::nullopt;
  return day;
}

// Which buckets the days of the form touch: [first, last].
struct Span {
  int first = 0;
  int last = 0;
};

int BucketAt(const Histogram& histogram, absl::CivilMonth month) {
  const auto at = (month - histogram.first) / histogram.months_per_bucket;
  return static_cast<int>(std::clamp<absl::civil_diff_t>(at, 0, static_cast<int>(histogram.counts.size()) - 1));
}

Span SelectedSpan(const Params& params, const Histogram& histogram) {
  const auto from = DayOf(params, "from");
  const auto to = DayOf(params, "to");
  const int last = static_cast<int>(histogram.counts.size()) - 1;
  Span span{from ? BucketAt(histogram, absl::CivilMonth(*from)) : 0,
            to ? BucketAt(histogram, absl::CivilMonth(*to)) : last};
  span.last = std::max(span.first, span.last);
  return span;
}

std::string Bar(int bucket, uint64_t count, uint64_t most, bool selected) {
  if (count == 0) return "";
  // A bucket with one article is seen beside one with thousands.
  const int height =
      std::max(3, static_cast<int>(std::lround(static_cast<double>(count) * kHeight / static_cast<double>(most))));
  return absl::StrFormat("<rect x=\"%d\" y=\"%d\" width=\"8\" height=\"%d\"%s/>", bucket * 10 + 1, kHeight - height,
                         height, selected ? "" : " class=\"out\"");
}

std::string Bars(const Histogram& histogram, const Span& selected) {
  const uint64_t most = *std::max_element(histogram.counts.begin(), histogram.counts.end());
  std::string bars;
  for (size_t i = 0; i < histogram.counts.size(); ++i) {
    const int bucket = static_cast<int>(i);
    bars += Bar(bucket, histogram.counts[i], most, bucket >= selected.first && bucket <= selected.last);
  }
  return bars;
}

std::string Slider(absl::string_view edge, absl::string_view label, int value, size_t buckets) {
  return absl::StrCat("<input type=\"range\" id=\"", edge, "\" class=\"", edge, "\" min=\"0\" max=\"", buckets - 1,
                      "\" value=\"", value, "\" aria-label=\"", Escape(label), "\" autocomplete=\"off\">");
}

std::string Drawing(const Params& params, const Histogram& histogram) {
  const Phrases& phrases = PhrasesOf(params);
  const Span selected = SelectedSpan(params, histogram);
  const std::string first = MonthText(histogram.first, phrases);
  const std::string last = MonthText(histogram.End() - 1, phrases);
  const std::string name = Escape(absl::Substitute(phrases.histogram, first, last));
  return absl::StrCat(
      "<div class=\"histogram\" data-first=\"",
      absl::StrFormat("%04d-%02d", histogram.first.year(), histogram.first.month()), "\" data-step=\"",
      histogram.months_per_bucket, "\" data-buckets=\"", histogram.counts.size(), "\"><svg role=\"img\" aria-label=\"",
      name, "\" viewBox=\"0 0 ", histogram.counts.size() * 10, " ", kHeight, "\" preserveAspectRatio=\"none\">",
      Bars(histogram, selected), "</svg><div class=\"sliders\" hidden>",
      Slider("earliest", phrases.earliest, selected.first, histogram.counts.size()),
      Slider("latest", phrases.latest, selected.last, histogram.counts.size()), "</div><p class=\"axis\"><span>",
      Escape(first), "</span><output></output><span>", Escape(last), "</span></p></div>");
}

std::string DateField(const Params& params, const std::string& name, absl::string_view label) {
  return absl::StrCat("<label><span>", Escape(label), "</span><input type=\"date\" form=\"search\" name=\"", name,
                      "\" value=\"", Escape(Param(params, name)), "\"></label>");
}

}  // namespace

absl::CivilMonth Histogram::End() const {
  return first + months_per_bucket * static_cast<absl::civil_diff_t>(counts.size());
}

Histogram MakeHistogram(const v1::Facet& facet) {
  const Months months = ReadMonths(facet);
  Histogram histogram;
  if (months.empty()) return histogram;
  histogram.months_per_bucket = MonthsPerBucket(months);
  const absl::CivilMonth last = Aligned(months.rbegin()->first, histogram.months_per_bucket);
  const absl::CivilMonth floor = last - (kMostBuckets - 1) * histogram.months_per_bucket;
  histogram.first = std::max(Aligned(months.begin()->first, histogram.months_per_bucket), floor);
  histogram.counts.resize(static_cast<size_t>((last - histogram.first) / histogram.months_per_bucket + 1));
  for (const auto& [month, count] : months) {
    if (month < histogram.first) continue;
    histogram.counts[static_cast<size_t>((month - histogram.first) / histogram.months_per_bucket)] += count;
  }
  return histogram;
}

std::string TimeBandHtml(const Params& params, const v1::Facet& months) {
  const Phrases& phrases = PhrasesOf(params);
  const Histogram histogram = MakeHistogram(months);
  return absl::StrCat("<section class=\"time\" aria-label=\"", Escape(phrases.months), "\">",
                      histogram.counts.size() < 2 ? "" : Drawing(params, histogram), "<div class=\"dates\">",
                      DateField(params, "from", phrases.from), DateField(params, "to", phrases.to),
                      "<button class=\"apply\" form=\"search\">", Escape(phrases.apply), "</button></div></section>");
}

}  // namespace tintinh::web

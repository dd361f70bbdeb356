// Publication times as Vietnamese news pages print them for readers: day first, Asia/Ho_Chi_Minh.
#ifndef TINTINH_SERVICES_NORMALIZER_GRAMMAR_TIME_LINE_H_
#define TINTINH_SERVICES_NORMALIZER_GRAMMAR_TIME_LINE_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "services/normalizer/draft/draft.h"

namespace tintinh::normalizer {

enum class TimeLabel {
  kNone,       // "12:11 | 26/11/2020"
  kPublished,  // "Ngày đăng: 20/09/2021"
  kUpdated,    // "Cập nhật lúc 08:05, 01/02/2023"
  kClock,      // weekday and seconds, unlabelled: the clock in a page's header rather than a story's time
};

struct TimeLine {
  DraftTime time;
  TimeLabel label = TimeLabel::kNone;
};

// The time that `line` states, when the whole line is nothing but a time: labels, weekday, date, clock, zone and a
// view counter in any usual order. A sentence that mentions a date is not a time line. A date is required; years
// 1990 to 2099. A clock written without zone is Vietnam's. Linear in the line; lines over 200 bytes are no time lines.
std::optional<TimeLine> ParseTimeLine(absl::string_view line);

// The time alone.
std::optional<DraftTime> ParseVietnameseTime(absl::string_view line);

}  // namespace tintinh::normalizer

#endif  // TINTINH_SERVICES_NORMALIZER_GRAMMAR_TIME_LINE_H_

// Windows of the day, in Viet Nam's time: "22:00-05:30", "6-9, 12:30-13".
#ifndef TINTINH_SERVICES_CRAWLER_SCHEDULE_HOURS_H_
#define TINTINH_SERVICES_CRAWLER_SCHEDULE_HOURS_H_

#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace tintinh::crawler {

// Each window takes in its beginning and not its end; one that ends before it begins goes past midnight, and "0-24" is
// the whole day. Immutable, so thread-safe. Infinite times are inside nothing and come back as they are.
class Hours {
 public:
  // Windows separated by commas; they may overlap. INVALID_ARGUMENT names the window and what of it is wrong.
  static absl::StatusOr<Hours> Parse(absl::string_view text);

  bool Contains(absl::Time time) const;

  // The first moment inside from `time` on: `time` itself when it is inside.
  absl::Time NextInside(absl::Time time) const;

  // The first moment outside from `time` on; InfiniteFuture when the windows leave nothing of the day.
  absl::Time NextOutside(absl::Time time) const;

 private:
  struct Window {
    int begin = 0;  // minutes since midnight
    int end = 0;
  };

  Hours() = default;

  void Add(Window window);
  void Join();

  std::vector<Window> windows_;  // in order, apart from each other, none past midnight
};

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_SCHEDULE_HOURS_H_

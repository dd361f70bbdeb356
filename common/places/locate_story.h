// Where a story happens.
#ifndef TINTINH_COMMON_PLACES_LOCATE_STORY_H_
#define TINTINH_COMMON_PLACES_LOCATE_STORY_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace tintinh::places {

// Views must outlive the call. NFC text.
struct StoryText {
  absl::string_view title;
  absl::string_view lead;
  std::vector<absl::string_view> paragraphs;
  std::vector<absl::string_view> captions;
  absl::string_view source_name;    // "Báo Vĩnh Phúc", "Baothanhhoa.vn", "Cổng thông tin huyện Lập Thạch"
  absl::string_view site_province;  // the paper's own province, of either epoch; or empty
  std::optional<absl::Time> published;
};

// Names as tintinh.v1.Place has them; the district and the commune as the story spells them.
struct PlaceMatch {
  std::string province;
  std::string province_today;  // empty exactly when province is
  std::string district;
  std::string commune;
};

// See README.md for the rules. A story that names several districts about equally has none; one published since
// 1 July 2025 has no district and today's province. Reads at most 256 KiB of text.
PlaceMatch LocateStory(const StoryText& story);

}  // namespace tintinh::places

#endif  // TINTINH_COMMON_PLACES_LOCATE_STORY_H_

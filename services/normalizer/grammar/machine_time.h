// Times written for machines: meta elements, JSON-LD, datetime attributes, in ISO 8601 and its broken relatives.
#ifndef TINTINH_SERVICES_NORMALIZER_GRAMMAR_MACHINE_TIME_H_
#define TINTINH_SERVICES_NORMALIZER_GRAMMAR_MACHINE_TIME_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "services/normalizer/draft/draft.h"

namespace tintinh::normalizer {

// ISO 8601 (blank instead of 'T', blank before the offset, fractions, no seconds, no clock), RFC 5322 dates,
// month-first "1/28/2026 6:52:01 AM" (only with AM or PM and a possible month), and what ParseVietnameseTime reads.
// Without a zone the clock is Vietnam's. Years 1990 to 2099. The value must be entity-decoded.
std::optional<DraftTime> ParseMachineTime(absl::string_view value);

}  // namespace tintinh::normalizer

#endif  // TINTINH_SERVICES_NORMALIZER_GRAMMAR_MACHINE_TIME_H_

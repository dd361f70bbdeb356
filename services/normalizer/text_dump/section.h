// Lines that name the section of the paper a story stands in.
#ifndef TINTINH_SERVICES_NORMALIZER_TEXT_DUMP_SECTION_H_
#define TINTINH_SERVICES_NORMALIZER_TEXT_DUMP_SECTION_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace tintinh::normalizer {

// The section path that `line` is, outermost first; empty when it is none. Three forms: a few words in capitals
// ("HOẠT ĐỘNG ĐẢNG, ĐOÀN THỂ"), the usual names of sections ("Chính trị - Xã hội"), a trail ("Trang chủ » Tin tức »
// Xây dựng Đảng", the home page left out). A form in capitals may as well be a short headline; the caller judges by
// what follows.
std::vector<std::string> ParseSection(absl::string_view line);

// True for the usual names of sections alone and for trails: such a line is no headline wherever it stands.
bool IsSectionName(absl::string_view line);

}  // namespace tintinh::normalizer

#endif  // TINTINH_SERVICES_NORMALIZER_TEXT_DUMP_SECTION_H_

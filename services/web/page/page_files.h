// The files of the page as they were at build time.
#ifndef TINTINH_SERVICES_WEB_PAGE_PAGE_FILES_H_
#define TINTINH_SERVICES_WEB_PAGE_PAGE_FILES_H_

#include "absl/strings/string_view.h"

namespace tintinh::web {

// The frame of every page, with {{title}}, {{kind}}, {{q}}, {{from}}, {{to}}, {{provinces}}, {{sorts}}, {{hidden}} and
// {{main}} to be replaced by HTML.
absl::string_view PageHtml();
absl::string_view PageScript();
absl::string_view PageStyle();
absl::string_view PageIcon();

}  // namespace tintinh::web

#endif  // TINTINH_SERVICES_WEB_PAGE_PAGE_FILES_H_

// The files of the page as they were at build time.
#ifndef TINTINH_SERVICES_WEB_PAGE_PAGE_FILES_H_
#define TINTINH_SERVICES_WEB_PAGE_PAGE_FILES_H_

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace tintinh::web {

// The frame of every page, with names in {{…}} that html/page_frame.cc replaces.
absl::string_view PageHtml();

// What the frame asks for: style sheet, scripts, icon. Constants.
struct PageFile {
  const char* path;  // "/page.js"
  const char* content_type;
  absl::string_view content;
};
absl::Span<const PageFile> PageFiles();

}  // namespace tintinh::web

#endif  // TINTINH_SERVICES_WEB_PAGE_PAGE_FILES_H_

// The further pages of a section: which address is the next one of which.
#ifndef TINTINH_SERVICES_CRAWLER_LINKS_PAGER_H_
#define TINTINH_SERVICES_CRAWLER_LINKS_PAGER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace tintinh::crawler {

// An address as a page of a section.
struct SectionPage {
  std::string section;  // the address without its page number
  uint32_t number = 1;  // 1 when it states none
};

// Numbers stand in a parameter ("?page=2", "?p=2", "?trang=2", "?paged=2") or at the end of the path ("/trang-2",
// "/page/2", "/page-2", "/p2", "-trang-2", "-p2"), before a suffix such as ".html" or a final slash. Pure, thread-safe.
SectionPage ReadPageNumber(absl::string_view canonical_url);

// Of the links on a page of a section the one that is its next page: the same section, and the lowest number above the
// page's own. Empty: there is none. Pure, thread-safe.
std::string NextPage(absl::string_view canonical_url, const std::vector<std::string>& canonical_links);

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_LINKS_PAGER_H_

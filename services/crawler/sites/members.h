// Which of several crawlers visits a site: rendezvous hashing (Thaler and Ravishankar, "Using name-based mappings to
// increase hit rates", 1998). A member that comes or goes moves only its own sites.
#ifndef TINTINH_SERVICES_CRAWLER_SITES_MEMBERS_H_
#define TINTINH_SERVICES_CRAWLER_SITES_MEMBERS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace tintinh::crawler {

// The member that visits the site: the same for the same names in any order, in every version of this program.
// REQUIRES: members is not empty.
std::string OwnerOf(absl::string_view site, const std::vector<std::string>& members);

// INVALID_ARGUMENT when `member` is not among them, a name is empty or there twice; fine when both are empty: one
// crawler visits all.
absl::Status CheckMembers(absl::string_view member, const std::vector<std::string>& members);

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_SITES_MEMBERS_H_

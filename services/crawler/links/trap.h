// Addresses that lead a crawler round in circles, or to what is no article however often it is asked for.
#ifndef TINTINH_SERVICES_CRAWLER_LINKS_TRAP_H_
#define TINTINH_SERVICES_CRAWLER_LINKS_TRAP_H_

#include <optional>

#include "absl/strings/string_view.h"

namespace tintinh::crawler {

// Why the address is not followed: "login", "advertisement", "action", "calendar", "repeated path", "deep path",
// "many parameters" or "leads elsewhere"; nothing when there is no reason. By whole path segments and parameter names,
// never by words inside a slug: an article about an advertisement is an article. What is no URL is no trap. Pure,
// thread-safe.
std::optional<absl::string_view> TrapOf(absl::string_view url);

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_LINKS_TRAP_H_

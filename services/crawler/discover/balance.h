// End tags made to fit start tags, so that one unclosed <br> in a description does not swallow the items after it.
#ifndef TINTINH_SERVICES_CRAWLER_DISCOVER_BALANCE_H_
#define TINTINH_SERVICES_CRAWLER_DISCOVER_BALANCE_H_

#include <string>

#include "absl/strings/string_view.h"

namespace tintinh::crawler {

// `markup` (without comments, declarations and processing instructions) with every end tag closing the innermost
// element open: an end tag that fits an element further out closes what is open in between first, one that fits none of
// the 64 innermost is dropped, and so is a tag that never ends. Names are compared without regard to case. Linear.
std::string BalanceTags(absl::string_view markup);

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_DISCOVER_BALANCE_H_

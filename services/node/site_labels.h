// Which configured site a page belongs to: for importing what a crawler archived.
#ifndef TINTINH_SERVICES_NODE_SITE_LABELS_H_
#define TINTINH_SERVICES_NODE_SITE_LABELS_H_

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "tintinh/v1/page.pb.h"

namespace tintinh::node {

// Sets site and hints of pages whose address lies on a site of the file, as the crawler does; leaves others alone.
// INVALID_ARGUMENT or NOT_FOUND names what is wrong with the file.
absl::StatusOr<std::function<void(v1::Page&)>> SiteLabels(const std::string& sites_file);

}  // namespace tintinh::node

#endif  // TINTINH_SERVICES_NODE_SITE_LABELS_H_

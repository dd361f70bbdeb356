// What the command line asks about data directories, answered by the indexer's own code.
#ifndef TINTINH_SERVICES_NODE_INDEX_TOOLS_H_
#define TINTINH_SERVICES_NODE_INDEX_TOOLS_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "services/cli/index_tools.h"
#include "tintinh/v1/article.pb.h"

namespace tintinh::node {

// See cli::IndexTools. NOT_FOUND: no data directory is there.
absl::Status VerifyDirectory(const std::string& directory, const cli::VerifyListener& listener);
absl::Status VisitArticles(const std::string& directory, const std::function<absl::Status(v1::Article)>& visit);

}  // namespace tintinh::node

#endif  // TINTINH_SERVICES_NODE_INDEX_TOOLS_H_

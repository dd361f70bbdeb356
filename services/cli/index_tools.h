// What reads data directories, which the command line is given rather than links.
#ifndef TINTINH_SERVICES_CLI_INDEX_TOOLS_H_
#define TINTINH_SERVICES_CLI_INDEX_TOOLS_H_

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "tintinh/v1/article.pb.h"

namespace tintinh::cli {

struct VerifiedShard {
  uint32_t shard = 0;
  uint64_t position = 0;
  uint64_t digest = 0;
  uint64_t articles = 0;
  uint64_t postings = 0;
  uint64_t log_entries = 0;
  uint64_t bytes = 0;
  uint64_t faults = 0;
};

// Both hear of every fault as it is found, one sentence each, and of every shard when it is done.
struct VerifyListener {
  std::function<void(const std::string& fault)> fault;
  std::function<void(const VerifiedShard&)> shard;
};

// Of directories that nobody writes to.
struct IndexTools {
  // DATA_LOSS when anything is wrong.
  std::function<absl::Status(const std::string& directory, const VerifyListener&)> verify;
  // Every live article, until the visitor fails.
  std::function<absl::Status(const std::string& directory, const std::function<absl::Status(v1::Article)>&)> articles;
};

}  // namespace tintinh::cli

#endif  // TINTINH_SERVICES_CLI_INDEX_TOOLS_H_

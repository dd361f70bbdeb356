// The tintinh command line: parses flags, runs one command, prints its result.
#ifndef TINTINH_SERVICES_CLI_CLI_H_
#define TINTINH_SERVICES_CLI_CLI_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "grpcpp/channel.h"
#include "services/cli/crawl_tools.h"
#include "services/cli/index_tools.h"
#include "tintinh/v1/page.pb.h"

namespace tintinh::cli {

struct CliOptions {
  std::string version;
  // A normalizer in this process, made when a command needs it; its channel lives as long as the returned object.
  std::function<absl::StatusOr<std::shared_ptr<grpc::Channel>>()> embedded_normalizer;
  // Names the site of a page, and the hints for it, by the sites.yaml given.
  std::function<absl::StatusOr<std::function<void(v1::Page&)>>(const std::string& sites_file)> site_labels;
  // One page from the web.
  std::function<absl::StatusOr<v1::Page>(const std::string& url)> fetch_page;
  CrawlTools crawl_tools;
  IndexTools index_tools;
};

// Exit status: 0 done, 1 failed (message on stderr), 2 wrong use.
int RunCli(int argc, char** argv, const CliOptions& options);

}  // namespace tintinh::cli

#endif  // TINTINH_SERVICES_CLI_CLI_H_

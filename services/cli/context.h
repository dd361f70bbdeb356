// What every command is given besides its own flags.
#ifndef TINTINH_SERVICES_CLI_CONTEXT_H_
#define TINTINH_SERVICES_CLI_CONTEXT_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "grpcpp/channel.h"
#include "services/cli/crawl_tools.h"
#include "services/cli/index_tools.h"
#include "tintinh/v1/page.pb.h"

namespace tintinh::cli {

struct Context {
  std::string server;                          // HOST:PORT of a node
  std::string ca;                              // PEM file; empty: plaintext to loopback
  bool json = false;                           // JSON lines instead of text
  absl::Duration timeout = absl::Seconds(10);  // of one call
  std::function<absl::StatusOr<std::shared_ptr<grpc::Channel>>()> embedded_normalizer;
  std::function<absl::StatusOr<std::function<void(v1::Page&)>>(const std::string& sites_file)> site_labels;
  std::function<absl::StatusOr<v1::Page>(const std::string& url)> fetch_page;
  CrawlTools crawl_tools;
  IndexTools index_tools;

  absl::StatusOr<std::shared_ptr<grpc::Channel>> Connect() const;
};

// Turns a failed call into a message for a person: who was called and what to do about it.
absl::Status Explain(const absl::Status& status, const Context& context);

}  // namespace tintinh::cli

#endif  // TINTINH_SERVICES_CLI_CONTEXT_H_

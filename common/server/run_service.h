// The life of a service process: flags, configuration, building, serving, signals, draining. Every main.cc is one call.
#ifndef TINTINH_COMMON_SERVER_RUN_SERVICE_H_
#define TINTINH_COMMON_SERVER_RUN_SERVICE_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/metrics/metrics.h"
#include "common/server/server.h"
#include "common/time/clock.h"
#include "google/protobuf/message.h"
#include "tintinh/config/v1/server.pb.h"

namespace tintinh {

// What a service is built from and into. Used by one thread.
class ServiceProcess {
 public:
  const Clock& clock() const { return clock_; }
  Metrics& metrics() { return metrics_; }

  // Takes what the process owns, such as a core or an adapter; released in reverse order after draining.
  template <typename T>
  T& Own(std::unique_ptr<T> part) {
    T& reference = *part;
    parts_.push_back(std::shared_ptr<T>(std::move(part)));
    return reference;
  }

  // Offered on the public server, which starts once everything is built.
  void Serve(grpc::Service& service) { services_.push_back(&service); }

  // Runs after the public server has stopped taking calls, the last registered first: what was built last uses the
  // rest.
  void OnDrain(absl::string_view name, absl::AnyInvocable<void()> step);

  // A further bound port for the port file and the start-up line, such as "web".
  void AddPort(absl::string_view name, int port) { ports_.emplace_back(std::string(name), port); }

  absl::Status StartServing(const config::v1::ServerConfig& config);
  void Drain();

  ~ServiceProcess();
  ServiceProcess() = default;
  ServiceProcess(const ServiceProcess&) = delete;
  ServiceProcess& operator=(const ServiceProcess&) = delete;

 private:
  absl::Status WritePortFile(const std::string& path) const;

  SystemClock clock_;
  Metrics metrics_;
  std::vector<std::shared_ptr<void>> parts_;
  std::vector<grpc::Service*> services_;
  std::vector<std::pair<std::string, absl::AnyInvocable<void()>>> drain_steps_;
  std::vector<std::pair<std::string, int>> ports_;
  std::unique_ptr<Server> server_;
  absl::Duration drain_timeout_ = absl::ZeroDuration();
};

struct ServiceMain {
  std::string name;                                         // of the binary
  std::string description;                                  // one sentence for --help
  google::protobuf::Message* config = nullptr;              // filled from --config
  std::function<const config::v1::ServerConfig&()> server;  // the server section of *config
  std::function<absl::Status()> check;                      // what the limits of the proto cannot say; may be empty
  std::function<absl::Status(ServiceProcess&)> build;
};

// Handles --config FILE, --check-config, --version and --help; serves until SIGTERM or SIGINT, then drains. Exit
// status: 0 drained, 1 the service failed, 2 wrong flags or configuration (message on stderr).
int RunService(int argc, char** argv, const ServiceMain& service);

}  // namespace tintinh

#endif  // TINTINH_COMMON_SERVER_RUN_SERVICE_H_

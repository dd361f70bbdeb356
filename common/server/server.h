// A gRPC server as every service runs it: limits, health, reflection, TLS, drain.
#ifndef TINTINH_COMMON_SERVER_SERVER_H_
#define TINTINH_COMMON_SERVER_SERVER_H_

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "grpcpp/channel.h"
#include "grpcpp/server.h"
#include "tintinh/config/v1/server.pb.h"

namespace grpc {
class Service;
}

namespace tintinh {

// Serves until Drain or destruction. More calls than max_threads at once are answered RESOURCE_EXHAUSTED.
class Server {
 public:
  // Binds and serves at once. `services` must outlive the server. INVALID_ARGUMENT names the setting that is wrong: a
  // host other than loopback without TLS, an unreadable certificate; UNAVAILABLE when the address cannot be bound.
  static absl::StatusOr<std::unique_ptr<Server>> Start(const config::v1::ServerConfig& config,
                                                       const std::vector<grpc::Service*>& services);

  // A server without any port, reached through InProcessChannel only.
  static absl::StatusOr<std::unique_ptr<Server>> StartInProcess(const std::vector<grpc::Service*>& services);

  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // 0 without a port.
  int port() const { return port_; }
  int health_port() const { return health_port_; }

  // The channel may not be called once draining began: gRPC 1.51 crashes on it. Drain its callers first.
  std::shared_ptr<grpc::Channel> InProcessChannel();

  // Reports NOT_SERVING, refuses new calls, waits for running ones and cancels those left after `timeout`. Once only.
  void Drain(absl::Duration timeout);

 private:
  Server() = default;
  absl::Status StartHealth(const std::string& address);

  std::unique_ptr<grpc::Server> server_;
  int port_ = 0;
  std::unique_ptr<grpc::ServerCompletionQueue> health_queue_;
  std::thread health_poller_;
  std::unique_ptr<grpc::Server> health_;
  int health_port_ = 0;
};

}  // namespace tintinh

#endif  // TINTINH_COMMON_SERVER_SERVER_H_

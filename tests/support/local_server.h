// A real HTTP server on a port of its own on loopback, for as long as the object lives.
#ifndef TINTINH_TESTS_SUPPORT_LOCAL_SERVER_H_
#define TINTINH_TESTS_SUPPORT_LOCAL_SERVER_H_

#include <string>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "httplib.h"

namespace tintinh::testing {

// `Server` is httplib::Server or httplib::SSLServer; routes are added to `routes()` before Start.
template <typename Server>
class LocalServer {
 public:
  template <typename... Args>
  explicit LocalServer(Args&&... args) : server_(std::forward<Args>(args)...) {}
  ~LocalServer() {
    server_.stop();
    if (thread_.joinable()) thread_.join();
  }
  LocalServer(const LocalServer&) = delete;
  LocalServer& operator=(const LocalServer&) = delete;

  Server& routes() { return server_; }

  void Start() {
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    // Stopping a server that does not run yet would be lost.
    while (!server_.is_running()) std::this_thread::yield();
  }

  int port() const { return port_; }
  std::string Url(const std::string& path) const { return absl::StrCat("http://127.0.0.1:", port_, path); }

 private:
  Server server_;
  int port_ = 0;
  std::thread thread_;
};

}  // namespace tintinh::testing

#endif  // TINTINH_TESTS_SUPPORT_LOCAL_SERVER_H_

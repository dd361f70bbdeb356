// A real tintinh-node on free ports of loopback, with its data in a folder the test owns.
#ifndef TINTINH_TESTS_SUPPORT_NODE_PROCESS_H_
#define TINTINH_TESTS_SUPPORT_NODE_PROCESS_H_

#include <map>
#include <memory>
#include <string>

#include "grpcpp/channel.h"
#include "tests/support/child_process.h"

namespace tintinh::testing {

class NodeProcess {
 public:
  // `sections` is YAML added to the configuration, such as "crawler: {…}\n"; may be empty.
  NodeProcess(std::string directory, std::string sections);

  // Starts, or starts again on the same data. False, with the log's end on stderr, when it does not serve within 30 s.
  bool Start();
  void Kill();           // as kill -9
  int StopGracefully();  // SIGTERM; the exit status

  int port(const std::string& name) const;
  // A new channel to the process that runs now.
  std::shared_ptr<grpc::Channel> Channel() const;
  const std::string& log() const { return log_; }
  std::string address() const { return "127.0.0.1:" + std::to_string(port("grpc")); }

 private:
  bool AwaitPorts();

  const std::string directory_;
  const std::string log_;
  const std::string config_;
  const std::string port_file_;
  std::unique_ptr<ChildProcess> process_;
  std::map<std::string, int> ports_;
};

// The path of a binary of this build.
std::string BinaryPath(const std::string& name);

}  // namespace tintinh::testing

#endif  // TINTINH_TESTS_SUPPORT_NODE_PROCESS_H_

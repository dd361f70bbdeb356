#include "tests/support/node_process.h"

#include <poll.h>
#include <signal.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <utility>

#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"

namespace tintinh::testing {
namespace {

constexpr int kPollMilliseconds = 20;
constexpr int kStartPolls = 30'000 / kPollMilliseconds;

std::string Tail(const std::string& path) {
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  const std::string all = text.str();
  return all.substr(all.size() > 2000 ? all.size() - 2000 : 0);
}

}  // namespace

std::string BinaryPath(const std::string& name) { return std::string(TINTINH_BINARY_DIR) + "/bin/" + name; }

NodeProcess::NodeProcess(std::string directory, std::string sections)
    : directory_(std::move(directory)),
      log_(directory_ + "/node.log"),
      config_(directory_ + "/node.yaml"),
      port_file_(directory_ + "/ports") {
  std::ofstream(config_) << "data_directory: '" << directory_ << "/data'\n"
                         << "server: {listen: '127.0.0.1:0', port_file: '" << port_file_ << "'}\n"
                         << "web: {http_listen: '127.0.0.1:0'}\n"
                         << sections;
}

bool NodeProcess::Start() {
  std::filesystem::remove(port_file_);
  process_ =
      std::make_unique<ChildProcess>(std::vector<std::string>{BinaryPath("tintinh-node"), "--config", config_}, log_);
  if (AwaitPorts()) return true;
  std::cerr << "tintinh-node does not serve:\n" << Tail(log_);
  return false;
}

bool NodeProcess::AwaitPorts() {
  for (int i = 0; i < kStartPolls && process_->IsRunning(); ++i) {
    std::ifstream in(port_file_);
    ports_.clear();
    std::string name;
    for (int port = 0; in >> name >> port;) ports_[name] = port;
    if (ports_.count("grpc") > 0) return true;
    ::poll(nullptr, 0, kPollMilliseconds);
  }
  return false;
}

void NodeProcess::Kill() { process_->Stop(SIGKILL); }

int NodeProcess::StopGracefully() { return process_->Stop(SIGTERM); }

int NodeProcess::port(const std::string& name) const {
  const auto it = ports_.find(name);
  return it == ports_.end() ? 0 : it->second;
}

std::shared_ptr<grpc::Channel> NodeProcess::Channel() const {
  grpc::ChannelArguments arguments;
  // A channel of its own: a cached one would remember the killed process.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(address(), grpc::InsecureChannelCredentials(), arguments);
}

}  // namespace tintinh::testing

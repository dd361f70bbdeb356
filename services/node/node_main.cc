#include "common/server/run_service.h"
#include "services/node/node.h"
#include "tintinh/config/v1/services.pb.h"

int main(int argc, char** argv) {
  tintinh::config::v1::NodeConfig config;
  tintinh::ServiceMain service;
  service.name = "tintinh-node";
  service.description = "Crawls, normalizes, indexes and searches provincial news in one process.";
  service.config = &config;
  service.server = [&config]() -> const tintinh::config::v1::ServerConfig& { return config.server(); };
  service.check = [&config] { return tintinh::node::CheckNode(config); };
  service.build = [&config](tintinh::ServiceProcess& process) { return tintinh::node::BuildNode(config, process); };
  return tintinh::RunService(argc, argv, service);
}

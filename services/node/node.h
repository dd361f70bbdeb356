// Composes every service in one process.
#ifndef TINTINH_SERVICES_NODE_NODE_H_
#define TINTINH_SERVICES_NODE_NODE_H_

#include "absl/status/status.h"
#include "common/server/run_service.h"
#include "tintinh/config/v1/services.pb.h"

namespace tintinh::node {

// What the limits of the proto cannot say: the sites file, the networks, the user agent.
absl::Status CheckNode(const config::v1::NodeConfig& config);

// Builds indexer, normalizer, crawler (when a sites file is given), query and web into `process`, joined by in-process
// channels, and offers their gRPC services publicly. `config` must outlive `process`.
absl::Status BuildNode(const config::v1::NodeConfig& config, ServiceProcess& process);

}  // namespace tintinh::node

#endif  // TINTINH_SERVICES_NODE_NODE_H_

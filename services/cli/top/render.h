// A snapshot as text.
#ifndef TINTINH_SERVICES_CLI_TOP_RENDER_H_
#define TINTINH_SERVICES_CLI_TOP_RENDER_H_

#include <string>

#include "services/cli/top/snapshot.h"

namespace tintinh::cli {

// A line a process, a line more for each further shard it holds; then what concerns all: replicas that disagree at the
// same position, shards whose replicas do not all answer, articles a second since `before` (null: none).
std::string Render(const Snapshot& now, const Snapshot* before);

}  // namespace tintinh::cli

#endif  // TINTINH_SERVICES_CLI_TOP_RENDER_H_

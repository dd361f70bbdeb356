// The processes of an installation, as a file names them.
#ifndef TINTINH_SERVICES_CLI_TOP_PROCESSES_H_
#define TINTINH_SERVICES_CLI_TOP_PROCESSES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace tintinh::cli {

struct Process {
  std::string name;
  std::string address;  // HOST:PORT
};

// A process a line, "NAME HOST:PORT"; empty lines and those that begin with "#" are passed over. INVALID_ARGUMENT names
// the line that is neither, or a name that comes twice; at most 1,000 processes.
absl::StatusOr<std::vector<Process>> ParseProcesses(absl::string_view text);

}  // namespace tintinh::cli

#endif  // TINTINH_SERVICES_CLI_TOP_PROCESSES_H_

#include <unistd.h>

#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "common/sync/pause.h"
#include "services/cli/commands/commands.h"
#include "services/cli/context.h"
#include "services/cli/top/processes.h"
#include "services/cli/top/render.h"
#include "services/cli/top/snapshot.h"

namespace tintinh::cli {
namespace {

struct TopFlags {
  std::string processes;
  bool once = false;
  double every_seconds = 1;
};

absl::StatusOr<std::vector<Process>> ProcessesOf(const Context& context, const TopFlags& flags) {
  if (flags.processes.empty()) return std::vector<Process>{{"server", context.server}};
  std::ifstream file(flags.processes);
  if (!file) return absl::InvalidArgumentError(absl::StrCat("--processes: ", flags.processes, " cannot be read"));
  const std::string text(std::istreambuf_iterator<char>(file), {});
  absl::StatusOr<std::vector<Process>> processes = ParseProcesses(text);
  if (processes.ok()) return processes;
  return absl::InvalidArgumentError(absl::StrCat(flags.processes, ", ", processes.status().message()));
}

absl::Status OneServes(const Snapshot& snapshot) {
  for (const ProcessState& state : snapshot.processes) {
    if (state.serving) return absl::OkStatus();
  }
  return absl::UnavailableError("no process is serving");
}

// A terminal is redrawn in place; elsewhere one look follows the other.
absl::Status Top(const Context& context, const TopFlags& flags) {
  constexpr absl::string_view kHomeAndClear = "\x1b[H\x1b[2J";
  ASSIGN_OR_RETURN(const std::vector<Process> processes, ProcessesOf(context, flags));
  const bool terminal = ::isatty(STDOUT_FILENO) == 1;
  std::optional<Snapshot> before;
  while (true) {
    Snapshot now = TakeSnapshot(processes, context.ca, context.timeout);
    std::cout << (terminal && !flags.once ? kHomeAndClear : "") << Render(now, before ? &*before : nullptr)
              << std::flush;
    if (flags.once || !std::cout) return OneServes(now);
    before = std::move(now);
    tintinh::Pause(absl::Seconds(flags.every_seconds));
  }
}

}  // namespace

void AddTop(CLI::App& app, const Run& run) {
  const auto flags = std::make_shared<TopFlags>();
  CLI::App* top = app.add_subcommand("top", "all processes of an installation, redrawn until interrupted");
  top->add_option("--processes", flags->processes, "file of \"NAME HOST:PORT\" lines; without it --server alone");
  top->add_flag("--once", flags->once, "one look instead");
  top->add_option("--every", flags->every_seconds, "seconds between two looks")
      ->check(CLI::Range(0.1, 3600.0))
      ->default_val(1.0);
  top->callback([run, flags] { run([flags](const Context& context) { return Top(context, *flags); }); });
}

}  // namespace tintinh::cli

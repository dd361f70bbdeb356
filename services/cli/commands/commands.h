// One function a command: adds its sub-command and flags to the application; running it sets the application's result.
#ifndef TINTINH_SERVICES_CLI_COMMANDS_COMMANDS_H_
#define TINTINH_SERVICES_CLI_COMMANDS_COMMANDS_H_

#include <functional>

#include "absl/status/status.h"
#include "services/cli/context.h"

namespace CLI {
class App;
}

namespace tintinh::cli {

// Called by CLI11 when the sub-command was named; the last one called wins.
using Run = std::function<void(std::function<absl::Status(const Context&)>)>;

void AddSearch(CLI::App& app, const Run& run);
void AddSuggest(CLI::App& app, const Run& run);
void AddGet(CLI::App& app, const Run& run);
void AddNormalize(CLI::App& app, const Run& run);
void AddImport(CLI::App& app, const Run& run);
void AddCrawl(CLI::App& app, const Run& run);
void AddStatus(CLI::App& app, const Run& run);
void AddAnalyze(CLI::App& app, const Run& run);
void AddExplain(CLI::App& app, const Run& run);
void AddTop(CLI::App& app, const Run& run);
void AddTools(CLI::App& app, const Run& run);
void AddWarc(CLI::App& app, const Run& run);
void AddAdmin(CLI::App& app, const Run& run);
void AddBackup(CLI::App& app, const Run& run);
void AddCheckpoint(CLI::App& admin, const Run& run);

}  // namespace tintinh::cli

#endif  // TINTINH_SERVICES_CLI_COMMANDS_COMMANDS_H_

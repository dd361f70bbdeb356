#include "services/cli/cli.h"

#include <functional>
#include <iostream>
#include <utility>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "services/cli/commands/commands.h"
#include "services/cli/context.h"

namespace tintinh::cli {
namespace {

constexpr int kFailed = 1;
constexpr int kWrongUse = 2;

void AddGlobalFlags(CLI::App& app, Context& context, double& timeout_seconds) {
  app.add_option("--server", context.server, "HOST:PORT of a node")
      ->envname("TINTINH_SERVER")
      ->default_val("127.0.0.1:7300");
  app.add_option("--ca", context.ca, "PEM file of the authority that signed the server's certificate");
  app.add_flag("--json", context.json, "print JSON lines");
  app.add_option("--timeout", timeout_seconds, "seconds one call may take")
      ->check(CLI::Range(0.01, 3600.0))
      ->default_val(10.0);
}

void AddCommands(CLI::App& app, const Run& run) {
  app.require_subcommand(1);
  app.fallthrough();
  for (auto* add : {AddSearch, AddSuggest, AddGet, AddNormalize, AddImport, AddCrawl, AddStatus, AddAnalyze, AddExplain,
                    AddTools, AddWarc, AddAdmin, AddBackup, AddTop}) {
    add(app, run);
  }
}

}  // namespace

int RunCli(int argc, char** argv, const CliOptions& options) {
  CLI::App app("Tin Tỉnh: search and operate an archive of Viet Nam's provincial news", "tintinh");
  app.set_version_flag("--version", absl::StrCat("tintinh ", options.version));
  Context context;
  context.embedded_normalizer = options.embedded_normalizer;
  context.site_labels = options.site_labels;
  context.fetch_page = options.fetch_page;
  context.crawl_tools = options.crawl_tools;
  context.index_tools = options.index_tools;
  double timeout_seconds = 0;
  AddGlobalFlags(app, context, timeout_seconds);
  std::function<absl::Status(const Context&)> command;
  AddCommands(app, [&command](std::function<absl::Status(const Context&)> chosen) { command = std::move(chosen); });
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kWrongUse;
  }
  context.timeout = absl::Seconds(timeout_seconds);
  const absl::Status status = command(context);
  if (status.ok()) return 0;
  std::cerr << "tintinh: " << status.message() << "\n";
  return absl::IsInvalidArgument(status) ? kWrongUse : kFailed;
}

}  // namespace tintinh::cli

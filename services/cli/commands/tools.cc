#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "nlohmann/json.hpp"
#include "services/cli/commands/commands.h"
#include "services/cli/context.h"
#include "services/cli/crawl_tools.h"
#include "services/cli/page_file.h"
#include "services/cli/terminal.h"

namespace tintinh::cli {
namespace {

constexpr size_t kMaxLineBytes = size_t{16} << 20;

// One answer a line, flushed, so that a program at the other end may ask and wait.
absl::Status AnswerLines(const Tool& tool) {
  size_t number = 0;
  for (std::string line; std::getline(std::cin, line);) {
    ++number;
    if (line.size() > kMaxLineBytes) {
      return absl::InvalidArgumentError(
          absl::StrCat("line ", number, ": ", line.size(), " bytes, the limit is ", kMaxLineBytes));
    }
    if (!line.empty()) std::cout << tool(line) << std::endl;
  }
  return absl::OkStatus();
}

void AddBatch(CLI::App& app, const Run& run, const std::string& name, const std::string& about,
              Tool CrawlTools::*tool) {
  CLI::App* command = app.add_subcommand(name, about);
  auto batch = std::make_shared<bool>(false);
  command->add_flag("--batch", *batch, "read JSON lines from standard input, print one for each")->required();
  command->callback(
      [run, tool, batch] { run([tool](const Context& context) { return AnswerLines(context.crawl_tools.*tool); }); });
}

struct FileFlags {
  std::vector<std::string> files;
  std::string base = "http://localhost/";
};

absl::Status PrintFile(const std::string& file, const FileFlags& flags, const FileReader& reader) {
  ASSIGN_OR_RETURN(const v1::Page page, ReadPage(file, InputFormat::kByName));
  const absl::StatusOr<std::string> json = reader(page.body(), flags.base);
  if (!json.ok()) return absl::Status(json.status().code(), absl::StrCat(file, ": ", json.status().message()));
  std::cout << *json << std::endl;
  return absl::OkStatus();
}

absl::Status ReadFiles(const FileFlags& flags, const FileReader& reader) {
  absl::Status first;
  for (const std::string& file : flags.files) {
    const absl::Status status = PrintFile(file, flags, reader);
    if (!status.ok()) std::cerr << "tintinh: " << status.message() << "\n";
    first.Update(status);
  }
  return first.ok() ? first : absl::Status(first.code(), "not every file could be read");
}

void AddParse(CLI::App& app, const Run& run, const std::string& about, FileReader CrawlTools::*reader) {
  CLI::App* command = app.add_subcommand("parse", about);
  auto flags = std::make_shared<FileFlags>();
  command->add_option("files", flags->files, "files, gzip or not; - is standard input")->required();
  command->add_option("--base", flags->base, "what relative addresses are relative to");
  command->callback([run, flags, reader] {
    run([flags, reader](const Context& context) { return ReadFiles(*flags, context.crawl_tools.*reader); });
  });
}

void PrintFinding(const Context& context, const SiteFinding& finding) {
  if (context.json) {
    const nlohmann::ordered_json line = {
        {"site", finding.site}, {"what", finding.what}, {"detail", finding.detail}, {"ok", finding.ok}};
    std::cout << line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << std::endl;
    return;
  }
  std::cout << (finding.ok ? "ok     " : "WRONG  ") << Printable(finding.site) << "  " << Printable(finding.what)
            << ": " << Printable(finding.detail) << std::endl;
}

void AddSitesCheck(CLI::App& group, const Run& run) {
  CLI::App* command = group.add_subcommand("check", "look over a sites file, and with --probe at the sites");
  auto question = std::make_shared<SitesQuestion>();
  command->add_option("file", question->path, "YAML, as the crawler's sites_file")->required();
  command->add_flag("--probe", question->probe, "ask each enabled site for robots.txt and its listings, politely");
  command->add_option("--user-agent", question->user_agent, "with a contact; as the crawler's user_agent");
  command->add_option("--allow-private", question->allowed_private_networks, "networks such as 127.0.0.0/8");
  command->callback([run, question] {
    run([question](const Context& context) {
      return context.crawl_tools.sites_check(
          *question, [&context](const SiteFinding& finding) { PrintFinding(context, finding); });
    });
  });
}

CLI::App& AddGroup(CLI::App& app, const std::string& name, const std::string& about) {
  CLI::App* group = app.add_subcommand(name, about);
  group->require_subcommand(1);
  return *group;
}

}  // namespace

void AddTools(CLI::App& app, const Run& run) {
  AddBatch(AddGroup(app, "robots", "ask a robots.txt"), run, "check", R"({"robots","agent","url"} → {"allowed"})",
           &CrawlTools::robots_check);
  CLI::App& url = AddGroup(app, "url", "see addresses as the crawler does");
  AddBatch(url, run, "normalize", R"({"url"} → {"normalized"})", &CrawlTools::url_normalize);
  AddBatch(url, run, "resolve", R"({"base","input"} → {"resolved"})", &CrawlTools::url_resolve);
  AddBatch(AddGroup(app, "http", "read HTTP headers as the crawler does"), run, "retry-after",
           R"({"now","header"} → {"delay_s"})", &CrawlTools::retry_after);
  AddBatch(AddGroup(app, "net", "ask which addresses are never fetched"), run, "blocked",
           R"({"address"} or {"url"} → {"blocked"})", &CrawlTools::net_blocked);
  AddSitesCheck(AddGroup(app, "sites", "look over the sites that are to be crawled"), run);
  AddParse(AddGroup(app, "sitemap", "read sitemaps"), run, "print each file as a line of JSON", &CrawlTools::sitemap);
  AddParse(AddGroup(app, "feed", "read feeds"), run, "print each file as a line of JSON", &CrawlTools::feed);
}

}  // namespace tintinh::cli

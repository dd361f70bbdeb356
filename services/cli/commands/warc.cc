#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "common/status/status_macros.h"
#include "common/warc/reader.h"
#include "services/cli/commands/commands.h"
#include "services/cli/context.h"
#include "services/cli/json_output.h"

namespace tintinh::cli {
namespace {

absl::Status IndexFile(const std::string& file) {
  warc::ReaderLimits limits;
  limits.max_block_bytes = 4096;  // enough for an HTTP status line
  ASSIGN_OR_RETURN(const std::unique_ptr<warc::Reader> reader, warc::Reader::Open(file, limits));
  warc::Record record;
  while (true) {
    ASSIGN_OR_RETURN(const bool more, reader->Next(record));
    if (!more) return absl::OkStatus();
    std::cout << WarcRecordLine(file, record) << "\n";
  }
}

// Every file is tried; the first failure is the result.
absl::Status Index(const std::vector<std::string>& files) {
  absl::Status first;
  for (const std::string& file : files) {
    const absl::Status status = IndexFile(file);
    if (!status.ok()) std::cerr << "tintinh: " << status.message() << "\n";
    first.Update(status);
  }
  return first.ok() ? first : absl::Status(absl::StatusCode::kDataLoss, "not every file could be read to its end");
}

}  // namespace

void AddWarc(CLI::App& app, const Run& run) {
  CLI::App* command = app.add_subcommand("warc", "look into web archives");
  command->require_subcommand(1);
  CLI::App* index = command->add_subcommand("index", "print every record of WARC files as a line of JSON");
  auto files = std::make_shared<std::vector<std::string>>();
  index->add_option("files", *files, "WARC files, plain or packed with gzip")->required();
  index->callback([run, files] { run([files](const Context&) { return Index(*files); }); });
}

}  // namespace tintinh::cli

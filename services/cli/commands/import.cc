#include <algorithm>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/rpc/channel.h"
#include "common/status/grpc_status.h"
#include "common/status/status_macros.h"
#include "services/cli/commands/commands.h"
#include "services/cli/context.h"
#include "services/cli/json_output.h"
#include "services/cli/page_file.h"
#include "services/cli/terminal.h"
#include "tintinh/v1/normalizer_service.grpc.pb.h"

namespace tintinh::cli {
namespace {

using Stream = grpc::ClientReaderWriterInterface<v1::ProcessRequest, v1::ProcessResponse>;

struct ImportFlags {
  std::vector<std::string> files;
  std::string site;
};

struct Tally {
  std::map<v1::Outcome, uint64_t> outcomes;
  uint64_t answered = 0;

  uint64_t Of(v1::Outcome outcome) const {
    const auto it = outcomes.find(outcome);
    return it == outcomes.end() ? 0 : it->second;
  }
  std::string Text() const {
    return absl::StrCat(Of(v1::OUTCOME_STORED), " stored, ", Of(v1::OUTCOME_NEAR_DUPLICATE), " near-duplicates, ",
                        Of(v1::OUTCOME_UNCHANGED), " unchanged, ", Of(v1::OUTCOME_REJECTED), " rejected, ",
                        Of(v1::OUTCOME_FAILED), " failed");
  }
};

// Sends every file that can be read, in order; the page id is the file's index. Returns the files that cannot be read.
std::vector<std::string> SendFiles(const ImportFlags& flags, Stream& stream) {
  std::vector<std::string> unreadable;
  for (size_t i = 0; i < flags.files.size(); ++i) {
    absl::StatusOr<v1::Page> page = ReadPage(flags.files[i], InputFormat::kByName);
    if (!page.ok()) {
      unreadable.push_back(std::string(page.status().message()));
      continue;
    }
    page->set_page_id(absl::StrCat(i));
    page->set_site(flags.site);
    v1::ProcessRequest request;
    *request.mutable_page() = *std::move(page);
    if (!stream.Write(request)) break;
  }
  stream.WritesDone();
  return unreadable;
}

std::string FileOf(const ImportFlags& flags, const v1::ProcessResponse& response) {
  size_t index = 0;
  const bool known = absl::SimpleAtoi(response.page_id(), &index) && index < flags.files.size();
  return known ? flags.files[index] : response.page_id();
}

void Report(const Context& context, const ImportFlags& flags, const v1::ProcessResponse& response) {
  if (context.json) {
    v1::ProcessResponse named = response;
    named.set_page_id(FileOf(flags, response));
    named.clear_links();
    // Flushed line by line: a printed outcome is an acknowledged one.
    std::cout << ProtoLine(named) << std::endl;
  } else if (response.outcome() == v1::OUTCOME_REJECTED || response.outcome() == v1::OUTCOME_FAILED) {
    std::cerr << "\n" << FileOf(flags, response) << ": " << Printable(response.reason()) << "\n";
  }
}

void ReadOutcomes(const Context& context, const ImportFlags& flags, Stream& stream, Tally& tally) {
  ProgressBar progress("import", flags.files.size());
  v1::ProcessResponse response;
  while (stream.Read(&response)) {
    ++tally.outcomes[response.outcome()];
    progress.Set(++tally.answered);
    Report(context, flags, response);
  }
}

absl::Status Verdict(const Tally& tally, const std::vector<std::string>& unreadable) {
  for (const std::string& message : unreadable) std::cerr << "tintinh: " << message << "\n";
  if (!unreadable.empty()) return absl::NotFoundError(absl::StrCat(unreadable.size(), " files could not be read"));
  if (tally.Of(v1::OUTCOME_FAILED) > 0) {
    return absl::UnavailableError(
        "not everything was stored; run the same import again: what is stored stays as it is");
  }
  return absl::OkStatus();
}

absl::Status Import(const Context& context, const ImportFlags& flags) {
  ASSIGN_OR_RETURN(const auto channel, context.Connect());
  const auto stub = v1::NormalizerService::NewStub(channel);
  grpc::ClientContext call;
  // A stalled service is noticed by the services' own deadlines; the whole import may take long.
  PrepareContext(call, std::max(context.timeout, absl::Seconds(10) * static_cast<int64_t>(flags.files.size())));
  const std::unique_ptr<Stream> stream = stub->Process(&call);
  std::vector<std::string> unreadable;
  std::thread sender([&] { unreadable = SendFiles(flags, *stream); });
  Tally tally;
  ReadOutcomes(context, flags, *stream, tally);
  sender.join();
  const absl::Status status = FromGrpcStatus(stream->Finish());
  if (!context.json) std::cout << tally.Text() << "\n";
  RETURN_IF_ERROR(Explain(status, context));
  return Verdict(tally, unreadable);
}

}  // namespace

void AddImport(CLI::App& app, const Run& run) {
  CLI::App* command =
      app.add_subcommand("import", "normalize and store files; each is durable once its outcome is printed");
  auto flags = std::make_shared<ImportFlags>();
  command->add_option("files", flags->files, "saved pages (.html) and text dumps (.txt)")->required();
  command->add_option("--site", flags->site, "site id to file them under");
  command->callback([run, flags] { run([flags](const Context& context) { return Import(context, *flags); }); });
}

}  // namespace tintinh::cli

#include <algorithm>
#include <deque>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "common/rpc/channel.h"
#include "common/status/grpc_status.h"
#include "common/status/status_macros.h"
#include "common/sync/mutex.h"
#include "services/cli/commands/commands.h"
#include "services/cli/context.h"
#include "services/cli/json_output.h"
#include "services/cli/page_file.h"
#include "services/cli/terminal.h"
#include "services/cli/warc_pages.h"
#include "tintinh/v1/normalizer_service.grpc.pb.h"

namespace tintinh::cli {
namespace {

using Stream = grpc::ClientReaderWriterInterface<v1::ProcessRequest, v1::ProcessResponse>;

struct ImportFlags {
  std::vector<std::string> files;
  bool warc = false;
  std::string site;
  std::string sites_file;
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

// What the pages under way are called; one thread sends and names, another hears of their outcomes.
class PageNames {
 public:
  // The page id under which the server answers.
  std::string Add(std::string name) {
    MutexLock lock(mu_);
    names_.push_back(std::move(name));
    return absl::StrCat(next_++);
  }
  // Outcomes come in the order of the pages, so that no name is needed twice.
  std::string Take() {
    MutexLock lock(mu_);
    if (names_.empty()) return "";
    std::string name = std::move(names_.front());
    names_.pop_front();
    return name;
  }

 private:
  Mutex mu_;
  std::deque<std::string> names_ ABSL_GUARDED_BY(mu_);
  uint64_t next_ ABSL_GUARDED_BY(mu_) = 0;
};

using Labels = std::function<void(v1::Page&)>;

class Sender {
 public:
  Sender(const ImportFlags& flags, Labels labels, Stream& stream, PageNames& names)
      : flags_(flags), labels_(std::move(labels)), stream_(stream), names_(names) {}

  // Everything that can be read, in order. Returns what cannot.
  std::vector<std::string> Send() {
    for (const std::string& file : flags_.files) {
      const absl::Status status = flags_.warc ? SendWarc(file) : SendFile(file);
      if (!status.ok()) unreadable_.emplace_back(status.message());
    }
    stream_.WritesDone();
    return std::move(unreadable_);
  }

 private:
  absl::Status SendFile(const std::string& file) {
    ASSIGN_OR_RETURN(v1::Page page, ReadPage(file, InputFormat::kByName));
    SendPage(file, std::move(page));
    return absl::OkStatus();
  }

  absl::Status SendWarc(const std::string& file) {
    return ReadWarcPages(file, [this](const std::string& name, absl::StatusOr<v1::Page> page) {
      if (page.ok()) return SendPage(name, *std::move(page));
      unreadable_.push_back(absl::StrCat(name, ": ", page.status().message()));
      return true;
    });
  }

  bool SendPage(const std::string& name, v1::Page page) {
    labels_(page);
    if (!flags_.site.empty()) page.set_site(flags_.site);
    page.set_page_id(names_.Add(name));
    v1::ProcessRequest request;
    *request.mutable_page() = std::move(page);
    return stream_.Write(request);
  }

  const ImportFlags& flags_;
  const Labels labels_;
  Stream& stream_;
  PageNames& names_;
  std::vector<std::string> unreadable_;
};

void Report(const Context& context, const std::string& name, const v1::ProcessResponse& response) {
  if (context.json) {
    v1::ProcessResponse named = response;
    named.set_page_id(name);
    named.clear_links();
    // Flushed line by line: a printed outcome is an acknowledged one.
    std::cout << ProtoLine(named) << std::endl;
  } else if (response.outcome() == v1::OUTCOME_REJECTED || response.outcome() == v1::OUTCOME_FAILED) {
    std::cerr << "\n" << name << ": " << Printable(response.reason()) << "\n";
  }
}

void ReadOutcomes(const Context& context, const ImportFlags& flags, Stream& stream, PageNames& names, Tally& tally) {
  ProgressBar progress("import", flags.warc ? 0 : flags.files.size());
  v1::ProcessResponse response;
  while (stream.Read(&response)) {
    ++tally.outcomes[response.outcome()];
    progress.Set(++tally.answered);
    Report(context, names.Take(), response);
  }
}

absl::Status Verdict(const Tally& tally, const std::vector<std::string>& unreadable) {
  for (const std::string& message : unreadable) std::cerr << "tintinh: " << message << "\n";
  if (!unreadable.empty())
    return absl::NotFoundError(absl::StrCat(unreadable.size(), " files or pages could not be read"));
  if (tally.Of(v1::OUTCOME_FAILED) > 0) {
    return absl::UnavailableError(
        "not everything was stored; run the same import again: what is stored stays as it is");
  }
  return absl::OkStatus();
}

absl::StatusOr<Labels> LabelsFor(const Context& context, const ImportFlags& flags) {
  if (flags.sites_file.empty()) return Labels([](v1::Page&) {});
  return context.site_labels(flags.sites_file);
}

// A stalled service is noticed by the services' own deadlines; the whole import may take long.
absl::Duration TimeFor(const Context& context, const ImportFlags& flags) {
  if (flags.warc) return absl::Hours(24) * static_cast<int64_t>(flags.files.size());
  return std::max(context.timeout, absl::Seconds(10) * static_cast<int64_t>(flags.files.size()));
}

absl::Status Import(const Context& context, ImportFlags flags) {
  if (flags.warc) {
    ASSIGN_OR_RETURN(flags.files, WarcFiles(flags.files));
  }
  ASSIGN_OR_RETURN(Labels labels, LabelsFor(context, flags));
  ASSIGN_OR_RETURN(const auto channel, context.Connect());
  const auto stub = v1::NormalizerService::NewStub(channel);
  grpc::ClientContext call;
  PrepareContext(call, TimeFor(context, flags));
  const std::unique_ptr<Stream> stream = stub->Process(&call);
  PageNames names;
  Sender sender(flags, std::move(labels), *stream, names);
  std::vector<std::string> unreadable;
  std::thread sending([&] { unreadable = sender.Send(); });
  Tally tally;
  ReadOutcomes(context, flags, *stream, names, tally);
  sending.join();
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
  command->add_flag("--warc", flags->warc, "read every file, or every WARC file of a directory, as a web archive");
  CLI::Option* site = command->add_option("--site", flags->site, "site id to file them under");
  command->add_option("--sites", flags->sites_file, "sites.yaml: tells each page's site, and hints, by its address")
      ->excludes(site);
  command->callback([run, flags] { run([flags](const Context& context) { return Import(context, *flags); }); });
}

}  // namespace tintinh::cli

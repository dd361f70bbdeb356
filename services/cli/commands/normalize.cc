#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/rpc/channel.h"
#include "common/status/grpc_status.h"
#include "common/status/status_macros.h"
#include "services/cli/commands/commands.h"
#include "services/cli/context.h"
#include "services/cli/json_output.h"
#include "services/cli/page_file.h"
#include "services/cli/terminal.h"
#include "services/cli/warc_pages.h"
#include "tintinh/v1/normalizer_service.grpc.pb.h"

namespace tintinh::cli {
namespace {

struct NormalizeFlags {
  std::vector<std::string> files;
  bool html = false;
  bool text = false;
  bool warc = false;
  bool explain = false;
};

InputFormat FormatOf(const NormalizeFlags& flags) {
  if (flags.html) return InputFormat::kHtml;
  return flags.text ? InputFormat::kText : InputFormat::kByName;
}

void PrintText(const v1::NormalizeResponse& response) {
  if (!response.has_article()) {
    std::cout << v1::RejectReason_Name(response.reject_reason()) << ": " << Printable(response.reason()) << "\n";
    return;
  }
  const v1::Article& article = response.article();
  std::cout << "title      " << Printable(article.title()) << "\n"
            << "published  " << PublishedText(article) << "\n"
            << "lead       " << Printable(article.lead()) << "\n"
            << "paragraphs " << article.paragraphs_size() << "\n"
            << "photos     " << article.photos_size() << "\n"
            << "place      " << Printable(article.place().district()) << ", " << Printable(article.place().province())
            << "\n";
}

void PrintEvidence(const v1::NormalizeResponse& response) {
  for (const v1::FieldEvidence& evidence : response.evidence()) {
    std::cout << (evidence.chosen() ? "* " : "  ") << evidence.field() << "  " << Printable(evidence.rule()) << "  "
              << Printable(evidence.value()) << "\n";
  }
}

absl::StatusOr<v1::Page> ReadInput(const Context& context, const NormalizeFlags& flags, const std::string& input) {
  const bool is_url = absl::StartsWithIgnoreCase(input, "http://") || absl::StartsWithIgnoreCase(input, "https://");
  return is_url ? context.fetch_page(input) : ReadPage(input, FormatOf(flags));
}

absl::Status NormalizePage(const Context& context, const NormalizeFlags& flags, const std::string& name, v1::Page page,
                           v1::NormalizerService::Stub& stub) {
  v1::NormalizeRequest request;
  *request.mutable_page() = std::move(page);
  grpc::ClientContext call;
  PrepareContext(call, context.timeout);
  v1::NormalizeResponse response;
  RETURN_IF_ERROR(FromGrpcStatus(stub.Normalize(&call, request, &response)));
  if (context.json) {
    std::cout << NormalizedLine(name, response) << std::endl;
  } else {
    PrintText(response);
  }
  if (flags.explain) PrintEvidence(response);
  return response.has_article() ? absl::OkStatus()
                                : absl::FailedPreconditionError(absl::StrCat(name, ": ", response.reason()));
}

// What was tried and what came of it first.
struct Results {
  void Add(const absl::Status& status) {
    if (!status.ok()) std::cerr << "tintinh: " << status.message() << "\n";
    first.Update(status);
  }
  absl::Status first;
};

absl::Status NormalizeInput(const Context& context, const NormalizeFlags& flags, const std::string& input,
                            v1::NormalizerService::Stub& stub) {
  ASSIGN_OR_RETURN(v1::Page page, ReadInput(context, flags, input));
  return NormalizePage(context, flags, BaseName(input), std::move(page), stub);
}

// In an archive listings and refusals are expected: only what cannot be read is a failure.
absl::Status NormalizeWarcs(const Context& context, const NormalizeFlags& flags, v1::NormalizerService::Stub& stub) {
  ASSIGN_OR_RETURN(const std::vector<std::string> files, WarcFiles(flags.files));
  Results results;
  for (const std::string& file : files) {
    results.Add(ReadWarcPages(file, [&](const std::string& name, absl::StatusOr<v1::Page> page) {
      const absl::Status status =
          page.ok() ? NormalizePage(context, flags, name, *std::move(page), stub) : page.status();
      if (!absl::IsFailedPrecondition(status)) results.Add(status);
      return true;
    }));
  }
  return results.first.ok() ? results.first : absl::Status(results.first.code(), "not everything could be read");
}

// Every file is tried; the first failure is the result.
absl::Status Normalize(const Context& context, const NormalizeFlags& flags) {
  ASSIGN_OR_RETURN(const auto channel, context.embedded_normalizer());
  const auto stub = v1::NormalizerService::NewStub(channel);
  if (flags.warc) return NormalizeWarcs(context, flags, *stub);
  Results results;
  for (const std::string& file : flags.files) results.Add(NormalizeInput(context, flags, file, *stub));
  if (results.first.ok()) return results.first;
  return absl::Status(results.first.code(), "not every file became an article");
}

}  // namespace

void AddNormalize(CLI::App& app, const Run& run) {
  CLI::App* command =
      app.add_subcommand("normalize", "print what the normalizer makes of files and web pages; needs no running node");
  auto flags = std::make_shared<NormalizeFlags>();
  command
      ->add_option("files", flags->files,
                   "saved pages (.html), text dumps (.txt) and web addresses; - is standard input")
      ->required();
  CLI::Option* html = command->add_flag("--html", flags->html, "read every file as HTML");
  CLI::Option* text = command->add_flag("--text", flags->text, "read every file as a text dump")->excludes(html);
  command->add_flag("--warc", flags->warc, "read every file, or every WARC file of a directory, as a web archive")
      ->excludes(html)
      ->excludes(text);
  command->add_flag("--explain", flags->explain, "also print which rule supplied each field");
  command->callback([run, flags] { run([flags](const Context& context) { return Normalize(context, *flags); }); });
}

}  // namespace tintinh::cli

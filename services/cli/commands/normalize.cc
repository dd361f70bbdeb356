#include <iostream>
#include <memory>
#include <string>
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
#include "tintinh/v1/normalizer_service.grpc.pb.h"

namespace tintinh::cli {
namespace {

struct NormalizeFlags {
  std::vector<std::string> files;
  bool html = false;
  bool text = false;
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

absl::Status NormalizeFile(const Context& context, const NormalizeFlags& flags, const std::string& file,
                           v1::NormalizerService::Stub& stub) {
  v1::NormalizeRequest request;
  ASSIGN_OR_RETURN(*request.mutable_page(), ReadInput(context, flags, file));
  grpc::ClientContext call;
  PrepareContext(call, context.timeout);
  v1::NormalizeResponse response;
  RETURN_IF_ERROR(FromGrpcStatus(stub.Normalize(&call, request, &response)));
  if (context.json) {
    std::cout << NormalizedLine(BaseName(file), response) << std::endl;
  } else {
    PrintText(response);
  }
  if (flags.explain) PrintEvidence(response);
  return response.has_article() ? absl::OkStatus()
                                : absl::FailedPreconditionError(absl::StrCat(file, ": ", response.reason()));
}

// Every file is tried; the first failure is the result.
absl::Status Normalize(const Context& context, const NormalizeFlags& flags) {
  ASSIGN_OR_RETURN(const auto channel, context.embedded_normalizer());
  const auto stub = v1::NormalizerService::NewStub(channel);
  absl::Status first;
  for (const std::string& file : flags.files) {
    const absl::Status status = NormalizeFile(context, flags, file, *stub);
    if (!status.ok()) std::cerr << "tintinh: " << status.message() << "\n";
    first.Update(status);
  }
  if (first.ok()) return first;
  return absl::Status(first.code(), "not every file became an article");
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
  command->add_flag("--text", flags->text, "read every file as a text dump")->excludes(html);
  command->add_flag("--explain", flags->explain, "also print which rule supplied each field");
  command->callback([run, flags] { run([flags](const Context& context) { return Normalize(context, *flags); }); });
}

}  // namespace tintinh::cli

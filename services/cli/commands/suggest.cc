#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "common/status/status_macros.h"
#include "common/text/utf8.h"
#include "services/cli/call.h"
#include "services/cli/commands/commands.h"
#include "services/cli/context.h"
#include "services/cli/json_output.h"
#include "services/cli/terminal.h"
#include "tintinh/v1/query_service.grpc.pb.h"

namespace tintinh::cli {
namespace {

struct SuggestFlags {
  std::vector<std::string> words;
  uint32_t limit = 8;
  bool meant = false;
};

absl::StatusOr<std::string> TextOf(const SuggestFlags& flags) {
  std::string text = absl::StrJoin(flags.words, " ");
  if (!text::IsValidUtf8(text)) return absl::InvalidArgumentError("the text is not valid UTF-8");
  return text;
}

absl::string_view NameOf(v1::SuggestionKind kind) {
  switch (kind) {
    case v1::SUGGESTION_KIND_PHRASE:
      return "phrase";
    case v1::SUGGESTION_KIND_TITLE:
      return "title ";
    case v1::SUGGESTION_KIND_PLACE:
      return "place ";
    default:
      return "?     ";
  }
}

std::string RemarkOf(const v1::Suggestion& item) {
  if (item.kind() == v1::SUGGESTION_KIND_PHRASE) return absl::StrCat(item.titles(), " titles");
  return item.kind() == v1::SUGGESTION_KIND_TITLE ? absl::StrCat("[", item.article_id(), "]") : item.detail();
}

absl::Status Suggest(const Context& context, const SuggestFlags& flags) {
  v1::SuggestRequest request;
  ASSIGN_OR_RETURN(*request.mutable_prefix(), TextOf(flags));
  request.set_limit(flags.limit);
  ASSIGN_OR_RETURN(const v1::SuggestResponse response,
                   Call<v1::QueryService>(context, &v1::QueryService::Stub::Suggest, request));
  if (context.json) {
    std::cout << ProtoLine(response) << "\n";
    return absl::OkStatus();
  }
  for (const v1::Suggestion& item : response.items()) {
    std::cout << NameOf(item.kind()) << "  " << Highlighted(item.text(), item.highlights(), WantsColour()) << "  "
              << Printable(RemarkOf(item)) << "\n";
  }
  return absl::OkStatus();
}

absl::Status DidYouMean(const Context& context, const SuggestFlags& flags) {
  v1::DidYouMeanRequest request;
  ASSIGN_OR_RETURN(*request.mutable_query(), TextOf(flags));
  ASSIGN_OR_RETURN(const v1::DidYouMeanResponse response,
                   Call<v1::QueryService>(context, &v1::QueryService::Stub::DidYouMean, request));
  if (context.json) {
    std::cout << ProtoLine(response) << "\n";
  } else if (!response.query().empty()) {
    std::cout << Printable(response.query()) << "\n";
  }
  return absl::OkStatus();
}

}  // namespace

void AddSuggest(CLI::App& app, const Run& run) {
  CLI::App* command = app.add_subcommand("suggest", "complete a text: phrases and titles of articles, places");
  auto flags = std::make_shared<SuggestFlags>();
  command->add_option("words", flags->words, "what is typed so far; the last word may go on")->required();
  command->add_option("-n,--limit", flags->limit, "suggestions to show, 1 to 20")->check(CLI::Range(1, 20));
  command->add_flag("--meant", flags->meant, "instead, the text with the marks it was probably meant to have");
  command->callback([run, flags] {
    run([flags](const Context& context) {
      return flags->meant ? DidYouMean(context, *flags) : Suggest(context, *flags);
    });
  });
}

}  // namespace tintinh::cli

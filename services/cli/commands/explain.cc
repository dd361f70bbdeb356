#include <iostream>
#include <memory>
#include <string>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/status/status_macros.h"
#include "common/time/clock.h"
#include "services/cli/call.h"
#include "services/cli/commands/commands.h"
#include "services/cli/context.h"
#include "services/cli/json_output.h"
#include "services/cli/terminal.h"
#include "tintinh/v1/crawler_service.grpc.pb.h"
#include "tintinh/v1/query_service.grpc.pb.h"

namespace tintinh::cli {
namespace {

// The index's side of the story; a message for a person.
std::string IndexLine(const Context& context, const std::string& article_id) {
  if (article_id.empty()) return "no article was made of it";
  v1::GetArticleRequest request;
  request.set_article_id(article_id);
  const auto response = Call<v1::QueryService>(context, &v1::QueryService::Stub::GetArticle, request);
  if (!response.ok()) return absl::StrCat("article ", article_id, ": ", response.status().message());
  return absl::StrCat("article ", article_id, " is searchable: ", Printable(response->article().title()));
}

std::string TimeText(const google::protobuf::Timestamp& time) {
  return absl::FormatTime("%Y-%m-%d %H:%M:%S%Ez", absl::FromUnixSeconds(time.seconds()), VietnamTimeZone());
}

void PrintExplanation(const v1::ExplainUrlResponse& response) {
  std::cout << Printable(response.canonical_url()) << "\n"
            << v1::UrlState_Name(response.state()) << ": " << Printable(response.reason()) << "\n";
  if (response.has_last_fetch()) {
    std::cout << "last fetched " << TimeText(response.last_fetch()) << ", HTTP " << response.last_http_status() << "\n";
  }
  if (response.has_next_fetch()) std::cout << "next fetch " << TimeText(response.next_fetch()) << "\n";
  if (!response.robots_rule().empty()) std::cout << "robots.txt: " << Printable(response.robots_rule()) << "\n";
}

absl::Status ExplainUrl(const Context& context, const std::string& url) {
  v1::ExplainUrlRequest request;
  request.set_url(url);
  ASSIGN_OR_RETURN(const v1::ExplainUrlResponse response,
                   Call<v1::CrawlerService>(context, &v1::CrawlerService::Stub::ExplainUrl, request));
  if (context.json) {
    std::cout << ProtoLine(response) << "\n";
    return absl::OkStatus();
  }
  PrintExplanation(response);
  std::cout << IndexLine(context, response.article_id()) << "\n";
  return absl::OkStatus();
}

}  // namespace

void AddExplain(CLI::App& parent, const Run& run) {
  CLI::App* command = parent.add_subcommand("explain", "why a URL is or is not fetched, stored and searchable");
  auto url = std::make_shared<std::string>();
  command->add_option("url", *url, "absolute URL")->required();
  command->callback([run, url] { run([url](const Context& context) { return ExplainUrl(context, *url); }); });
}

}  // namespace tintinh::cli

#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/str_join.h"
#include "common/status/status_macros.h"
#include "services/cli/call.h"
#include "services/cli/commands/commands.h"
#include "services/cli/context.h"
#include "services/cli/json_output.h"
#include "services/cli/terminal.h"
#include "tintinh/v1/query_service.grpc.pb.h"

namespace tintinh::cli {
namespace {

void PrintArticle(const v1::Article& article) {
  std::cout << Printable(article.title()) << "\n";
  std::cout << PublishedText(article) << "  " << Printable(absl::StrJoin(article.authors(), ", ")) << "\n";
  std::cout << Printable(article.url()) << "\n\n";
  if (!article.lead().empty()) std::cout << Printable(article.lead()) << "\n\n";
  for (const v1::Paragraph& paragraph : article.paragraphs()) std::cout << Printable(paragraph.text()) << "\n\n";
  for (const v1::Photo& photo : article.photos()) std::cout << "[ảnh] " << Printable(photo.caption()) << "\n";
}

absl::Status Get(const Context& context, const std::string& article_id) {
  v1::GetArticleRequest request;
  request.set_article_id(article_id);
  ASSIGN_OR_RETURN(const v1::GetArticleResponse response,
                   Call<v1::QueryService>(context, &v1::QueryService::Stub::GetArticle, request));
  if (context.json) {
    std::cout << ProtoLine(response.article()) << "\n";
  } else {
    PrintArticle(response.article());
  }
  return absl::OkStatus();
}

}  // namespace

void AddGet(CLI::App& app, const Run& run) {
  CLI::App* command = app.add_subcommand("get", "print one article");
  auto article_id = std::make_shared<std::string>();
  command->add_option("article_id", *article_id, "32 hex digits, as search prints them")->required();
  command->callback(
      [run, article_id] { run([article_id](const Context& context) { return Get(context, *article_id); }); });
}

}  // namespace tintinh::cli

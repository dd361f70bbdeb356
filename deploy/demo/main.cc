// tintinh-demo-site generate|publish --directory DIR --base URL: writes the demo newspaper, or adds an article to it.
#include <iostream>
#include <string>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "absl/time/clock.h"
#include "deploy/demo/site.h"

int main(int argc, char** argv) {
  CLI::App app("Writes the static site of an invented newspaper", "tintinh-demo-site");
  app.require_subcommand(1);
  app.fallthrough();
  std::string directory;
  std::string base;
  app.add_option("--directory", directory, "where the site's files go")->required();
  app.add_option("--base", base, "origin it is served from, such as http://127.0.0.1:7381")->required();
  CLI::App* generate = app.add_subcommand("generate", "write every page");
  app.add_subcommand("publish", "add one article and print the word only it has");
  CLI11_PARSE(app, argc, argv);
  absl::Status status;
  if (generate->parsed()) {
    status = tintinh::demo::GenerateSite(directory, base);
  } else {
    const auto word = tintinh::demo::PublishArticle(directory, base, absl::Now());
    status = word.status();
    if (word.ok()) std::cout << *word << "\n";
  }
  if (!status.ok()) std::cerr << "tintinh-demo-site: " << status.message() << "\n";
  return status.ok() ? 0 : 1;
}

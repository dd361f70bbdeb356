#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/text/analyzer.h"
#include "nlohmann/json.hpp"
#include "services/cli/commands/commands.h"
#include "services/cli/context.h"
#include "services/cli/terminal.h"

namespace tintinh::cli {
namespace {

std::string KindName(text::KeyKind kind) {
  switch (kind) {
    case text::KeyKind::kExact:
      return "exact";
    case text::KeyKind::kFolded:
      return "folded";
    case text::KeyKind::kPair:
      return "pair";
    case text::KeyKind::kIdentifier:
      return "identifier";
  }
  return "";
}

// Pairs are hashes; their hex form is readable and stable.
std::string KeyText(const text::AnalyzedText& analyzed, const text::Token& token) {
  const absl::string_view key = analyzed.Key(token);
  return token.kind == text::KeyKind::kPair ? absl::BytesToHexString(key) : std::string(key);
}

std::string JsonLine(const std::string& source, const text::AnalyzedText& analyzed, const text::Token& token) {
  const nlohmann::ordered_json line = {{"kind", KindName(token.kind)},
                                       {"key", KeyText(analyzed, token)},
                                       {"position", token.position},
                                       {"begin", token.begin},
                                       {"end", token.end},
                                       {"source", source.substr(token.begin, token.end - token.begin)}};
  return line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::string TextLine(const std::string& source, const text::AnalyzedText& analyzed, const text::Token& token) {
  return absl::StrCat(token.position, "\t", KindName(token.kind), "\t", KeyText(analyzed, token), "\t",
                      Printable(source.substr(token.begin, token.end - token.begin)));
}

absl::Status Analyze(const Context& context, const std::string& source) {
  const text::AnalyzedText analyzed = text::Analyzer().Analyze(source);
  for (const text::Token& token : analyzed.tokens) {
    std::cout << (context.json ? JsonLine(source, analyzed, token) : TextLine(source, analyzed, token)) << "\n";
  }
  return absl::OkStatus();
}

}  // namespace

void AddAnalyze(CLI::App& app, const Run& run) {
  CLI::App* command = app.add_subcommand("analyze", "print the keys a text is indexed and searched by");
  auto words = std::make_shared<std::vector<std::string>>();
  command->add_option("text", *words, "the text")->required();
  command->callback(
      [run, words] { run([words](const Context& context) { return Analyze(context, absl::StrJoin(*words, " ")); }); });
}

}  // namespace tintinh::cli

#include "services/cli/top/processes.h"

#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace tintinh::cli {
namespace {

constexpr size_t kMost = 1000;

}  // namespace

absl::StatusOr<std::vector<Process>> ParseProcesses(absl::string_view text) {
  std::vector<Process> processes;
  std::set<std::string> names;
  size_t number = 0;
  for (const absl::string_view whole : absl::StrSplit(text, '\n')) {
    ++number;
    const absl::string_view line = absl::StripAsciiWhitespace(whole);
    if (line.empty() || line.front() == '#') continue;
    const std::vector<std::string> words = absl::StrSplit(line, absl::ByAnyChar(" \t"), absl::SkipEmpty());
    if (words.size() != 2 || words[1].find(':') == std::string::npos) {
      return absl::InvalidArgumentError(absl::StrCat("line ", number, ": \"", line, "\" is no \"NAME HOST:PORT\""));
    }
    if (!names.insert(words[0]).second) {
      return absl::InvalidArgumentError(absl::StrCat("line ", number, ": process ", words[0], " comes twice"));
    }
    processes.push_back({words[0], words[1]});
    if (processes.size() > kMost) {
      return absl::InvalidArgumentError(absl::StrCat("line ", number, ": more than ", kMost, " processes"));
    }
  }
  return processes;
}

}  // namespace tintinh::cli

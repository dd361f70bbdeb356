#include "services/cli/terminal.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <utility>

#include "absl/strings/str_cat.h"

namespace tintinh::cli {
namespace {

constexpr uint64_t kBarCells = 30;

}  // namespace

bool WantsColour() { return ::isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr; }

std::string Printable(absl::string_view text) {
  std::string out(text);
  std::replace_if(
      out.begin(), out.end(), [](char c) { return (c >= 0 && c < 0x20) || c == 0x7f; }, ' ');
  return out;
}

std::string Highlighted(absl::string_view text, const google::protobuf::RepeatedPtrField<v1::Highlight>& highlights,
                        bool colour) {
  std::string out;
  size_t end = 0;
  for (const v1::Highlight& highlight : highlights) {
    const bool inside =
        end <= highlight.begin() && highlight.begin() <= highlight.end() && highlight.end() <= text.size();
    if (!inside) continue;
    absl::StrAppend(&out, Printable(text.substr(end, highlight.begin() - end)), colour ? "\033[1;33m" : "«",
                    Printable(text.substr(highlight.begin(), highlight.end() - highlight.begin())),
                    colour ? "\033[0m" : "»");
    end = highlight.end();
  }
  return out + Printable(text.substr(end));
}

ProgressBar::ProgressBar(std::string label, uint64_t total)
    : label_(std::move(label)), total_(total), visible_(::isatty(STDERR_FILENO) != 0) {}

ProgressBar::~ProgressBar() {
  if (visible_) std::cerr << "\n";
}

std::string ProgressBar::Render(absl::string_view label, uint64_t done, uint64_t total, absl::string_view note) {
  const uint64_t cells = total == 0 ? 0 : std::min(kBarCells, done * kBarCells / total);
  std::string bar(cells, '#');
  bar.resize(kBarCells, '.');
  return absl::StrCat(label, " [", bar, "] ", done, "/", total, note.empty() ? "" : " ", note);
}

void ProgressBar::Set(uint64_t done, absl::string_view note) {
  if (visible_) std::cerr << "\r\033[K" << Render(label_, done, total_, note) << std::flush;
}

}  // namespace tintinh::cli

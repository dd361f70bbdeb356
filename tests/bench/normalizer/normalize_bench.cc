// Pages a second through the whole normalizer on one thread, and the memory they take.
//   normalize_bench FOLDER [PAGES]         FOLDER's *.html and *.html.gz again and again, until PAGES (10 × as many)
//   are done normalize_bench FOLDER --memory        the most memory that one page takes beside itself, as a multiple of
//   its bytes
// Prints one line of JSON.
#include <malloc.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "nlohmann/json.hpp"
#include "services/normalizer/normalizer.h"
#include "tests/support/process_memory.h"

namespace tintinh::normalizer {
namespace {

// gzread hands on what was never compressed.
std::string ReadFile(const std::filesystem::path& path) {
  std::string text;
  std::array<char, 1 << 16> part{};
  gzFile file = gzopen(path.c_str(), "rb");
  for (int size = 0; (size = gzread(file, part.data(), part.size())) > 0;) text.append(part.data(), size);
  gzclose(file);
  return text;
}

std::vector<v1::Page> ReadPages(const std::filesystem::path& folder) {
  std::vector<v1::Page> pages;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename();
    if (!absl::EndsWith(name, ".html") && !absl::EndsWith(name, ".html.gz")) continue;
    v1::Page page;
    page.set_url("https://bao.example.vn/" + name);
    page.set_site("bench");
    page.set_body(ReadFile(entry.path()));
    page.set_format(v1::PAGE_FORMAT_HTML);
    pages.push_back(std::move(page));
  }
  return pages;
}

nlohmann::json MeasureSpeed(const std::vector<v1::Page>& pages, size_t wanted) {
  const Normalizer normalizer{NormalizerLimits()};
  uint64_t bytes = 0, articles = 0, resident_early = 0;
  const absl::Time start = absl::Now();
  for (size_t i = 0; i < wanted; ++i) {
    const v1::Page& page = pages[i % pages.size()];
    articles += normalizer.Normalize(page).article.has_value() ? 1 : 0;
    bytes += page.body().size();
    if (i == wanted / 10) resident_early = bench::ResidentBytes();
  }
  const double seconds = absl::ToDoubleSeconds(absl::Now() - start);
  return {{"pages", wanted},
          {"articles", articles},
          {"secs", seconds},
          {"pages_per_s", static_cast<double>(wanted) / seconds},
          {"mb_per_s", static_cast<double>(bytes) / 1e6 / seconds},
          {"resident_after_a_tenth", resident_early},
          {"resident_at_end", bench::ResidentBytes()},
          {"peak", bench::PeakResidentBytes()}};
}

void ForgetPeak() {
  malloc_trim(0);
  std::ofstream("/proc/self/clear_refs") << "5";
}

nlohmann::json MeasureMemory(const std::vector<v1::Page>& pages) {
  const Normalizer normalizer{NormalizerLimits()};
  // Fills the tables and the caches of regular expressions that all pages share.
  for (const v1::Page& page : pages) static_cast<void>(normalizer.Normalize(page));
  double worst = 0, sum = 0;
  std::string worst_page;
  for (const v1::Page& page : pages) {
    ForgetPeak();
    const uint64_t before = bench::ResidentBytes();
    static_cast<void>(normalizer.Normalize(page));
    const auto taken = static_cast<double>(bench::PeakResidentBytes() - before);
    const double multiple = taken / static_cast<double>(page.body().size());
    if (multiple > worst) worst_page = page.url();
    worst = std::max(worst, multiple);
    sum += multiple;
  }
  return {{"pages", pages.size()},
          {"mean_multiple", sum / static_cast<double>(pages.size())},
          {"worst_multiple", worst},
          {"worst_page", worst_page}};
}

}  // namespace
}  // namespace tintinh::normalizer

int main(int argc, char** argv) {
  using tintinh::normalizer::MeasureMemory;
  using tintinh::normalizer::MeasureSpeed;
  if (argc < 2) return std::cerr << "usage: normalize_bench FOLDER [PAGES|--memory]\n", 2;
  const auto pages = tintinh::normalizer::ReadPages(argv[1]);
  if (pages.empty()) return std::cerr << "no *.html or *.html.gz in " << argv[1] << "\n", 1;
  const std::string how = argc > 2 ? argv[2] : "";
  size_t wanted = pages.size() * 10;
  if (how != "--memory" && !how.empty() && !absl::SimpleAtoi(how, &wanted)) {
    return std::cerr << "PAGES: no number: " << how << "\n", 2;
  }
  std::cout << (how == "--memory" ? MeasureMemory(pages) : MeasureSpeed(pages, wanted)) << "\n";
  return 0;
}

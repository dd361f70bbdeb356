// Bytes per second through common/text, over articles of about 3 kB in NFC and NFD, and over hostile input.
// analyzer_bench [FILE] reads articles from FILE instead, one a line.
#include <benchmark/benchmark.h>

#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/text/analyzer.h"
#include "common/text/legacy.h"
#include "common/text/normal_form.h"
#include "common/text/simhash.h"

namespace tintinh::text {
namespace {

constexpr char kParagraph[] =
    "Sáng 18/8, Ban Thường vụ Tỉnh ủy tổ chức hội nghị đánh giá hai năm thực hiện Nghị quyết 22-NQ/TW về phát triển "
    "hạ tầng giao thông nông thôn. Theo báo cáo, toàn tỉnh đã cứng hóa 1.250 km đường liên xã, đạt 97,5% kế hoạch; "
    "riêng huyện Ia H’Drai hoàn thành trước hạn ba tháng. Phát biểu tại hội nghị, đồng chí Bí thư Tỉnh ủy yêu cầu các "
    "địa phương rà soát quỹ đất, công khai danh mục dự án và vận động nhân dân cùng giám sát chất lượng công trình.\n";

std::string Article(absl::string_view paragraph) {
  std::string article;
  while (article.size() < 3000) article.append(paragraph.data(), paragraph.size());
  return article;
}

// A dot below and a hat put behind their letter, as macOS files do.
std::string Decompose(std::string text) {
  const std::pair<std::string, std::string> kLetters[] = {
      {"ộ", "o\xCC\xA3\xCC\x82"}, {"ế", "e\xCC\x82\xCC\x81"}, {"ạ", "a\xCC\xA3"}, {"à", "a\xCC\x80"},
      {"ư", "u\xCC\x9B"},         {"ơ", "o\xCC\x9B"},         {"ô", "o\xCC\x82"}, {"á", "a\xCC\x81"}};
  for (const auto& [letter, parts] : kLetters) {
    for (size_t at = text.find(letter); at != std::string::npos; at = text.find(letter, at + parts.size())) {
      text.replace(at, letter.size(), parts);
    }
  }
  return text;
}

template <typename Work>
void Measure(benchmark::State& state, const std::vector<std::string>& articles, const Work& work) {
  size_t bytes = 0;
  size_t next = 0;
  for (auto _ : state) {
    const std::string& article = articles[next++ % articles.size()];
    benchmark::DoNotOptimize(work(article));
    bytes += article.size();
  }
  state.SetBytesProcessed(static_cast<int64_t>(bytes));
}

void Register(const std::string& name, const std::vector<std::string>& articles) {
  const auto add = [&](const std::string& step, auto work) {
    benchmark::RegisterBenchmark((step + "/" + name).c_str(),
                                 [articles, work](benchmark::State& state) { Measure(state, articles, work); });
  };
  add("Analyze", [](absl::string_view text) { return Analyzer().Analyze(text); });
  add("NormalForm", [](absl::string_view text) { return NormalForm(text); });
  add("Fold", [](absl::string_view text) { return Fold(text); });
  add("Simhash", [](absl::string_view text) { return Simhash(text); });
  add("RepairLegacy", [](absl::string_view text) { return RepairLegacy(text); });
}

std::string Repeat(absl::string_view part, size_t bytes) {
  std::string text;
  while (text.size() < bytes) text.append(part.data(), part.size());
  return text;
}

std::vector<std::string> ReadLines(const char* path) {
  std::ifstream in(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

}  // namespace
}  // namespace tintinh::text

int main(int argc, char** argv) {
  using namespace tintinh::text;
  benchmark::Initialize(&argc, argv);
  if (argc > 1) {
    Register("file", ReadLines(argv[1]));
  } else {
    Register("nfc", {Article(kParagraph)});
    Register("nfd", {Decompose(Article(kParagraph))});
    Register("marks", {Repeat("a\xCC\x81\xCC\xA3", 1 << 20)});
    Register("apostrophes", {Repeat("h'", 1 << 20)});
    Register("dots", {Repeat("123.", 1 << 20)});
    Register("codes", {Repeat("1/2020-", 1 << 20)});
  }
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}

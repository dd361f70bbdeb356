// Bytes per second through common/text: the whole chain and each of its steps, over an article of about 3 kB in NFC and
// in NFD, and over hostile input. analyzer_bench FILE reads articles from FILE instead, one a line, as plain text or as
// JSON with "title" and "body".
#include <benchmark/benchmark.h>

#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "common/text/analyzer.h"
#include "common/text/legacy.h"
#include "common/text/letter.h"
#include "common/text/normal_form.h"
#include "common/text/simhash.h"
#include "common/text/utf8.h"
#include "nlohmann/json.hpp"

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

// The canonical decomposition of a Vietnamese letter: a horn, then a dot below, then the other marks.
void AppendDecomposed(char32_t value, std::string* out) {
  const Letter letter = ClassifyLetter(value);
  if ((letter.flags & Letter::kVowel) == 0) return AppendUtf8(value, out);
  constexpr char32_t kToneMarks[] = {0, 0x301, 0x300, 0x309, 0x303, 0x323};
  const bool horned = letter.toneless == U'ơ' || letter.toneless == U'ư';
  out->push_back((letter.flags & Letter::kUpper) != 0 ? static_cast<char>(letter.fold - 'a' + 'A') : letter.fold);
  if (horned) AppendUtf8(0x31B, out);
  if (letter.tone == kNang) AppendUtf8(0x323, out);
  if (letter.toneless == U'ă') AppendUtf8(0x306, out);
  if (letter.toneless >= 0x80 && letter.toneless != U'ă' && !horned) AppendUtf8(0x302, out);
  if (letter.tone != kLevel && letter.tone != kNang) AppendUtf8(kToneMarks[letter.tone], out);
}

std::string Decompose(absl::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const CodePoint point = DecodeUtf8(text.data() + at, text.data() + text.size());
    AppendDecomposed(point.value, &out);
    at += point.size;
  }
  return out;
}

// All that happens to the bytes of an article on their way into the index, paragraph by paragraph.
size_t RunChain(absl::string_view article, AnalyzedText* text) {
  size_t tokens = 0;
  const std::string utf8 = RepairUtf8(article);
  for (const absl::string_view paragraph : absl::StrSplit(utf8, '\n', absl::SkipEmpty())) {
    Analyzer().Analyze(NormalForm(RepairLegacy(paragraph).text), text);
    tokens += text->tokens.size();
  }
  return tokens;
}

template <typename Work>
void Measure(benchmark::State& state, const std::vector<std::string>& articles, const Work& work) {
  size_t bytes = 0;
  size_t next = 0;
  AnalyzedText text;
  for (auto _ : state) {
    const std::string& article = articles[next++ % articles.size()];
    benchmark::DoNotOptimize(work(article, &text));
    bytes += article.size();
  }
  state.SetBytesProcessed(static_cast<int64_t>(bytes));
}

void Register(const std::string& name, const std::vector<std::string>& articles) {
  const auto add = [&](const std::string& step, auto work) {
    benchmark::RegisterBenchmark((step + "/" + name).c_str(),
                                 [articles, work](benchmark::State& state) { Measure(state, articles, work); });
  };
  add("Chain", RunChain);
  add("Analyze", [](absl::string_view article, AnalyzedText* text) {
    Analyzer().Analyze(article, text);
    return text->tokens.size();
  });
  add("RepairUtf8", [](absl::string_view article, AnalyzedText*) { return RepairUtf8(article); });
  add("RepairLegacy", [](absl::string_view article, AnalyzedText*) { return RepairLegacy(article); });
  add("NormalForm", [](absl::string_view article, AnalyzedText*) { return NormalForm(article); });
  add("Fold", [](absl::string_view article, AnalyzedText*) { return Fold(article); });
  add("Simhash", [](absl::string_view article, AnalyzedText*) { return Simhash(article); });
}

std::string Repeat(absl::string_view part, size_t bytes) {
  std::string text;
  while (text.size() < bytes) text.append(part.data(), part.size());
  return text;
}

// The first articles of a file: one a line, as {"title", "body"} where it begins with a brace.
std::vector<std::string> ReadArticles(const char* path) {
  constexpr size_t kMaxArticles = 20000;
  std::ifstream in(path);
  std::vector<std::string> articles;
  for (std::string line; articles.size() < kMaxArticles && std::getline(in, line);) {
    if (!absl::StartsWith(line, "{")) {
      articles.push_back(line);
      continue;
    }
    const nlohmann::json article = nlohmann::json::parse(line);
    articles.push_back(absl::StrCat(article.value("title", ""), "\n", article.value("body", "")));
  }
  return articles;
}

std::vector<std::string> Decomposed(std::vector<std::string> articles) {
  for (std::string& article : articles) article = Decompose(article);
  return articles;
}

}  // namespace
}  // namespace tintinh::text

int main(int argc, char** argv) {
  using namespace tintinh::text;
  benchmark::Initialize(&argc, argv);
  if (argc > 1) {
    const std::vector<std::string> articles = ReadArticles(argv[1]);
    if (articles.empty()) {
      std::cerr << "analyzer_bench: no article in " << argv[1] << "\n";
      return 1;
    }
    Register("nfc", articles);
    Register("nfd", Decomposed(articles));
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

// The story of English pages against the answers of scrapinghub's article-extraction-benchmark (181 pages, MIT), by its
// own measure: precision and recall of shingles averaged over pages, F1 of the two averages. English is not what the
// rules were made for, which is why it says how general they are. Without the pages the test is skipped.
//
// TINTINH_WORST=20 also prints the pages with the lowest F1, TINTINH_PREDICTIONS=FILE writes what the benchmark's own
// evaluation reads.
#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "nlohmann/json.hpp"
#include "services/normalizer/html/html.h"
#include "tests/quality/extraction/shingles.h"

namespace tintinh::normalizer {
namespace {

std::string Gunzipped(const std::filesystem::path& path) {
  std::string text;
  std::array<char, 1 << 16> part{};
  gzFile file = gzopen(path.c_str(), "rb");
  for (int size = 0; (size = gzread(file, part.data(), part.size())) > 0;) text.append(part.data(), size);
  gzclose(file);
  return text;
}

std::string StoryOf(const Draft& draft) {
  std::string story = draft.lead;
  for (const DraftParagraph& paragraph : draft.paragraphs) story += "\n" + paragraph.text;
  return story;
}

struct PageScore {
  std::string url, id;
  Overlap overlap;
};

void PrintWorst(std::vector<PageScore> scores) {
  const char* wanted = std::getenv("TINTINH_WORST");
  if (wanted == nullptr) return;
  std::sort(scores.begin(), scores.end(),
            [](const PageScore& a, const PageScore& b) { return a.overlap.f1() < b.overlap.f1(); });
  scores.resize(std::min<size_t>(scores.size(), std::strtoul(wanted, nullptr, 10)));
  for (const PageScore& score : scores) {
    std::printf("P %.3f R %.3f %s %.60s\n", score.overlap.precision, score.overlap.recall,
                score.id.substr(0, 8).c_str(), score.url.c_str());
  }
}

void WritePredictions(const nlohmann::json& predictions) {
  const char* file = std::getenv("TINTINH_PREDICTIONS");
  if (file != nullptr)
    std::ofstream(file) << predictions.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

TEST(ExtractionQuality, EnglishBenchmark) {
  const std::filesystem::path folder = std::filesystem::path(TINTINH_SHARED_DATA) / "pages" / "extract-bench";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no benchmark in " << folder;
  const nlohmann::json truth = nlohmann::json::parse(std::ifstream(folder / "ground-truth.json"));
  nlohmann::json predictions;
  std::vector<PageScore> scores;
  Overlap sum;
  for (const auto& [id, answer] : truth.items()) {
    const std::string html = Gunzipped(folder / "html" / (id + ".html.gz"));
    HtmlInput input;
    input.utf8 = html;
    input.url = answer["url"];
    const absl::StatusOr<Draft> draft = ExtractHtml(input, HtmlLimits());
    ASSERT_TRUE(draft.ok()) << answer["url"] << ": " << draft.status();
    const std::string story = StoryOf(*draft);
    predictions[id] = {{"articleBody", story}};
    const Overlap overlap = CompareShingles(story, std::string(answer["articleBody"]));
    scores.push_back({answer["url"], id, overlap});
    sum.precision += overlap.precision;
    sum.recall += overlap.recall;
  }
  const auto pages = static_cast<double>(scores.size());
  const Overlap mean{sum.precision / pages, sum.recall / pages};
  std::printf("pages %zu, precision %.4f, recall %.4f, F1 %.4f\n", scores.size(), mean.precision, mean.recall,
              mean.f1());
  PrintWorst(std::move(scores));
  WritePredictions(predictions);
  EXPECT_GE(mean.f1(), 0.965);
}

}  // namespace
}  // namespace tintinh::normalizer

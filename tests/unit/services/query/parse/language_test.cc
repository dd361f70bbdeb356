// Every example of services/query/LANGUAGE.md, read from the document.
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/query/parse/parse.h"
#include "tests/unit/services/query/parse/rendered_query.h"

namespace tintinh::query {
namespace {

struct Example {
  std::string typed;
  std::string becomes;
};

std::string InCode(absl::string_view cell) {
  cell = absl::StripAsciiWhitespace(cell);
  const absl::string_view mark = absl::StartsWith(cell, "``") ? "``" : "`";
  EXPECT_TRUE(absl::ConsumePrefix(&cell, mark) && absl::ConsumeSuffix(&cell, mark)) << cell;
  return std::string(cell);
}

// Rows of three cells of which the first and the last are code.
std::vector<Example> ReadExamples() {
  std::ifstream file(TINTINH_SOURCE_DIR "/services/query/LANGUAGE.md");
  std::vector<Example> examples;
  for (std::string line; std::getline(file, line);) {
    if (!absl::StartsWith(line, "| `")) continue;
    const std::vector<std::string> cells = absl::StrSplit(line, '|');
    EXPECT_EQ(cells.size(), 5U) << line;
    if (cells.size() == 5) examples.push_back({InCode(cells[1]), InCode(cells[3])});
  }
  return examples;
}

TEST(Language, EveryDocumentedExampleIsReadAsTheDocumentSays) {
  const std::vector<Example> examples = ReadExamples();
  EXPECT_GE(examples.size(), 40U);
  for (const Example& example : examples) {
    EXPECT_EQ(RenderParsed(example.typed, Parse(example.typed, Ranking::kScore)), example.becomes) << example.typed;
  }
}

}  // namespace
}  // namespace tintinh::query

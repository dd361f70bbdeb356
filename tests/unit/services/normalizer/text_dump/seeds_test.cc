// The real text dumps beside the project, field by field.
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "common/text/normal_form.h"
#include "common/time/clock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "services/normalizer/enrich/enrich.h"
#include "services/normalizer/text_dump/text_dump.h"

namespace tintinh::normalizer {
namespace {

using nlohmann::json;

std::optional<std::string> ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    return std::nullopt;
  }
  return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

std::string ShowTime(const v1::Article& article) {
  if (!article.has_published()) {
    return "";
  }
  const absl::Time time = absl::FromUnixSeconds(article.published().seconds());
  const bool day = article.published_precision() == v1::TIME_PRECISION_DAY;
  return absl::FormatTime(day ? "%Y-%m-%d" : "%Y-%m-%dT%H:%M:%S%Ez", time, VietnamTimeZone());
}

std::string ShowPrecision(const v1::Article& article) {
  switch (article.published_precision()) {
    case v1::TIME_PRECISION_DAY:
      return "day";
    case v1::TIME_PRECISION_MINUTE:
      return "minute";
    case v1::TIME_PRECISION_SECOND:
      return "second";
    default:
      return "";
  }
}

std::vector<std::string> Texts(const v1::Article& article) {
  std::vector<std::string> texts;
  for (const v1::Paragraph& paragraph : article.paragraphs()) {
    texts.push_back(paragraph.text());
  }
  return texts;
}

std::vector<std::string> Numbers(const v1::Article& article) {
  std::vector<std::string> numbers;
  for (const v1::DocumentReference& reference : article.documents()) {
    numbers.push_back(reference.number());
  }
  return numbers;
}

void ExpectPhotos(const v1::Article& article, const json& expected) {
  ASSERT_EQ(static_cast<size_t>(article.photos_size()), expected.size());
  for (int i = 0; i < article.photos_size(); ++i) {
    EXPECT_EQ(article.photos(i).caption(), expected[static_cast<size_t>(i)]["caption"].get<std::string>());
    EXPECT_EQ(article.photos(i).credit(), expected[static_cast<size_t>(i)]["credit"].get<std::string>());
  }
}

void ExpectArticle(const v1::Article& article, const json& expected) {
  EXPECT_EQ(article.title(), expected["title"].get<std::string>());
  EXPECT_EQ(absl::StrJoin(article.section_path(), " / "), expected["section"].get<std::string>());
  EXPECT_EQ(ShowTime(article), expected["published"].get<std::string>());
  EXPECT_EQ(ShowPrecision(article), expected["precision"].get<std::string>());
  EXPECT_EQ(absl::StrJoin(article.authors(), ", "), expected["author"].get<std::string>());
  EXPECT_EQ(article.lead(), expected["lead"].get<std::string>());
  ExpectPhotos(article, expected["photos"]);
  EXPECT_EQ(Texts(article), expected["paragraphs"].get<std::vector<std::string>>());
  EXPECT_EQ(article.place().province(), expected["province"].get<std::string>());
  EXPECT_EQ(article.place().province_today(), expected["province_today"].get<std::string>());
  EXPECT_EQ(article.place().district(), expected["district"].get<std::string>());
  EXPECT_EQ(Numbers(article), expected["documents"].get<std::vector<std::string>>());
}

TEST(Seeds, EveryFieldOfEveryRealDumpIsAsExpected) {
  const std::string folder = std::string(TINTINH_SHARED_DATA) + "/seeds/";
  const std::optional<std::string> expected = ReadFile(folder + "expected.json");
  if (!expected.has_value()) {
    GTEST_SKIP() << "no real dumps at " << folder;
  }
  for (const json& entry : json::parse(*expected)) {
    const std::string file = entry["file"].get<std::string>();
    SCOPED_TRACE(file);
    const std::optional<std::string> dump = ReadFile(folder + file);
    ASSERT_TRUE(dump.has_value());
    absl::StatusOr<Draft> draft = ExtractTextDump(text::NormalForm(*dump));
    ASSERT_TRUE(draft.ok()) << draft.status();
    EnrichContext context;
    context.url = "file:" + file;
    ExpectArticle(Enrich(*std::move(draft), context), entry);
  }
}

}  // namespace
}  // namespace tintinh::normalizer

#include "deploy/demo/site.h"

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "absl/time/time.h"
#include "deploy/demo/content.h"
#include "deploy/demo/layouts.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace tintinh::demo {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using ::testing::Not;

constexpr char kBase[] = "http://127.0.0.1:1";

std::string ReadFile(const std::string& path) {
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

TEST(DemoContent, EveryArticleHasAnAddressOfItsOwnAndNoHoleLeft) {
  std::set<std::string> paths;
  for (size_t number = 1; number <= kArticles; ++number) {
    const Article article = ComposeArticle(number);
    paths.insert(PathOf(article));
    EXPECT_GE(article.paragraphs.size(), 4u);
    EXPECT_THAT(RenderArticle(article, {}, kBase), Not(HasSubstr("$"))) << number;
  }
  EXPECT_EQ(paths.size(), kArticles);
}

TEST(DemoSite, ASecondRunLeavesEveryFileAlone) {
  testing::TempDir dir;
  ASSERT_THAT(GenerateSite(dir.path(), kBase), IsOk());
  const auto before = std::filesystem::last_write_time(dir.path() + "/sitemap.xml");
  std::filesystem::last_write_time(dir.path() + "/sitemap.xml", before - std::chrono::hours(1));
  ASSERT_THAT(GenerateSite(dir.path(), kBase), IsOk());
  EXPECT_EQ(std::filesystem::last_write_time(dir.path() + "/sitemap.xml"), before - std::chrono::hours(1));
}

TEST(DemoSite, APublishedArticleIsTheOnlyOneWithItsWord) {
  testing::TempDir dir;
  ASSERT_THAT(GenerateSite(dir.path(), kBase), IsOk());
  const auto word = PublishArticle(dir.path(), kBase, absl::FromUnixSeconds(1'800'000'000));
  ASSERT_THAT(word, IsOk());
  EXPECT_THAT(ReadFile(dir.path() + "/rss/home.rss"), HasSubstr(*word));
  EXPECT_NE(*PublishArticle(dir.path(), kBase, absl::FromUnixSeconds(1'800'000'001)), *word);
}

TEST(DemoSite, PublishingNeedsAGeneratedSite) {
  testing::TempDir dir;
  EXPECT_THAT(PublishArticle(dir.path(), kBase, absl::UnixEpoch()).status(),
              testing::StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr(dir.path())));
}

}  // namespace
}  // namespace tintinh::demo

#include "services/indexer/verify/saved_shard.h"

#include <filesystem>
#include <map>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/indexer/verify/saved_index.h"

namespace tintinh::indexer {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::SampleArticle;
using testing::SampleId;
using testing::StatusIs;

// Id → content hash, over both shards.
std::map<std::string, std::string> ArticlesOf(const std::string& directory) {
  std::map<std::string, std::string> articles;
  for (uint32_t shard = 0; shard < 2; ++shard) {
    const auto saved = SavedShard::Open(directory, shard, {.shards = 2});
    EXPECT_THAT(saved, IsOk());
    EXPECT_THAT((*saved)->VisitArticles([&](const disk::v1::StoredArticle& article) {
      EXPECT_TRUE(articles.emplace(article.article_id(), article.content_hash()).second) << "twice";
      return absl::OkStatus();
    }),
                IsOk());
  }
  return articles;
}

TEST(SavedShard, GivesEveryLiveArticleInItsNewestEdition) {
  const SavedIndex index;
  const auto articles = ArticlesOf(index.directory());
  EXPECT_EQ(articles.size(), SavedIndex::kArticles - 1u);
  EXPECT_FALSE(articles.contains(SampleId(3))) << "deleted after the flush";
  for (int i = 0; i < SavedIndex::kArticles; ++i) {
    if (i == 3) continue;
    EXPECT_EQ(articles.at(SampleId(i)), SampleArticle(i, i < 25 ? 1 : 2).content_hash()) << i;
  }
}

TEST(SavedShard, AnErrorOfTheVisitorEndsTheVisit) {
  const SavedIndex index;
  const auto saved = SavedShard::Open(index.directory(), 0, {.shards = 2});
  ASSERT_THAT(saved, IsOk());
  int visits = 0;
  const absl::Status status = (*saved)->VisitArticles([&visits](const disk::v1::StoredArticle&) {
    ++visits;
    return absl::UnavailableError("enough");
  });
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnavailable, HasSubstr("enough")));
  EXPECT_EQ(visits, 1);
}

TEST(SavedShard, OpeningWritesNothing) {
  const SavedIndex index;
  const auto files = [&] {
    std::map<std::string, std::filesystem::file_time_type> times;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(index.directory()))
      times[entry.path().string()] = entry.last_write_time();
    return times;
  };
  const auto before = files();
  ArticlesOf(index.directory());
  EXPECT_EQ(files(), before);
}

}  // namespace
}  // namespace tintinh::indexer

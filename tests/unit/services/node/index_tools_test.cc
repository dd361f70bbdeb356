#include "services/node/index_tools.h"

#include <filesystem>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/services/indexer/verify/saved_index.h"

namespace tintinh::node {
namespace {

using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::IsOk;
using ::testing::Not;
using testing::StatusIs;

struct Heard {
  std::vector<std::string> faults;
  std::vector<cli::VerifiedShard> shards;
  cli::VerifyListener listener{[this](const std::string& fault) { faults.push_back(fault); },
                               [this](const cli::VerifiedShard& shard) { shards.push_back(shard); }};
};

TEST(VerifyDirectory, HearsOfEveryShard) {
  const indexer::SavedIndex index;
  Heard heard;
  EXPECT_THAT(VerifyDirectory(index.directory(), heard.listener), IsOk());
  EXPECT_THAT(heard.faults, IsEmpty());
  ASSERT_EQ(heard.shards.size(), 2u);
  EXPECT_EQ(heard.shards[0].articles + heard.shards[1].articles, 30u);
}

TEST(VerifyDirectory, AMissingShardIsAFaultAndTheOthersAreLookedAt) {
  const indexer::SavedIndex index;
  std::filesystem::remove_all(index.directory() + "/shard-000");
  Heard heard;
  EXPECT_THAT(VerifyDirectory(index.directory(), heard.listener),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("faults")));
  EXPECT_THAT(heard.faults, Not(IsEmpty()));
  EXPECT_THAT(heard.faults, Each(HasSubstr("shard 0")));
  ASSERT_EQ(heard.shards.size(), 2u);
  EXPECT_EQ(heard.shards[1].faults, 0u);
}

TEST(VerifyDirectory, WhatIsNoDataDirectoryIsNotFound) {
  const testing::TempDir dir;
  Heard heard;
  EXPECT_THAT(VerifyDirectory(dir.path(), heard.listener),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr(dir.path())));
}

TEST(VisitArticles, GivesThemAsTheyWerePut) {
  const indexer::SavedIndex index;
  int articles = 0;
  EXPECT_THAT(VisitArticles(index.directory(),
                            [&articles](const v1::Article& article) {
                              ++articles;
                              EXPECT_FALSE(article.title().empty());
                              return absl::OkStatus();
                            }),
              IsOk());
  EXPECT_EQ(articles, indexer::SavedIndex::kArticles - 1);
}

}  // namespace
}  // namespace tintinh::node

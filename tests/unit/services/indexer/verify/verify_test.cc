#include "services/indexer/verify/verify.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/indexer/segment/disk_format.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/indexer/verify/saved_index.h"

namespace tintinh::indexer {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::IsOk;

constexpr uint32_t kFirstSegment = 1;

std::vector<std::string> FaultsOf(const SavedIndex& index, uint32_t shard = 0) {
  std::vector<std::string> faults;
  const auto verified = VerifyShard(index.directory(), shard, {.shards = 2},
                                    [&faults](std::string fault) { faults.push_back(std::move(fault)); });
  if (!verified.ok()) faults.push_back(std::string(verified.status().message()));
  return faults;
}

TEST(VerifyShard, ASoundDirectoryHasNoFaultsAndTheDigestsOfItsIndexer) {
  const SavedIndex index;
  uint64_t articles = 0;
  uint64_t entries = 0;
  for (uint32_t shard = 0; shard < 2; ++shard) {
    const auto verified =
        VerifyShard(index.directory(), shard, {.shards = 2}, [](const std::string& fault) { ADD_FAILURE() << fault; });
    ASSERT_THAT(verified, IsOk());
    articles += verified->articles;
    entries += verified->log_entries;
    EXPECT_EQ(absl::StrFormat("%016x", verified->digest), index.digests()[shard]);
    EXPECT_GT(verified->postings, 100u);
  }
  EXPECT_EQ(articles, 30u);
  EXPECT_GE(entries, 16u) << "15 later editions and a deletion";
}

TEST(VerifyShard, ALostArticleIsFound) {
  const SavedIndex index;
  index.Change([](kv::Database& db, kv::WriteBatch& batch) {
    db.Delete(batch, kDocumentsFamily, DocumentKey(kFirstSegment, 4));
  });
  EXPECT_THAT(FaultsOf(index), Contains(HasSubstr("document 4")));
}

TEST(VerifyShard, AnArticleThatWasSwappedForAnotherIsFound) {
  const SavedIndex index;
  index.Change([](kv::Database& db, kv::WriteBatch& batch) {
    const auto other = db.Get(kDocumentsFamily, DocumentKey(kFirstSegment, 5));
    db.Put(batch, kDocumentsFamily, DocumentKey(kFirstSegment, 4), **other);
  });
  EXPECT_THAT(FaultsOf(index), Contains(HasSubstr("posting lists differ from its text")));
  EXPECT_THAT(FaultsOf(index, 1), IsEmpty());
}

TEST(VerifyShard, ALostIdIsFound) {
  const SavedIndex index;
  index.Change([](kv::Database& db, kv::WriteBatch& batch) {
    std::string first;
    EXPECT_THAT(db.Scan(kIdsFamily, "", "",
                        [&first](absl::string_view key, absl::string_view) {
                          first = std::string(key);
                          return false;
                        }),
                IsOk());
    db.Delete(batch, kIdsFamily, first);
  });
  EXPECT_THAT(FaultsOf(index), Contains(HasSubstr("leads to no document")));
}

TEST(VerifyShard, ADamagedLogRecordIsFound) {
  const SavedIndex index;
  index.Change([](kv::Database& db, kv::WriteBatch& batch) {
    const std::string family = article_log::EmbeddedArticleLog::ColumnFamily().name;
    const auto last = db.Last(family, "", "");
    std::string record = (*last)->second;
    record.back() ^= 1;
    db.Put(batch, family, (*last)->first, record);
  });
  EXPECT_THAT(FaultsOf(index), Contains(HasSubstr("checksum")));
}

TEST(VerifyShard, AFlippedBitInAFileIsFound) {
  const SavedIndex index;
  for (const auto& entry : std::filesystem::directory_iterator(ShardDirectory(index.directory(), 0))) {
    if (entry.path().extension() != ".sst") continue;
    std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
    const char first = static_cast<char>(file.get() ^ 1);
    file.seekp(0);
    file.put(first);
  }
  EXPECT_THAT(FaultsOf(index), Contains(HasSubstr(".sst")));
}

}  // namespace
}  // namespace tintinh::indexer

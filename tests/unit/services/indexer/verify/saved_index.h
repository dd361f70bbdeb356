// A data directory as a stopped indexer leaves it: segments of both shards, and a log that goes further.
#ifndef TINTINH_TESTS_UNIT_SERVICES_INDEXER_VERIFY_SAVED_INDEX_H_
#define TINTINH_TESTS_UNIT_SERVICES_INDEXER_VERIFY_SAVED_INDEX_H_

#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "common/article_log/embedded_article_log.h"
#include "common/kv/database.h"
#include "common/metrics/metrics.h"
#include "common/time/clock.h"
#include "gtest/gtest.h"
#include "services/indexer/indexer.h"
#include "services/indexer/layout/data_layout.h"
#include "services/indexer/shard/shard.h"
#include "tests/support/sample_article.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/services/indexer/indexer_config.h"

namespace tintinh::indexer {

class SavedIndex {
 public:
  static constexpr int kArticles = 40;

  SavedIndex() {
    auto opened = Indexer::Open(SmallConfig(directory()), clock_, metrics_);
    EXPECT_THAT(opened, testing::IsOk());
    Indexer& indexer = **opened;
    EXPECT_THAT(indexer.Start(), testing::IsOk());
    Put(indexer, 0, 30, 1);
    EXPECT_THAT(indexer.Flush(absl::InfiniteFuture()), testing::IsOk());
    const auto status = indexer.Status(absl::InfiniteFuture());
    for (const v1::ShardStatus& shard : status->shards()) digests_.push_back(shard.digest());
    Put(indexer, 25, kArticles, 2);
    v1::DeleteArticleRequest request;
    request.set_article_id(testing::SampleId(3));
    EXPECT_THAT(indexer.Delete(request, absl::InfiniteFuture()), testing::IsOk());
  }

  std::string directory() const { return dir_.path() + "/indexer"; }
  // Of each shard, at the position that its segments belong to.
  const std::vector<std::string>& digests() const { return digests_; }

  // Opens a shard's database for changing it.
  static std::unique_ptr<kv::Database> Open(const std::string& directory, uint32_t shard) {
    std::vector<kv::ColumnFamily> families = Shard::ColumnFamilies();
    families.push_back(article_log::EmbeddedArticleLog::ColumnFamily());
    auto opened = kv::Database::Open({.directory = ShardDirectory(directory, shard), .column_families = families});
    if (!opened.ok()) std::abort();
    return *std::move(opened);
  }

  // Changes one key of shard 0.
  void Change(const std::function<void(kv::Database&, kv::WriteBatch&)>& change) const {
    const auto db = Open(directory(), 0);
    kv::WriteBatch batch;
    change(*db, batch);
    EXPECT_THAT(db->Write(std::move(batch), kv::Durability::kSynced), testing::IsOk());
  }

 private:
  static void Put(Indexer& indexer, int from, int to, int edition) {
    v1::PutArticlesRequest request;
    for (int i = from; i < to; ++i) *request.add_articles() = testing::SampleArticle(i, edition);
    EXPECT_THAT(indexer.Put(request, absl::InfiniteFuture()), testing::IsOk());
  }

  testing::TempDir dir_;
  SystemClock clock_;
  Metrics metrics_;
  std::vector<std::string> digests_;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_TESTS_UNIT_SERVICES_INDEXER_VERIFY_SAVED_INDEX_H_

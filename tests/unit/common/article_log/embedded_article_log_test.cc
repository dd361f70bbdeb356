#include "common/article_log/embedded_article_log.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/kv/key.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/common/article_log/article_log_conformance.h"

namespace tintinh::article_log {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

class EmbeddedHarness {
 public:
  EmbeddedHarness() { Reopen(); }

  ArticleLog& log() { return *log_; }
  kv::Database& database(uint32_t shard) { return *databases_[shard]; }

  void Reopen() {
    log_.reset();
    databases_.clear();
    std::vector<EmbeddedLogShard> shards;
    for (uint32_t shard = 0; shard < 2; ++shard) {
      auto database = kv::Database::Open({.directory = absl::StrCat(dir_.path(), "/", shard),
                                          .column_families = {EmbeddedArticleLog::ColumnFamily()}});
      EXPECT_THAT(database, IsOk());
      databases_.push_back(*std::move(database));
      shards.push_back({shard, databases_.back().get()});
    }
    auto log = EmbeddedArticleLog::Open(shards, {});
    EXPECT_THAT(log, IsOk());
    log_ = *std::move(log);
  }

 private:
  testing::TempDir dir_;
  std::vector<std::unique_ptr<kv::Database>> databases_;
  std::unique_ptr<EmbeddedArticleLog> log_;
};

INSTANTIATE_TYPED_TEST_SUITE_P(Embedded, ArticleLogConformance, EmbeddedHarness);
INSTANTIATE_TYPED_TEST_SUITE_P(Embedded, TrimmingConformance, EmbeddedHarness);

std::string Key(uint64_t position) {
  std::string key;
  kv::AppendBigEndian<uint64_t>(position, key);
  return key;
}

class EmbeddedArticleLogTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::vector<LogPayload> payloads = {{"a", "alpha"}, {"b", "beta"}, {"c", "gamma"}};
    ASSERT_THAT(harness_.log().Append(1, payloads), IsOk());
  }

  void Overwrite(uint64_t position, absl::string_view value) {
    kv::WriteBatch batch;
    harness_.database(1).Put(batch, "log", Key(position), value);
    ASSERT_THAT(harness_.database(1).Write(std::move(batch), kv::Durability::kBuffered), IsOk());
  }

  EmbeddedHarness harness_;
};

TEST_F(EmbeddedArticleLogTest, ADamagedRecordIsDataLossNamingShardAndPositionAndEarlierRecordsAreStillRead) {
  std::string bytes = **harness_.database(1).Get("log", Key(2));
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  Overwrite(2, bytes);
  EXPECT_EQ(harness_.log().Tail(1, 0, {})->records.size(), 1u);
  EXPECT_THAT(harness_.log().Tail(1, 1, {}),
              StatusIs(absl::StatusCode::kDataLoss, AllOf(HasSubstr("shard 1"), HasSubstr("record 2"))));
  EXPECT_EQ(harness_.log().Tail(1, 2, {})->records.size(), 1u);
}

TEST_F(EmbeddedArticleLogTest, AMissingRecordIsDataLossNamingShardAndPosition) {
  kv::WriteBatch batch;
  harness_.database(1).Delete(batch, "log", Key(2));
  ASSERT_THAT(harness_.database(1).Write(std::move(batch), kv::Durability::kBuffered), IsOk());
  EXPECT_EQ(harness_.log().Tail(1, 0, {})->records.size(), 1u);
  EXPECT_THAT(harness_.log().Tail(1, 1, {}),
              StatusIs(absl::StatusCode::kDataLoss, AllOf(HasSubstr("shard 1"), HasSubstr("record 2"))));
}

TEST_F(EmbeddedArticleLogTest, TheDatabaseOfAnotherShardIsRecognised) {
  Overwrite(2, **harness_.database(1).Get("log", Key(1)));
  EXPECT_EQ(harness_.log().Tail(1, 1, {})->records[0].bytes, "alpha") << "the position is in the key alone";
  const EmbeddedLogShard renamed{7, &harness_.database(1)};
  const auto log = EmbeddedArticleLog::Open({renamed}, {});
  ASSERT_THAT(log, IsOk());
  EXPECT_THAT((*log)->Tail(7, 0, {}), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("written for shard 1")));
}

TEST_F(EmbeddedArticleLogTest, DamagedBoundsAreDataLossOnOpening) {
  Overwrite(0, "junk");
  const EmbeddedLogShard shard{1, &harness_.database(1)};
  EXPECT_THAT(EmbeddedArticleLog::Open({shard}, {}), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("shard 1")));
}

}  // namespace
}  // namespace tintinh::article_log

// The applier on logs that go wrong.
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/article_log/embedded_article_log.h"
#include "common/kv/database.h"
#include "gtest/gtest.h"
#include "services/indexer/apply/applier.h"
#include "services/indexer/record/log_entry.h"
#include "services/indexer/record/stored_article.h"
#include "tests/support/fake_clock.h"
#include "tests/support/sample_article.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/services/indexer/apply/faulty_log.h"

namespace tintinh::indexer {
namespace {

using ::testing::AllOf;
using testing::FakeClock;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::SampleArticle;
using testing::SampleId;
using testing::StatusIs;

constexpr uint64_t kEntries = 200;

class Log {
 public:
  explicit Log(const std::string& directory) {
    database_ = *kv::Database::Open(
        {.directory = directory, .column_families = {article_log::EmbeddedArticleLog::ColumnFamily()}});
    const article_log::EmbeddedLogShard opened{0, database_.get()};
    log_ = *article_log::EmbeddedArticleLog::Open({opened}, {});
  }

  // Entries `from` to `to`, of 60 articles that come again in other editions, some deleted.
  void Append(int from, int to) {
    std::vector<article_log::LogPayload> payloads;
    for (int i = from; i <= to; ++i) {
      const auto entry =
          i % 17 == 0 ? DeleteEntry(SampleId(i % 60), "") : PutEntry(ToStored(SampleArticle(i % 60, i)), "");
      payloads.push_back({entry.article_id(), EncodeLogEntry(entry)});
    }
    ASSERT_THAT(log_->Append(0, payloads), IsOk());
  }

  article_log::ArticleLog& operator*() { return *log_; }

 private:
  std::unique_ptr<kv::Database> database_;
  std::unique_ptr<article_log::ArticleLog> log_;
};

// An index and its applier over any log. The clock stands in the past, so that a failed round is tried again at once.
class Follower {
 public:
  Follower(const std::string& directory, article_log::ArticleLog& log)
      : database_(*kv::Database::Open({.directory = directory, .column_families = Shard::ColumnFamilies()})),
        shard_(*Shard::Open(*database_, {.shard = 0, .shard_count = 1})),
        unapplied_(shard_->applied_position()),
        applier_(ApplierParts{0, log, *shard_, unapplied_}, clock_, metrics_) {
    applier_.Start();
  }

  // Failures on the way are waited out, but for those that stay.
  absl::Status Await(uint64_t position) {
    absl::Status status = applier_.AwaitApplied(position, absl::InfiniteFuture());
    while (absl::IsUnavailable(status)) status = applier_.AwaitApplied(position, absl::InfiniteFuture());
    return status;
  }

  std::string Digest() const {
    v1::ShardStatus status;
    shard_->FillStatus(&status);
    return absl::StrCat(status.articles(), " ", status.digest());
  }

  absl::Status Replay() { return applier_.Replay(absl::Minutes(2)); }
  absl::Status CatchUp() { return applier_.CatchUp(absl::InfiniteFuture()); }
  absl::Status Flush() { return shard_->Flush(); }
  void Wake() { applier_.Wake(); }
  uint64_t applied() const { return shard_->applied_position(); }

 private:
  FakeClock clock_;
  Metrics metrics_;
  std::unique_ptr<kv::Database> database_;
  std::unique_ptr<Shard> shard_;
  UnappliedVersions unapplied_;
  Applier applier_;
};

TEST(ApplierFaults, DuplicatesRewindsAndStallsLeadToTheSameIndex) {
  const testing::TempDir dir;
  Log log(dir.path() + "/log");
  log.Append(1, kEntries);
  std::string expected;
  for (uint32_t seed = 1; seed <= 12; ++seed) {
    FaultyLog faulty(*log, seed);
    Follower follower(absl::StrCat(dir.path(), "/", seed), faulty);
    ASSERT_THAT(follower.Await(kEntries), IsOk()) << "seed " << seed;
    EXPECT_GT(faulty.faults(), 10u) << "seed " << seed;
    if (expected.empty()) expected = follower.Digest();
    EXPECT_EQ(follower.Digest(), expected) << "seed " << seed;
  }
  Follower untroubled(dir.path() + "/whole", *log);
  ASSERT_THAT(untroubled.Await(kEntries), IsOk());
  EXPECT_EQ(untroubled.Digest(), expected);
}

TEST(ApplierFaults, AStartWaitsForALogThatIsOutOfReach) {
  const testing::TempDir dir;
  Log log(dir.path() + "/log");
  log.Append(1, kEntries);
  for (uint32_t seed = 1; seed <= 12; ++seed) {
    FaultyLog faulty(*log, seed);
    Follower follower(absl::StrCat(dir.path(), "/", seed), faulty);
    ASSERT_THAT(follower.Replay(), IsOk()) << "seed " << seed;
    EXPECT_EQ(follower.applied(), kEntries) << "seed " << seed;
  }
}

TEST(ApplierFaults, CatchingUpMeansTheLogsEndAsItIsNow) {
  const testing::TempDir dir;
  Log log(dir.path() + "/log");
  Follower follower(dir.path() + "/shard", *log);
  for (int i = 1; i <= 50; ++i) {
    log.Append(i, i);
    follower.Wake();
    ASSERT_THAT(follower.CatchUp(), IsOk());
    ASSERT_EQ(follower.applied(), static_cast<uint64_t>(i));
  }
}

class Replaced : public ::testing::Test {
 protected:
  // Applies entries 1 to 20 of a log, as a replica that stops then.
  void SetUp() override {
    Log first(dir_.path() + "/first");
    first.Append(1, 20);
    FaultyLog kept(*first, 1);
    Follower follower(dir_.path() + "/shard", kept);
    ASSERT_THAT(follower.Await(20), IsOk());
    ASSERT_THAT(follower.Flush(), IsOk());
  }

  const testing::TempDir dir_;
};

TEST_F(Replaced, ALongerLogOfOtherArticlesIsDataLossAndNothingOfItIsApplied) {
  Log other(dir_.path() + "/other");
  other.Append(31, 90);
  Follower follower(dir_.path() + "/shard", *other);
  EXPECT_THAT(follower.Await(21),
              StatusIs(absl::StatusCode::kDataLoss, AllOf(HasSubstr("position 20"), HasSubstr("rewritten"))));
  EXPECT_EQ(follower.applied(), 20u);
}

TEST_F(Replaced, AShorterLogIsAForkAndNothingOfItIsApplied) {
  Log shorter(dir_.path() + "/shorter");
  shorter.Append(1, 19);
  Follower follower(dir_.path() + "/shard", *shorter);
  EXPECT_THAT(follower.Await(21), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("lost or rewrote")));
  EXPECT_EQ(follower.applied(), 20u);
}

TEST_F(Replaced, AStartOnAShorterLogFails) {
  Log shorter(dir_.path() + "/shorter");
  shorter.Append(1, 19);
  Follower follower(dir_.path() + "/shard", *shorter);
  EXPECT_THAT(follower.Replay(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("lost or rewrote")));
}

TEST_F(Replaced, ACopyOfTheLogGoesOn) {
  Log copy(dir_.path() + "/copy");
  copy.Append(1, 40);
  Follower follower(dir_.path() + "/shard", *copy);
  EXPECT_THAT(follower.Await(40), IsOk());
}

}  // namespace
}  // namespace tintinh::indexer

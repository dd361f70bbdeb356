#include "services/crawler/archive/outbox.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/crawler/frontier/frontier.h"
#include "tests/support/fake_clock.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace tintinh::crawler {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

constexpr char kUrl[] = "https://a.vn/1";

class OutboxTest : public ::testing::Test {
 protected:
  OutboxTest() { Reopen(); }

  void Reopen() {
    outbox_.reset();
    frontier_.reset();
    database_.reset();
    std::vector<kv::ColumnFamily> families = Frontier::ColumnFamilies();
    for (kv::ColumnFamily& family : Outbox::ColumnFamilies()) families.push_back(std::move(family));
    auto database = kv::Database::Open({.directory = dir_.path() + "/db", .column_families = std::move(families)});
    ASSERT_THAT(database, IsOk());
    database_ = *std::move(database);
    FrontierOptions options;
    options.hosts = {{.host = "a.vn", .site = "bao-a"}};
    auto frontier = Frontier::Open(*database_, options, clock_);
    ASSERT_THAT(frontier, IsOk());
    frontier_ = *std::move(frontier);
    auto outbox = Outbox::Open(*database_);
    ASSERT_THAT(outbox, IsOk());
    outbox_ = *std::move(outbox);
  }

  Lease LeaseOne() {
    NewUrl url;
    url.url = kUrl;
    url.host = "a.vn";
    EXPECT_THAT(frontier_->Add({url}), IsOk());
    auto turn = frontier_->Next();
    EXPECT_TRUE(turn.ok() && !turn->leases.empty());
    return turn.ok() && !turn->leases.empty() ? turn->leases.front() : Lease{};
  }

  disk::v1::OutboxRecord Page() {
    disk::v1::OutboxRecord page;
    page.set_url(kUrl);
    page.set_body(std::string("thân bài\0nhị phân", 20));
    return page;
  }

  Completion Kept() {
    Completion kept;
    kept.outcome = FetchOutcome::kPageKept;
    kept.http_status = 200;
    return kept;
  }

  disk::v1::UrlRecordState State() { return (*frontier_->Find(kUrl))->state(); }

  testing::TempDir dir_;
  testing::FakeClock clock_;
  std::unique_ptr<kv::Database> database_;
  std::unique_ptr<Frontier> frontier_;
  std::unique_ptr<Outbox> outbox_;
};

TEST_F(OutboxTest, APageAndTheStateOfItsUrlAreWrittenTogether) {
  const Lease lease = LeaseOne();
  kv::WriteBatch batch;
  const uint64_t sequence = outbox_->Put(Page(), batch);
  ASSERT_THAT(frontier_->Complete(lease, Kept(), std::move(batch)), IsOk());
  // The process dies before it announces the page.
  Reopen();
  EXPECT_THAT(outbox_->sequences(), ElementsAre(sequence));
  EXPECT_EQ(State(), disk::v1::URL_RECORD_STATE_IN_OUTBOX);
  EXPECT_EQ(outbox_->Read(sequence)->body(), Page().body());
}

TEST_F(OutboxTest, ARefusedCompletionLeavesNoPage) {
  const Lease lease = LeaseOne();
  ASSERT_THAT(frontier_->Complete(lease, Completion{}), IsOk());
  kv::WriteBatch batch;
  const uint64_t sequence = outbox_->Put(Page(), batch);
  EXPECT_THAT(frontier_->Complete(lease, Kept(), std::move(batch)),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("has ended")));
  EXPECT_THAT(outbox_->Read(sequence), StatusIs(absl::StatusCode::kNotFound, HasSubstr("outbox")));
  Reopen();
  EXPECT_EQ(outbox_->size(), 0u);
  EXPECT_EQ(State(), disk::v1::URL_RECORD_STATE_QUEUED);
}

TEST_F(OutboxTest, AFinalOutcomeRemovesThePageWithTheSameWrite) {
  const Lease lease = LeaseOne();
  kv::WriteBatch batch;
  const uint64_t sequence = outbox_->Put(Page(), batch);
  ASSERT_THAT(frontier_->Complete(lease, Kept(), std::move(batch)), IsOk());
  outbox_->Announce(sequence);
  EXPECT_EQ(outbox_->size(), 1u);
  kv::WriteBatch removal;
  outbox_->Remove(sequence, removal);
  EXPECT_EQ(outbox_->Read(sequence)->url(), kUrl) << "nothing happens before the write";
  ASSERT_THAT(frontier_->Finish(kUrl, FinalOutcome{}, std::move(removal)), IsOk());
  outbox_->Forget(sequence);
  EXPECT_EQ(outbox_->size(), 0u);
  Reopen();
  EXPECT_EQ(outbox_->size(), 0u);
  EXPECT_EQ(State(), disk::v1::URL_RECORD_STATE_DONE);
}

TEST_F(OutboxTest, SequencesGoOnAfterThePagesThatAreLeft) {
  const Lease lease = LeaseOne();
  kv::WriteBatch batch;
  const uint64_t sequence = outbox_->Put(Page(), batch);
  ASSERT_THAT(frontier_->Complete(lease, Kept(), std::move(batch)), IsOk());
  Reopen();
  kv::WriteBatch next;
  EXPECT_GT(outbox_->Put(Page(), next), sequence);
}

}  // namespace
}  // namespace tintinh::crawler

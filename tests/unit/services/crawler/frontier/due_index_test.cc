#include "services/crawler/frontier/due_index.h"

#include <string>

#include "absl/strings/escaping.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/crawler/frontier/transition.h"
#include "tests/unit/services/crawler/frontier/frontier_fixture.h"

namespace tintinh::crawler {
namespace {

disk::v1::UrlRecord Queued(const std::string& url, int64_t due_us) {
  disk::v1::UrlRecord record;
  record.set_url(url);
  record.set_host("a.vn");
  record.set_rank(disk::v1::URL_RANK_FRESH);
  record.set_state(disk::v1::URL_RECORD_STATE_QUEUED);
  record.set_next_fetch_us(due_us);
  return record;
}

class DueIndexTest : public FrontierTest {
 protected:
  void Replace(const disk::v1::UrlRecord* before, disk::v1::UrlRecord* after) {
    kv::WriteBatch batch;
    index_.Replace(before, after, &queue_, batch);
    EXPECT_TRUE(database_->Write(std::move(batch), kv::Durability::kBuffered).ok());
  }
  std::string First() {
    const auto first = index_.First(queue_, disk::v1::URL_RANK_FRESH);
    EXPECT_TRUE(first.ok());
    return *first != nullptr ? (*first)->url : "";
  }

  DueIndex index_{*database_};
  DueQueue queue_{.host = "a.vn", .windows = {}, .leased = {}};
};

TEST_F(DueIndexTest, KeysAreAsFormatDescribes) {
  EXPECT_EQ(absl::BytesToHexString(DueKey(Queued("https://a.vn/1", 0x0102030405060708))),
            "612e766e"
            "00"
            "03"
            "0102030405060708"
            "68747470733a2f2f612e766e2f31");
}

TEST_F(DueIndexTest, FirstIsTheEarliestAndFollowsInsertionsBeforeIt) {
  EXPECT_EQ(First(), "");
  auto late = Queued("https://a.vn/late", 300);
  auto early = Queued("https://a.vn/early", 100);
  Replace(nullptr, &late);
  EXPECT_EQ(First(), "https://a.vn/late");
  Replace(nullptr, &early);
  EXPECT_EQ(First(), "https://a.vn/early");
  Replace(&early, nullptr);
  EXPECT_EQ(First(), "https://a.vn/late");
}

TEST_F(DueIndexTest, LeasedUrlsAreSkippedAndNeverDueOnesHaveNoEntry) {
  auto leased = Queued("https://a.vn/1", 100);
  Replace(nullptr, &leased);
  queue_.leased.push_back(leased.url());
  queue_.Forget();
  auto never = Queued("https://a.vn/2", kNever);
  Replace(nullptr, &never);
  EXPECT_EQ(First(), "");
}

TEST_F(DueIndexTest, AShortRecordStandsInItsEntryAndALongOneDoesNot) {
  auto record = Queued("https://a.vn/1", 100);
  record.set_site("bao-a");
  record.set_kind(disk::v1::URL_RECORD_KIND_ARTICLE);
  record.set_depth(1);
  const std::string before = record.SerializeAsString();
  const DueUrl entry{100, record.url(), DueValue(record)};
  EXPECT_EQ(record.SerializeAsString(), before);
  const auto read = RecordOf(entry, "a.vn", disk::v1::URL_RANK_FRESH);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->SerializeAsString(), before);
  record.set_etag(std::string(kMaxDueValue, 'x'));
  EXPECT_EQ(DueValue(record), "");
  EXPECT_FALSE(RecordOf({100, record.url(), ""}, "a.vn", disk::v1::URL_RANK_FRESH).has_value());
}

TEST_F(DueIndexTest, HostsThatAreAPrefixOfOneAnotherDoNotMix) {
  auto longer = Queued("https://a.vn.vn/1", 1);
  longer.set_host("a.vn.vn");
  Replace(nullptr, &longer);
  EXPECT_EQ(First(), "");
}

}  // namespace
}  // namespace tintinh::crawler

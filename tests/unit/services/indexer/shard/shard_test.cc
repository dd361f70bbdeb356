#include "services/indexer/shard/shard.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace tintinh::indexer {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::IsOk;
using testing::StatusIs;
using testing::TempDir;
using ::testing::UnorderedElementsAre;

std::string Id(int number) { return absl::StrCat(std::string(24, 'a'), 10'000'000 + number); }

disk::v1::LogEntry PutEntry(const std::string& id, const std::string& title, const std::string& body,
                            const std::string& hash) {
  disk::v1::LogEntry entry;
  entry.set_kind(disk::v1::LOG_ENTRY_KIND_PUT);
  entry.set_article_id(id);
  disk::v1::StoredArticle& article = *entry.mutable_article();
  article.set_article_id(id);
  article.set_title(title);
  article.add_paragraphs()->set_text(body);
  article.set_content_hash(hash);
  return entry;
}

disk::v1::LogEntry DeleteEntry(const std::string& id) {
  disk::v1::LogEntry entry;
  entry.set_kind(disk::v1::LOG_ENTRY_KIND_DELETE);
  entry.set_article_id(id);
  return entry;
}

v1::LeafSearchRequest BodyTerm(const std::string& folded) {
  v1::LeafSearchRequest request;
  v1::TermQuery& term = *request.mutable_query()->mutable_term();
  term.set_part(v1::PART_BODY);
  term.set_kind(v1::KEY_KIND_FOLDED);
  term.set_key(folded);
  term.set_weight(1);
  request.set_limit(10);
  return request;
}

class ShardTest : public ::testing::Test {
 protected:
  void SetUp() override { Reopen(); }

  void Reopen() {
    shard_.reset();
    db_.reset();
    auto db = kv::Database::Open({.directory = dir_.path() + "/db", .column_families = Shard::ColumnFamilies()});
    ASSERT_THAT(db, IsOk());
    db_ = *std::move(db);
    auto shard = Shard::Open(*db_, options_);
    ASSERT_THAT(shard, IsOk());
    shard_ = *std::move(shard);
  }

  void Apply(uint64_t position, const disk::v1::LogEntry& entry) {
    ASSERT_THAT(shard_->Apply(position, entry), IsOk());
  }

  std::vector<std::string> Ids(const v1::LeafSearchRequest& request) {
    const auto result = shard_->Search(request);
    EXPECT_THAT(result, IsOk());
    std::vector<std::string> ids;
    if (result.ok()) {
      for (const v1::LeafHit& hit : result->hits()) ids.push_back(hit.article_id());
    }
    return ids;
  }

  TempDir dir_;
  ShardOptions options_;
  std::unique_ptr<kv::Database> db_;
  std::unique_ptr<Shard> shard_;
};

TEST_F(ShardTest, AnArticleIsSearchableWhenApplyReturns) {
  Apply(1, PutEntry(Id(1), "Lũ về", "Nước sông Lô dâng cao trong đêm", "h1"));
  EXPECT_THAT(Ids(BodyTerm("song")), ElementsAre(Id(1)));
  EXPECT_THAT(Ids(BodyTerm("nui")), IsEmpty());
  EXPECT_EQ(shard_->applied_position(), 1u);
}

TEST_F(ShardTest, WhatWasFlushedIsThereAfterReopening) {
  Apply(1, PutEntry(Id(1), "Lũ về", "Nước sông Lô dâng cao trong đêm", "h1"));
  ASSERT_THAT(shard_->Flush(), IsOk());
  Apply(2, PutEntry(Id(2), "Chè", "Đồi chè bên sông", "h2"));
  Reopen();
  EXPECT_EQ(shard_->applied_position(), 1u);
  EXPECT_EQ(shard_->flushed_position(), 1u);
  EXPECT_THAT(Ids(BodyTerm("song")), ElementsAre(Id(1)));
  Apply(2, PutEntry(Id(2), "Chè", "Đồi chè bên sông", "h2"));
  EXPECT_THAT(Ids(BodyTerm("song")), UnorderedElementsAre(Id(1), Id(2)));
  const auto article = shard_->Get(Id(1));
  ASSERT_THAT(article, IsOk());
  ASSERT_TRUE(article->has_value());
  EXPECT_EQ((*article)->title(), "Lũ về");
}

TEST_F(ShardTest, APositionAtOrBelowTheAppliedOneIsIgnored) {
  Apply(5, PutEntry(Id(1), "Lũ", "sông", "h1"));
  Apply(5, PutEntry(Id(2), "Lũ", "sông", "h2"));
  Apply(4, DeleteEntry(Id(1)));
  EXPECT_THAT(Ids(BodyTerm("song")), ElementsAre(Id(1)));
}

TEST_F(ShardTest, TheSameContentHashMovesThePositionOnly) {
  Apply(1, PutEntry(Id(1), "Lũ", "sông", "h1"));
  Apply(2, PutEntry(Id(1), "Lũ", "núi", "h1"));
  EXPECT_THAT(Ids(BodyTerm("nui")), IsEmpty());
  EXPECT_EQ(shard_->applied_position(), 2u);
}

TEST_F(ShardTest, ANewVersionReplacesTheOldInMemoryAndOnDisk) {
  Apply(1, PutEntry(Id(1), "Lũ", "sông", "h1"));
  Apply(2, PutEntry(Id(1), "Lũ", "núi", "h2"));
  EXPECT_THAT(Ids(BodyTerm("song")), IsEmpty());
  EXPECT_THAT(Ids(BodyTerm("nui")), ElementsAre(Id(1)));
  ASSERT_THAT(shard_->Flush(), IsOk());
  Apply(3, PutEntry(Id(1), "Lũ", "biển", "h3"));
  EXPECT_THAT(Ids(BodyTerm("nui")), IsEmpty());
  EXPECT_THAT(Ids(BodyTerm("bien")), ElementsAre(Id(1)));
}

TEST_F(ShardTest, ADeletedArticleIsGoneAlsoAfterReopening) {
  Apply(1, PutEntry(Id(1), "Lũ", "sông", "h1"));
  Apply(2, PutEntry(Id(2), "Lũ", "sông", "h2"));
  Apply(3, PutEntry(Id(3), "Lũ", "sông", "h3"));
  ASSERT_THAT(shard_->Flush(), IsOk());
  Apply(4, DeleteEntry(Id(1)));
  EXPECT_THAT(Ids(BodyTerm("song")), ElementsAre(Id(2), Id(3)));
  ASSERT_THAT(shard_->Flush(), IsOk());
  Reopen();
  EXPECT_THAT(Ids(BodyTerm("song")), ElementsAre(Id(2), Id(3)));
  EXPECT_FALSE(shard_->Get(Id(1))->has_value());
  EXPECT_THAT(*shard_->ContentHash(Id(2)), std::optional<std::string>("h2"));
}

TEST_F(ShardTest, AnEntryWithoutKindOrIdIsRefusedAndThePositionStays) {
  disk::v1::LogEntry entry = PutEntry(Id(1), "Lũ", "sông", "h1");
  entry.clear_kind();
  EXPECT_THAT(shard_->Apply(1, entry), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("kind")));
  EXPECT_THAT(shard_->Apply(1, DeleteEntry("")), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("article_id")));
  EXPECT_EQ(shard_->applied_position(), 0u);
}

TEST_F(ShardTest, ReadersSeeWholeMomentsWhileTheWriterAppliesFlushesAndMerges) {
  constexpr uint64_t kEntries = 300;
  std::thread writer([this] {
    for (uint64_t position = 1; position <= kEntries; ++position) {
      // Ten articles, each rewritten again and again: at any moment each is there once.
      const int number = static_cast<int>(position % 10);
      Apply(position, PutEntry(Id(number), "Lũ", "sông lô", absl::StrCat("h", position)));
      if (position % 25 == 0) {
        EXPECT_THAT(shard_->Flush(), IsOk());
      }
    }
  });
  for (uint64_t applied = 0; applied < kEntries; applied = shard_->applied_position()) {
    const std::vector<std::string> ids = Ids(BodyTerm("song"));
    EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), ids.size());
    if (applied >= 10) {
      EXPECT_EQ(ids.size(), 10u);
    }
    EXPECT_THAT(shard_->Get(Id(3)), IsOk());
    EXPECT_THAT(shard_->FindNearDuplicates(1, 3), IsEmpty());
  }
  writer.join();
}

TEST_F(ShardTest, FindsNearDuplicatesNearestFirst) {
  const auto put = [this](int number, uint64_t simhash) {
    disk::v1::LogEntry entry = PutEntry(Id(number), "Lũ", "sông", absl::StrCat("h", number));
    entry.mutable_article()->set_simhash(simhash);
    entry.mutable_article()->set_duplicate_cluster(number == 2 ? Id(9) : "");
    Apply(static_cast<uint64_t>(number), entry);
  };
  put(1, 0b1111);
  put(2, 0b0111);
  put(3, 0xffff'0000);
  put(4, 0);
  ASSERT_THAT(shard_->Flush(), IsOk());
  const std::vector<NearDuplicate> found = shard_->FindNearDuplicates(0b0111, 3);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].article_id, Id(2));
  EXPECT_EQ(found[0].duplicate_cluster, Id(9));
  EXPECT_EQ(found[1].distance, 1u);
  EXPECT_THAT(shard_->FindNearDuplicates(0, 64), IsEmpty());
}

TEST_F(ShardTest, NearDuplicatesAreThoseALookAtEveryArticleFinds) {
  std::map<std::string, uint64_t> live;
  std::mt19937_64 random(5);
  const auto some_simhash = [&random] {
    uint64_t simhash = (random() % 20 + 1) * 0x9e3779b97f4a7c15;
    for (uint64_t turned = random() % 4; turned > 0; --turned) simhash ^= uint64_t{1} << random() % 64;
    return random() % 12 == 0 ? 0 : simhash;
  };
  for (uint64_t position = 1; position <= 600; ++position) {
    const std::string id = Id(static_cast<int>(random() % 300));
    disk::v1::LogEntry entry = PutEntry(id, "Lũ", "sông", absl::StrCat("h", position));
    entry.mutable_article()->set_simhash(some_simhash());
    if (random() % 5 == 0) entry = DeleteEntry(id);
    live.erase(id);
    if (entry.article().simhash() != 0) live[id] = entry.article().simhash();
    Apply(position, entry);
    if (position % 130 == 0) {
      ASSERT_THAT(shard_->Flush(), IsOk());
    }
  }
  for (int i = 0; i < 300; ++i) {
    const uint64_t simhash = some_simhash() | 1;
    const uint32_t max_distance = i % 3 == 0 ? 9 : 3;
    std::vector<std::pair<uint32_t, std::string>> want;
    for (const auto& [id, other] : live) {
      const uint32_t distance = static_cast<uint32_t>(std::popcount(simhash ^ other));
      if (distance <= max_distance) want.emplace_back(distance, id);
    }
    std::sort(want.begin(), want.end());
    want.resize(std::min(want.size(), Shard::kMaxNearDuplicates));
    std::vector<std::pair<uint32_t, std::string>> got;
    for (const NearDuplicate& near : shard_->FindNearDuplicates(simhash, max_distance)) {
      got.emplace_back(near.distance, near.article_id);
    }
    ASSERT_EQ(got, want);
  }
}

TEST_F(ShardTest, StatusCountsWhatThereIs) {
  disk::v1::LogEntry entry = PutEntry(Id(1), "Lũ", "sông", "h1");
  entry.mutable_article()->set_published_us(-1'500'000);
  Apply(1, entry);
  Apply(2, PutEntry(Id(2), "Lũ", "sông", "h2"));
  ASSERT_THAT(shard_->Flush(), IsOk());
  Apply(3, DeleteEntry(Id(2)));
  v1::ShardStatus status;
  shard_->FillStatus(&status);
  EXPECT_EQ(status.articles(), 1u);
  EXPECT_EQ(status.deleted_articles(), 1u);
  EXPECT_EQ(status.segments(), 1u);
  EXPECT_EQ(status.applied_position(), 3u);
  EXPECT_GT(status.disk_bytes(), 0u);
  EXPECT_EQ(status.newest_published().seconds(), -2);
  EXPECT_EQ(status.newest_published().nanos(), 500'000'000);
  EXPECT_EQ(status.digest().size(), 16u);
}

TEST_F(ShardTest, FlushesWhenTheMemorySegmentHasGrownPastItsBytes) {
  options_.memory_segment_bytes = 1;
  options_.flushes = [](const std::function<void()>& piece) { piece(); };
  Reopen();
  Apply(1, PutEntry(Id(1), "Lũ", "sông", "h1"));
  EXPECT_EQ(shard_->flushed_position(), 1u);
}

TEST_F(ShardTest, ABatchIsAppliedInItsOrderUpToTheEntryThatFails) {
  options_.analysis_threads = 4;
  Reopen();
  std::vector<PositionedEntry> batch;
  for (int i = 1; i <= 40; ++i) {
    batch.push_back({batch.size() + 1, PutEntry(Id(i % 8), "Lũ", absl::StrCat("sông ", i), absl::StrCat("h", i))});
  }
  ASSERT_THAT(shard_->ApplyAll(batch, Pace::kBulk), IsOk());
  EXPECT_EQ(shard_->applied_position(), 40u);
  EXPECT_EQ(Ids(BodyTerm("song")).size(), 8u);
  EXPECT_THAT(*shard_->ContentHash(Id(7)), std::optional<std::string>("h39"));
  // Those applied before are ignored, those behind the unsound one are not applied.
  batch.push_back({41, PutEntry(Id(9), "Lũ", "núi", "h41")});
  batch.push_back({42, DeleteEntry("")});
  batch.push_back({43, DeleteEntry(Id(9))});
  EXPECT_THAT(shard_->ApplyAll(batch, Pace::kFresh),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("article_id")));
  EXPECT_EQ(shard_->applied_position(), 41u);
  EXPECT_THAT(Ids(BodyTerm("nui")), ElementsAre(Id(9)));
}

TEST_F(ShardTest, CompactingLeavesOneSegment) {
  for (int i = 1; i <= 3; ++i) {
    Apply(static_cast<uint64_t>(i), PutEntry(Id(i), "Lũ", "sông", "h"));
    ASSERT_THAT(shard_->Flush(), IsOk());
  }
  Apply(4, DeleteEntry(Id(2)));
  ASSERT_THAT(shard_->Compact(), IsOk());
  v1::ShardStatus status;
  shard_->FillStatus(&status);
  EXPECT_EQ(status.segments(), 1u);
  EXPECT_EQ(status.deleted_articles(), 0u);
  EXPECT_THAT(Ids(BodyTerm("song")), ElementsAre(Id(1), Id(3)));
}

TEST_F(ShardTest, AnotherShardCountIsRefusedWithTheRemedy) {
  shard_.reset();
  options_.shard_count = 8;
  EXPECT_THAT(Shard::Open(*db_, options_).status(),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("shard count 1, this process has 8")));
}

}  // namespace
}  // namespace tintinh::indexer

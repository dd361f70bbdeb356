#include "services/indexer/shard/shard.h"

#include <string>
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

}  // namespace
}  // namespace tintinh::indexer

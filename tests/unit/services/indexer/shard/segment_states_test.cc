// The invariant of the store: each state is exactly the index at its position, whatever is applied, frozen, flushed,
// merged, failed or lost between any two steps of a flush or a merge.
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "services/indexer/segment/packed_id.h"
#include "services/indexer/shard/manifest.h"
#include "services/indexer/shard/segment_store.h"
#include "tests/support/indexed_documents.h"
#include "tests/support/shard_database.h"
#include "tests/support/status_matchers.h"

namespace tintinh::indexer {
namespace {

using testing::ArticleId;
using testing::DocumentOf;
using testing::IsOk;
using testing::ShardDatabase;

// Packed id → stored bytes of the live version.
using Articles = std::map<std::string, std::string>;

class SegmentStatesTest : public ::testing::TestWithParam<uint32_t> {
 protected:
  // A flush or a merge, as far as it has come.
  struct Work {
    Rewrite rewrite;
    bool written = false;
    std::optional<StateChange> change;  // on disk, not installed
  };

  size_t Below(size_t limit) { return std::uniform_int_distribution<size_t>(0, limit - 1)(random_); }

  void Open() {
    work_.clear();
    store_.reset();
    db_.Reopen();
    disk::v1::Manifest wanted;
    wanted.set_next_segment(1);
    auto store = SegmentStore::Open(db_.get(), wanted);
    ASSERT_THAT(store, IsOk());
    store_ = *std::move(store);
  }

  // The log's entry of a position is a function of the position, so that it can be replayed.
  Change ChangeAt(uint64_t position) {
    std::mt19937 random(static_cast<uint32_t>(position) * 7 + GetParam());
    const uint32_t number = static_cast<uint32_t>(random() % 12);
    Change change{position, PackId(ArticleId(number)), std::nullopt};
    if (random() % 4 == 0) return change;
    change.document = DocumentOf(number, {"sông"});
    change.document->columns.packed_hash = PackId(absl::StrCat("hash ", random() % 5));
    change.document->stored = absl::StrCat("article ", number, " of ", position);
    return change;
  }

  void ApplyNext() {
    const uint64_t position = store_->applied_position() + 1;
    const Change change = ChangeAt(position);
    ASSERT_THAT(store_->Apply(change), IsOk());
    if (position < history_.size()) return;
    Articles articles = history_.back();
    if (!change.document.has_value()) {
      articles.erase(change.packed_id);
    } else if (auto held = articles.find(change.packed_id);
               held == articles.end() || hash_of_[held->second] != change.document->columns.packed_hash) {
      articles[change.packed_id] = change.document->stored;
      hash_of_[change.document->stored] = change.document->columns.packed_hash;
    }
    history_.push_back(std::move(articles));
  }

  void Begin(std::optional<Rewrite> rewrite) {
    if (rewrite.has_value()) work_.push_back({*std::move(rewrite), false, std::nullopt});
  }

  // The next step of one of the pieces under way. Between planning a change and installing it no other piece plans one.
  void Advance() {
    if (work_.empty()) return;
    size_t chosen = Below(work_.size());
    for (size_t i = 0; i < work_.size(); ++i) {
      if (work_[i].change.has_value() && work_[chosen].written) chosen = i;
    }
    Work& work = work_[chosen];
    if (!work.written) {
      ASSERT_THAT(WriteNewSegment(db_.get(), work.rewrite, 40), IsOk());
      work.written = true;
    } else if (!work.change.has_value()) {
      work.change = store_->Plan(work.rewrite);
      Replace(work.rewrite, work.change->after.segments);
      ASSERT_THAT(CommitChange(db_.get(), *work.change), IsOk());
    } else {
      store_->Install(work.rewrite, std::move(work.change->after));
      work_.erase(work_.begin() + static_cast<std::ptrdiff_t>(chosen));
      for (const uint32_t segment : store_->TakeUnread()) ASSERT_THAT(DropSegment(db_.get(), segment), IsOk());
    }
  }

  // A failure of a piece that has not committed yet.
  void Fail() {
    if (work_.empty() || work_.front().change.has_value()) return;
    store_->Abandon(work_.front().rewrite);
    work_.pop_front();
  }

  void Step() {
    const size_t what = Below(100);
    if (what < 45) {
      ApplyNext();
    } else if (what < 55) {
      store_->Freeze();
    } else if (what < 62) {
      Begin(store_->BeginFlush());
    } else if (what < 69) {
      Begin(store_->BeginMerge());
    } else if (what < 96) {
      Advance();
    } else if (what < 98) {
      Fail();
    } else {
      Open();
    }
  }

  void ExpectExact() {
    const std::shared_ptr<const Snapshot> now = store_->MakeSnapshot();
    Articles live;
    ArticleDigest digest;
    for (const SegmentView& view : now->segments) {
      for (uint32_t doc = 0; doc < view.documents; ++doc) {
        if (!view.IsLive(doc)) continue;
        const std::string id(view.segment->columns().packed_ids[doc]);
        EXPECT_TRUE(live.emplace(id, *view.segment->Document(doc)).second) << "twice";
        digest.Add(id, view.segment->columns().packed_hashes[doc]);
      }
    }
    ASSERT_EQ(live, history_[now->applied_position]) << "at position " << now->applied_position;
    ASSERT_EQ(store_->digest(), digest.value());
  }

  std::mt19937 random_{GetParam()};
  ShardDatabase db_;
  std::unique_ptr<SegmentStore> store_;
  std::deque<Work> work_;
  std::vector<Articles> history_{Articles()};  // by position
  std::map<std::string, std::string> hash_of_;
};

TEST_P(SegmentStatesTest, EachStateIsExactlyTheIndexAtItsPosition) {
  ASSERT_NO_FATAL_FAILURE(Open());
  for (int step = 0; step < 400; ++step) {
    ASSERT_NO_FATAL_FAILURE(Step());
    ASSERT_NO_FATAL_FAILURE(ExpectExact()) << "after step " << step;
  }
  const uint64_t applied = store_->applied_position();
  const uint64_t digest = store_->digest();
  ASSERT_NO_FATAL_FAILURE(Open());
  ASSERT_NO_FATAL_FAILURE(ExpectExact());
  while (store_->applied_position() < applied) ASSERT_NO_FATAL_FAILURE(ApplyNext());
  EXPECT_EQ(store_->digest(), digest);
}

INSTANTIATE_TEST_SUITE_P(Seeds, SegmentStatesTest, ::testing::Range(1u, 9u));

}  // namespace
}  // namespace tintinh::indexer

// A shard that dies in the middle of any write, link, rename or removal, by a kill or by a power cut: what it leaves
// must open, be exactly the index at the position it names, hold nothing that is not part of it, and after the replay
// of the log be the index at the end of the log.
#include <filesystem>
#include <functional>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "services/indexer/segment/disk_format.h"
#include "services/indexer/shard/manifest.h"
#include "services/indexer/shard/shard.h"
#include "tests/integration/indexer/write_points.h"
#include "tests/support/naive_index.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace tintinh::indexer {
namespace {

using testing::IsOk;
using testing::NaiveIndex;
using testing::TempDir;
using testing::WritePoints;

constexpr size_t kEntries = 40;
constexpr size_t kEntriesPerFlush = 5;  // so that each life has enough flushes for a merge
constexpr size_t kArticles = 16;
constexpr const char* kSyllables[] = {"sông", "núi", "đồi", "chè", "lúa", "nước", "biển", "rừng"};

std::string IdOf(size_t number) { return absl::StrCat(std::string(30, 'b'), 10 + number); }

// Puts, second versions and deletions of a few articles.
std::vector<disk::v1::LogEntry> Log() {
  std::mt19937 random(7);
  std::vector<disk::v1::LogEntry> log;
  for (size_t i = 0; i < kEntries; ++i) {
    disk::v1::LogEntry& entry = log.emplace_back();
    entry.set_article_id(IdOf(random() % kArticles));
    entry.set_kind(random() % 5 == 0 ? disk::v1::LOG_ENTRY_KIND_DELETE : disk::v1::LOG_ENTRY_KIND_PUT);
    if (entry.kind() == disk::v1::LOG_ENTRY_KIND_DELETE) continue;
    disk::v1::StoredArticle& article = *entry.mutable_article();
    article.set_article_id(entry.article_id());
    article.set_title(kSyllables[random() % std::size(kSyllables)]);
    article.set_lead(absl::StrCat(kSyllables[random() % std::size(kSyllables)], " ", i));
    article.set_content_hash(absl::StrCat("hash ", i));
  }
  return log;
}

// Background work is done at once, on the thread that gives rise to it: the points are the same in each run.
ShardOptions Options() {
  ShardOptions options;
  options.flushes = [](const std::function<void()>& piece) { piece(); };
  options.merges = options.flushes;
  return options;
}

struct OpenShard {
  explicit OpenShard(const std::string& directory) {
    auto opened = kv::Database::Open({.directory = directory, .column_families = Shard::ColumnFamilies()});
    EXPECT_THAT(opened, IsOk());
    if (!opened.ok()) return;
    db = *std::move(opened);
    auto made = Shard::Open(*db, Options());
    EXPECT_THAT(made, IsOk());
    if (made.ok()) shard = *std::move(made);
  }
  std::unique_ptr<kv::Database> db;
  std::unique_ptr<Shard> shard;
};

v1::LeafSearchRequest TitleTerm(const std::string& key) {
  v1::LeafSearchRequest request;
  v1::TermQuery& term = *request.mutable_query()->mutable_term();
  term.set_part(v1::PART_TITLE);
  term.set_kind(v1::KEY_KIND_EXACT);
  term.set_key(key);
  term.set_weight(1);
  request.set_limit(kArticles);
  request.set_sort(v1::SORT_ORDER_NEWEST);
  return request;
}

class CrashPointsTest : public ::testing::Test {
 protected:
  std::string Directory() const { return dir_.path() + "/db"; }
  std::string StateDirectory(size_t state) const { return absl::StrCat(dir_.path(), "/state-", state); }

  // Open, apply, flush, merge, compact and open again, copying the directory at each point.
  void Live() {
    const WritePoints points(Directory(), [this](const WritePoints& at) {
      at.CopyWritten(StateDirectory(committed_.size()));
      committed_.push_back(acknowledged_);
      at.CopySynced(StateDirectory(committed_.size()));
      committed_.push_back(acknowledged_);
    });
    for (const size_t end : {kEntries / 2, kEntries}) {
      const OpenShard open(Directory());
      ASSERT_NE(open.shard, nullptr);
      while (open.shard->applied_position() < end) {
        Replay(*open.shard, open.shard->applied_position() + kEntriesPerFlush);
        ASSERT_THAT(open.shard->Flush(), IsOk());
        acknowledged_ = open.shard->flushed_position();
      }
      ASSERT_THAT(open.shard->Compact(), IsOk());
    }
  }

  void Replay(Shard& shard, uint64_t end) const {
    for (uint64_t position = shard.applied_position() + 1; position <= end; ++position) {
      ASSERT_THAT(shard.Apply(position, log_[position - 1]), IsOk());
    }
  }

  void ExpectIndexAt(const Shard& shard, uint64_t position) const {
    NaiveIndex naive;
    for (uint64_t i = 0; i < position; ++i) naive.Apply(log_[i]);
    for (size_t number = 0; number < kArticles; ++number) {
      const auto got = shard.Get(IdOf(number));
      ASSERT_THAT(got, IsOk());
      const disk::v1::StoredArticle* const want = naive.Find(IdOf(number));
      ASSERT_EQ(got->has_value(), want != nullptr) << number;
      if (want != nullptr) {
        EXPECT_EQ((*got)->SerializeAsString(), want->SerializeAsString());
      }
    }
    for (const char* const syllable : kSyllables) {
      const auto got = shard.Search(TitleTerm(syllable));
      ASSERT_THAT(got, IsOk());
      const v1::ShardResult want = naive.Search(TitleTerm(syllable));
      ASSERT_EQ(got->total(), want.total()) << syllable;
      for (int i = 0; i < want.hits_size(); ++i) EXPECT_EQ(got->hits(i).article_id(), want.hits(i).article_id());
    }
  }

  // Nothing of segments that are not part of the index, and no files of a load that never ended.
  static void ExpectNoOrphans(const kv::Database& db) {
    const auto manifest = ReadManifest(db);
    ASSERT_THAT(manifest, IsOk());
    std::set<std::string> named;
    for (const disk::v1::SegmentRecord& segment : (*manifest)->segments()) {
      named.insert(SegmentPrefix(segment.segment()));
    }
    for (const absl::string_view family : kSegmentFamilies) {
      ASSERT_THAT(db.Scan(family, "", "",
                          [&named](absl::string_view key, absl::string_view) {
                            EXPECT_EQ(named.count(std::string(key.substr(0, sizeof(uint32_t)))), 1u);
                            return true;
                          }),
                  IsOk());
    }
    for (const auto& entry : std::filesystem::directory_iterator(db.directory())) {
      EXPECT_FALSE(absl::StartsWith(entry.path().filename().string(), "load-")) << entry.path();
    }
  }

  void ExpectRecovery(size_t state) {
    const std::string directory = StateDirectory(state);
    {
      const OpenShard open(directory);
      ASSERT_NE(open.shard, nullptr);
      const uint64_t position = open.shard->applied_position();
      EXPECT_GE(position, committed_[state]) << "what was committed is lost";
      ASSERT_NO_FATAL_FAILURE(ExpectNoOrphans(*open.db));
      ASSERT_NO_FATAL_FAILURE(ExpectIndexAt(*open.shard, position));
      ASSERT_NO_FATAL_FAILURE(Replay(*open.shard, kEntries));
      ASSERT_NO_FATAL_FAILURE(ExpectIndexAt(*open.shard, kEntries));
    }
    std::filesystem::remove_all(directory);
  }

  TempDir dir_;
  const std::vector<disk::v1::LogEntry> log_ = Log();
  uint64_t acknowledged_ = 0;        // position known to be committed
  std::vector<uint64_t> committed_;  // the same, at each state copied
};

TEST_F(CrashPointsTest, EveryWritePointLeavesAnIndexThatRecoversAndReplaysExactly) {
  ASSERT_NO_FATAL_FAILURE(Live());
  RecordProperty("states", static_cast<int>(committed_.size()));
  // Nothing that follows outlives the test: watching a place where nothing is spares it the syncing.
  const WritePoints unsynced(dir_.path() + "/nowhere", [](const WritePoints&) {});
  for (size_t state = 0; state < committed_.size(); ++state) {
    ASSERT_NO_FATAL_FAILURE(ExpectRecovery(state))
        << (state % 2 == 0 ? "kill" : "power cut") << " at point " << state / 2;
  }
}

}  // namespace
}  // namespace tintinh::indexer

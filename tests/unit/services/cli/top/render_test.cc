#include "services/cli/top/render.h"

#include <string>

#include "gtest/gtest.h"

namespace tintinh::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

v1::ShardStatus Shard(uint32_t number, uint64_t articles, uint64_t applied, const std::string& digest) {
  v1::ShardStatus shard;
  shard.set_shard(number);
  shard.set_articles(articles);
  shard.set_applied_position(applied);
  shard.set_log_last_position(120);
  shard.set_segments(3);
  shard.set_memory_segment_bytes(999);
  shard.set_disk_bytes(1'234'567);
  shard.set_digest(digest);
  return shard;
}

ProcessState Serving(const std::string& name, std::vector<v1::ShardStatus> shards = {}) {
  ProcessState state;
  state.process = {name, "127.0.0.1:1"};
  state.serving = true;
  state.shards = std::move(shards);
  return state;
}

Snapshot At(int second, std::vector<ProcessState> processes) {
  return {absl::FromUnixSeconds(1'700'000'000 + second), std::move(processes)};
}

TEST(Render, ShowsEveryProcessAndItsShardsInColumns) {
  ProcessState away = Serving("query-0");
  away.serving = false;
  away.trouble = "does not answer";
  const Snapshot now = At(0, {Serving("indexer-0", {Shard(0, 100, 120, "a"), Shard(1, 90, 118, "b")}), away});
  EXPECT_EQ(Render(now, nullptr),
            "PROCESS    STATE            SHARD  ARTICLES  BEHIND  SEGMENTS  MEMORY    DISK\n"
            "indexer-0  serving              0       100       0         3   999 B  1.2 MB\n"
            "                                1        90       2         3   999 B  1.2 MB\n"
            "query-0    does not answer\n"
            "\n"
            "190 articles; 1 of 2 processes not serving\n");
}

TEST(Render, CountsReplicasOnceAndTellsTheRate) {
  const Snapshot before = At(0, {Serving("a", {Shard(0, 100, 100, "x")}), Serving("b", {Shard(0, 98, 98, "y")})});
  const Snapshot now = At(2, {Serving("a", {Shard(0, 107, 107, "x")}), Serving("b", {Shard(0, 104, 104, "y")})});
  EXPECT_THAT(Render(now, &before), HasSubstr("107 articles, 3.5 more a second; 0 of 2"));
}

TEST(Render, SaysWhenReplicasDisagreeAtOnePosition) {
  const Snapshot apart = At(0, {Serving("a", {Shard(0, 7, 100, "x")}), Serving("b", {Shard(0, 7, 100, "y")}),
                                Serving("c", {Shard(0, 7, 100, "x")})});
  EXPECT_THAT(Render(apart, nullptr), HasSubstr("REPLICAS DISAGREE on shard 0 at position 100 (a, c: x; b: y)"));
  const Snapshot behind = At(0, {Serving("a", {Shard(0, 7, 100, "x")}), Serving("b", {Shard(0, 7, 99, "y")})});
  EXPECT_THAT(Render(behind, nullptr), Not(HasSubstr("DISAGREE"))) << "other positions, other digests";
}

TEST(Render, SumsUpWhatACrawlerSays) {
  ProcessState crawler = Serving("crawler-0");
  crawler.crawler.emplace();
  crawler.crawler->set_urls_due(12);
  for (const bool silent : {false, true}) {
    v1::SiteStatus& site = *crawler.crawler->add_sites();
    site.set_articles_stored(5);
    site.set_silent(silent);
  }
  EXPECT_THAT(Render(At(0, {crawler}), nullptr),
              HasSubstr("crawler-0: 2 sites, 12 URLs due, 10 articles stored, 1 sites silent\n"));
}

TEST(Render, ANameCannotDriveTheTerminal) {
  EXPECT_THAT(Render(At(0, {Serving("a\x1b[2J")}), nullptr), Not(HasSubstr("\x1b")));
}

}  // namespace
}  // namespace tintinh::cli

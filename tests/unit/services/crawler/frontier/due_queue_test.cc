#include "services/crawler/frontier/due_queue.h"

#include <algorithm>
#include <iterator>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace tintinh::crawler {
namespace {

// What stands on disk, read as DueIndex reads it.
void Read(const std::set<DueUrl>& disk, DueWindow& window) {
  std::vector<DueUrl> entries;
  const auto begin = disk.lower_bound(window.read_from());
  for (auto it = begin; it != disk.end() && entries.size() < DueWindow::kRead; ++it) entries.push_back(*it);
  const bool complete = entries.size() < DueWindow::kRead;
  window.Fill(std::move(entries), complete);
}

TEST(DueWindow, MustReadUntilItKnowsThatNothingIsThere) {
  DueWindow window;
  EXPECT_TRUE(window.MustRead());
  window.Fill({}, true);
  EXPECT_FALSE(window.MustRead());
  EXPECT_EQ(window.First(), nullptr);
  window.Insert({5, "b", ""});
  EXPECT_EQ(window.First()->url, "b");
  window.Insert({5, "a", ""});
  EXPECT_EQ(window.First()->url, "a");
  window.Remove({5, "a", ""});
  EXPECT_EQ(window.First()->url, "b");
}

// Against a sorted set, through random insertions before and behind the window, removals anywhere, and lost memory.
TEST(DueWindow, ItsFirstIsTheFirstOfAllHoweverTheQueueChanges) {
  std::mt19937 random(11);
  std::set<DueUrl> disk;
  DueWindow window;
  for (int step = 0; step < 20'000; ++step) {
    const auto dice = random() % 10;
    if (dice < 5) {
      const DueUrl entry{static_cast<int64_t>(random() % 500), absl::StrCat("u", random() % 50), ""};
      disk.insert(entry);
      window.Remove(entry);
      window.Insert(entry);
    } else if (!disk.empty() && dice < 9) {
      auto victim = disk.begin();
      if (dice < 7) std::advance(victim, static_cast<std::ptrdiff_t>(random() % std::min<size_t>(disk.size(), 40)));
      window.Remove(*victim);
      disk.erase(victim);
    } else if (random() % 20 == 0) {
      window.Forget();
    }
    while (window.MustRead()) Read(disk, window);
    ASSERT_EQ(window.First() == nullptr, disk.empty()) << step;
    if (!disk.empty()) {
      ASSERT_EQ(*window.First(), *disk.begin()) << step;
    }
  }
}

TEST(DueQueue, LeasedUrlsAreKnown) {
  DueQueue queue;
  queue.leased.push_back("https://a.vn/1");
  EXPECT_TRUE(queue.IsLeased("https://a.vn/1"));
  EXPECT_FALSE(queue.IsLeased("https://a.vn/2"));
}

}  // namespace
}  // namespace tintinh::crawler

// The near end of one host's queue, kept in memory: what comes next is known without a read, and reads fetch many
// entries at once, so that their cost does not grow with the number of URLs that have passed through.
#ifndef TINTINH_SERVICES_CRAWLER_FRONTIER_DUE_QUEUE_H_
#define TINTINH_SERVICES_CRAWLER_FRONTIER_DUE_QUEUE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "tintinh/disk/v1/crawler.pb.h"

namespace tintinh::crawler {

struct DueUrl {
  int64_t due_us = 0;
  std::string url;
  std::string record;  // the rest of the URL's record, serialized, where that is short

  friend bool operator<(const DueUrl& a, const DueUrl& b) {
    return std::tie(a.due_us, a.url) < std::tie(b.due_us, b.url);
  }
  friend bool operator==(const DueUrl& a, const DueUrl& b) { return a.due_us == b.due_us && a.url == b.url; }
};

// The first entries of one rank. Between its last entry and the rest, which is on disk only, nothing is missing.
class DueWindow {
 public:
  static constexpr size_t kRead = 16;  // entries of one read
  static constexpr size_t kKeep = 16;  // at most held

  // Null: none in memory, and none at all unless MustRead.
  const DueUrl* First() const { return entries_.empty() ? nullptr : &entries_.back(); }
  bool MustRead() const { return entries_.empty() && !complete_; }

  // A read begins at this entry, and takes kRead.
  const DueUrl& read_from() const { return read_from_; }
  // What a read found, in order; `complete`: nothing comes after it. REQUIRES: MustRead().
  void Fill(std::vector<DueUrl> entries, bool complete);

  void Insert(const DueUrl& entry);
  void Remove(const DueUrl& entry);
  // Nothing is known any more.
  void Forget() { *this = DueWindow(); }

 private:
  void ReadAfter(const DueUrl& last);

  std::vector<DueUrl> entries_;  // the first comes last
  DueUrl read_from_;             // the rest begins here or later
  bool complete_ = false;        // there is no rest
};

// One host's windows, and the URLs that are leased: their entries stay on disk and are skipped.
struct DueQueue {
  std::string host;
  std::array<DueWindow, disk::v1::UrlRank_ARRAYSIZE> windows;
  std::vector<std::string> leased;

  DueWindow& window(disk::v1::UrlRank rank) { return windows[static_cast<size_t>(rank)]; }
  bool IsLeased(const std::string& url) const;
  void Forget();
};

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_FRONTIER_DUE_QUEUE_H_

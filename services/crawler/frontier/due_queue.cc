#include "services/crawler/frontier/due_queue.h"

#include <algorithm>
#include <functional>

namespace tintinh::crawler {
namespace {

bool Later(const DueUrl& a, const DueUrl& b) { return b < a; }

}  // namespace

void DueWindow::ReadAfter(const DueUrl& last) {
  read_from_ = last;
  read_from_.url.push_back('\0');  // the least text after it
}

void DueWindow::Fill(std::vector<DueUrl> entries, bool complete) {
  entries_ = std::move(entries);
  std::reverse(entries_.begin(), entries_.end());
  complete_ = complete;
  if (!entries_.empty()) ReadAfter(entries_.front());
}

void DueWindow::Insert(const DueUrl& entry) {
  if (!complete_ && (entries_.empty() || entries_.front() < entry)) {
    // It belongs to the rest, which may begin earlier now.
    if (entry < read_from_) read_from_ = entry;
    return;
  }
  entries_.insert(std::upper_bound(entries_.begin(), entries_.end(), entry, Later), entry);
  if (entries_.size() <= kKeep) return;
  entries_.erase(entries_.begin(), entries_.begin() + static_cast<std::ptrdiff_t>(kKeep / 2));
  complete_ = false;
  ReadAfter(entries_.front());
}

void DueWindow::Remove(const DueUrl& entry) {
  const auto it = std::lower_bound(entries_.begin(), entries_.end(), entry, Later);
  if (it != entries_.end() && *it == entry) entries_.erase(it);
}

bool DueQueue::IsLeased(const std::string& url) const {
  return std::find(leased.begin(), leased.end(), url) != leased.end();
}

void DueQueue::Forget() {
  for (DueWindow& window : windows) window.Forget();
}

}  // namespace tintinh::crawler

#include "services/query/suggest/title_cache.h"

#include <utility>

namespace tintinh::query {

std::optional<std::string> TitleCache::Find(absl::string_view article_id) {
  const absl::Time oldest = clock_.Now() - kMaxAge;
  MutexLock lock(mu_);
  for (const Titles* titles : {&younger_, &older_}) {
    const auto found = titles->find(article_id);
    if (found != titles->end() && found->second.since >= oldest) return found->second.title;
  }
  return std::nullopt;
}

void TitleCache::Add(absl::string_view article_id, absl::string_view title) {
  if (title.size() > kMaxTitleBytes) return;
  const absl::Time now = clock_.Now();
  MutexLock lock(mu_);
  if (younger_.size() >= kMaxTitles / 2) older_ = std::exchange(younger_, {});
  younger_[article_id] = {std::string(title), now};
}

size_t TitleCache::size() const {
  MutexLock lock(mu_);
  return younger_.size() + older_.size();
}

}  // namespace tintinh::query

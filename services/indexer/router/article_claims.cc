#include "services/indexer/router/article_claims.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace tintinh::indexer {

ArticleClaims::Claim::~Claim() {
  if (owner_ != nullptr) owner_->Release(ids_);
}

absl::StatusOr<ArticleClaims::Claim> ArticleClaims::Take(std::vector<std::string> article_ids, absl::Time deadline) {
  MutexLock lock(mu_);
  while (!IsFree(article_ids)) {
    if (!released_.WaitUntil(mu_, deadline) && !IsFree(article_ids)) {
      return absl::DeadlineExceededError(
          absl::StrCat("another put of one of ", article_ids.size(), " articles did not end in time"));
    }
  }
  claimed_.insert(article_ids.begin(), article_ids.end());
  return Claim(*this, std::move(article_ids));
}

bool ArticleClaims::IsFree(const std::vector<std::string>& ids) const {
  return std::none_of(ids.begin(), ids.end(), [this](const std::string& id) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    return claimed_.contains(id);
  });
}

void ArticleClaims::Release(const std::vector<std::string>& ids) {
  MutexLock lock(mu_);
  for (const std::string& id : ids) claimed_.erase(id);
  released_.NotifyAll();
}

}  // namespace tintinh::indexer

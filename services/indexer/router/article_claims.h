// Lets two writers of one article take turns, so that what the second decides includes what the first logged.
#ifndef TINTINH_SERVICES_INDEXER_ROUTER_ARTICLE_CLAIMS_H_
#define TINTINH_SERVICES_INDEXER_ROUTER_ARTICLE_CLAIMS_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/sync/mutex.h"

namespace tintinh::indexer {

// Thread-safe. A claim takes all its ids or none, so claims cannot lock each other out.
class ArticleClaims {
 public:
  // Ends with the object. Move-only; must not outlive the ArticleClaims.
  class Claim {
   public:
    Claim(Claim&& other) noexcept : owner_(other.owner_), ids_(std::move(other.ids_)) { other.owner_ = nullptr; }
    Claim(const Claim&) = delete;
    Claim& operator=(const Claim&) = delete;
    Claim& operator=(Claim&&) = delete;
    ~Claim();

   private:
    friend class ArticleClaims;
    Claim(ArticleClaims& owner, std::vector<std::string> ids) : owner_(&owner), ids_(std::move(ids)) {}
    ArticleClaims* owner_;
    std::vector<std::string> ids_;
  };

  // Waits until none of the ids (repetitions are fine) is claimed. DEADLINE_EXCEEDED when the deadline comes first.
  absl::StatusOr<Claim> Take(std::vector<std::string> article_ids, absl::Time deadline);

 private:
  bool IsFree(const std::vector<std::string>& ids) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void Release(const std::vector<std::string>& ids);

  Mutex mu_;
  CondVar released_;
  absl::flat_hash_set<std::string> claimed_ ABSL_GUARDED_BY(mu_);
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_ROUTER_ARTICLE_CLAIMS_H_

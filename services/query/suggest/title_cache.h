// Titles that were fetched lately: who types letter after letter meets most of them again.
#ifndef TINTINH_SERVICES_QUERY_SUGGEST_TITLE_CACHE_H_
#define TINTINH_SERVICES_QUERY_SUGGEST_TITLE_CACHE_H_

#include <cstddef>
#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/sync/mutex.h"
#include "common/time/clock.h"

namespace tintinh::query {

// Thread-safe. By article id; a title may be as old as kMaxAge, and an article that got another since shows it late.
class TitleCache {
 public:
  static constexpr absl::Duration kMaxAge = absl::Minutes(1);
  static constexpr size_t kMaxTitles = 8'192;
  static constexpr size_t kMaxTitleBytes = 512;  // longer ones are not kept: all together stay below 6 MiB

  explicit TitleCache(const Clock& clock) : clock_(clock) {}  // must outlive this

  std::optional<std::string> Find(absl::string_view article_id);
  void Add(absl::string_view article_id, absl::string_view title);

  size_t size() const;

 private:
  struct Kept {
    std::string title;
    absl::Time since;
  };
  using Titles = absl::flat_hash_map<std::string, Kept>;

  const Clock& clock_;
  mutable Mutex mu_;
  // When the younger half is full, the older one goes and it takes its place.
  Titles younger_ ABSL_GUARDED_BY(mu_);
  Titles older_ ABSL_GUARDED_BY(mu_);
};

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_SUGGEST_TITLE_CACHE_H_

// The files of the demo newspaper.
#ifndef TINTINH_DEPLOY_DEMO_SITE_H_
#define TINTINH_DEPLOY_DEMO_SITE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace tintinh::demo {

// Writes the whole site below `directory`; files that would not change are left alone. `base` is the origin it will be
// served from, without a slash at the end.
absl::Status GenerateSite(const std::string& directory, absl::string_view base);

// Adds one article, dated `now`, to a generated site; returns the word that only this article has.
absl::StatusOr<std::string> PublishArticle(const std::string& directory, absl::string_view base, absl::Time now);

}  // namespace tintinh::demo

#endif  // TINTINH_DEPLOY_DEMO_SITE_H_

// Pages to articles: decodes, extracts, annotates, or says why a page is none.
#ifndef TINTINH_SERVICES_NORMALIZER_NORMALIZER_H_
#define TINTINH_SERVICES_NORMALIZER_NORMALIZER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "services/normalizer/draft/draft.h"
#include "tintinh/config/v1/services.pb.h"
#include "tintinh/v1/article.pb.h"
#include "tintinh/v1/normalizer_service.pb.h"
#include "tintinh/v1/page.pb.h"

namespace tintinh::normalizer {

struct NormalizerLimits {
  uint32_t max_page_bytes = 5u << 20;
  uint32_t max_nodes = 200'000;
  uint32_t max_depth = 512;
};

// Fields that are 0 keep the limits' defaults.
NormalizerLimits LimitsOf(const config::v1::NormalizerConfig& config);

struct Normalized {
  std::optional<v1::Article> article;  // unset exactly when reject_reason is set
  v1::RejectReason reject_reason = v1::REJECT_REASON_UNSPECIFIED;
  std::string reason;  // of a rejection: names the field, the value and the limit
  v1::PageKind kind = v1::PAGE_KIND_UNSPECIFIED;
  bool blocked = false;
  std::string canonical_url;
  std::vector<DraftLink> links;  // of rejected pages too, at most 2,000
  std::vector<Evidence> evidence;
};

// Holds nothing but its limits. Thread-safe.
class Normalizer {
 public:
  explicit Normalizer(const NormalizerLimits& limits) : limits_(limits) {}

  // INVALID_ARGUMENT names the first field of the page that passes the limits of tintinh.v1.Page.
  absl::Status Check(const v1::Page& page) const;

  // Any page gives an article or a reason; one that Check refuses gives REJECT_REASON_LIMITS.
  Normalized Normalize(const v1::Page& page) const;

 private:
  const NormalizerLimits limits_;
};

}  // namespace tintinh::normalizer

#endif  // TINTINH_SERVICES_NORMALIZER_NORMALIZER_H_

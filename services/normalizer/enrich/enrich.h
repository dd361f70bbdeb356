// Turns what an extractor found into an article: identity, place, documents, fingerprints.
#ifndef TINTINH_SERVICES_NORMALIZER_ENRICH_ENRICH_H_
#define TINTINH_SERVICES_NORMALIZER_ENRICH_ENRICH_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/timestamp.pb.h"
#include "services/normalizer/draft/draft.h"
#include "tintinh/v1/article.pb.h"
#include "tintinh/v1/page.pb.h"

namespace tintinh::normalizer {

// Raised whenever the same page would give another article.
inline constexpr uint32_t kNormalizerVersion = 1;

// What is known of the page beside its bytes.
struct EnrichContext {
  std::string url;   // after redirects, or "file:NAME"
  std::string site;  // site id; empty for imports
  v1::SiteHints hints;
  google::protobuf::Timestamp fetched;  // unset when its seconds are 0
};

// The article of `draft`, every limit of article.proto but the total size kept: texts that are too long are cut where a
// letter ends, elements beyond a count are left out, last first. Text is not checked for NFC, that is the extractor's
// word. The identity is the page's own canonical URL when that names the same site and more than its front page, else
// the URL fetched, in canonical form; a URL that cannot be brought into one ("file:NAME") stands for itself.
v1::Article Enrich(Draft&& draft, const EnrichContext& context);

// `text` cut to at most `limit` bytes where a letter ends: no code point is split and no combining mark is lost from
// its base.
std::string CutAtLetter(absl::string_view text, size_t limit);

}  // namespace tintinh::normalizer

#endif  // TINTINH_SERVICES_NORMALIZER_ENRICH_ENRICH_H_

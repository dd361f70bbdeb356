// The limits that article.proto states for one article.
#ifndef TINTINH_SERVICES_INDEXER_LIMITS_ARTICLE_LIMITS_H_
#define TINTINH_SERVICES_INDEXER_LIMITS_ARTICLE_LIMITS_H_

#include <cstddef>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "tintinh/v1/article.pb.h"

namespace tintinh::indexer {

inline constexpr size_t kMaxArticleBytes = size_t{4} << 20;
inline constexpr size_t kMaxUrlBytes = 2048;
inline constexpr size_t kMaxSiteBytes = 255;
inline constexpr size_t kMaxTitleBytes = 1024;
inline constexpr size_t kMaxParagraphBytes = size_t{64} << 10;
inline constexpr int kMaxParagraphs = 2000;
inline constexpr int kMaxPhotos = 500;
inline constexpr int kMaxAuthors = 20;
inline constexpr int kMaxTags = 100;
inline constexpr int kMaxDocuments = 500;

// INVALID_ARGUMENT whose message starts with `where` and the field, and names its value and the limit.
absl::Status CheckArticle(absl::string_view where, const v1::Article& article);

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_LIMITS_ARTICLE_LIMITS_H_

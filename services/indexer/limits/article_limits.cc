#include "services/indexer/limits/article_limits.h"

#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/digest/digest.h"
#include "common/status/status_macros.h"
#include "google/protobuf/timestamp.pb.h"

namespace tintinh::indexer {
namespace {

// 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z, the range of google.protobuf.Timestamp.
constexpr int64_t kFirstSecond = -62'135'596'800;
constexpr int64_t kLastSecond = 253'402'300'799;

absl::Status CheckBytes(absl::string_view where, absl::string_view field, size_t size, size_t most) {
  if (size <= most) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(where, ".", field, ": ", size, " bytes, at most ", most));
}

absl::Status CheckCount(absl::string_view where, absl::string_view field, int count, int most) {
  if (count <= most) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(where, ".", field, ": ", count, " elements, at most ", most));
}

absl::Status CheckHex128(absl::string_view where, absl::string_view field, const std::string& value) {
  if (IsHex128(value)) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(where, ".", field, ": \"", absl::string_view(value).substr(0, 64),
                                                 "\" is not 32 lower-case hex digits"));
}

absl::Status CheckTime(absl::string_view where, absl::string_view field, const google::protobuf::Timestamp& time) {
  if (time.seconds() >= kFirstSecond && time.seconds() <= kLastSecond && time.nanos() >= 0 &&
      time.nanos() <= 999'999'999) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(absl::StrCat(where, ".", field, ": ", time.seconds(), " s and ", time.nanos(),
                                                 " ns, not between the years 1 and 9999"));
}

absl::Status CheckIdentity(absl::string_view where, const v1::Article& article) {
  RETURN_IF_ERROR(CheckHex128(where, "article_id", article.article_id()));
  RETURN_IF_ERROR(CheckHex128(where, "content_hash", article.content_hash()));
  RETURN_IF_ERROR(CheckBytes(where, "url", article.url().size(), kMaxUrlBytes));
  RETURN_IF_ERROR(CheckBytes(where, "canonical_url", article.canonical_url().size(), kMaxUrlBytes));
  RETURN_IF_ERROR(CheckBytes(where, "site", article.site().size(), kMaxSiteBytes));
  return CheckBytes(where, "title", article.title().size(), kMaxTitleBytes);
}

absl::Status CheckCounts(absl::string_view where, const v1::Article& article) {
  RETURN_IF_ERROR(CheckCount(where, "paragraphs", article.paragraphs_size(), kMaxParagraphs));
  RETURN_IF_ERROR(CheckCount(where, "photos", article.photos_size(), kMaxPhotos));
  RETURN_IF_ERROR(CheckCount(where, "authors", article.authors_size(), kMaxAuthors));
  RETURN_IF_ERROR(CheckCount(where, "tags", article.tags_size(), kMaxTags));
  return CheckCount(where, "documents", article.documents_size(), kMaxDocuments);
}

absl::Status CheckParagraphs(absl::string_view where, const v1::Article& article) {
  for (int i = 0; i < article.paragraphs_size(); ++i) {
    if (article.paragraphs(i).text().size() <= kMaxParagraphBytes) continue;
    return CheckBytes(where, absl::StrCat("paragraphs[", i, "].text"), article.paragraphs(i).text().size(),
                      kMaxParagraphBytes);
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckArticle(absl::string_view where, const v1::Article& article) {
  RETURN_IF_ERROR(CheckIdentity(where, article));
  RETURN_IF_ERROR(CheckCounts(where, article));
  RETURN_IF_ERROR(CheckParagraphs(where, article));
  RETURN_IF_ERROR(CheckTime(where, "published", article.published()));
  RETURN_IF_ERROR(CheckTime(where, "modified", article.modified()));
  RETURN_IF_ERROR(CheckTime(where, "fetched", article.fetched()));
  if (const size_t bytes = article.ByteSizeLong(); bytes > kMaxArticleBytes) {
    return absl::InvalidArgumentError(absl::StrCat(where, ": ", bytes, " bytes, at most ", kMaxArticleBytes));
  }
  return absl::OkStatus();
}

}  // namespace tintinh::indexer

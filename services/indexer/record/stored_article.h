// An article between the wire and the disk.
#ifndef TINTINH_SERVICES_INDEXER_RECORD_STORED_ARTICLE_H_
#define TINTINH_SERVICES_INDEXER_RECORD_STORED_ARTICLE_H_

#include "tintinh/disk/v1/indexer.pb.h"
#include "tintinh/v1/article.pb.h"

namespace tintinh::indexer {

// Lossless both ways, but for two things that carry no meaning: times are kept to the microsecond, and a place without
// any name is not kept apart from no place. REQUIRES: times between the years 1 and 9999, as protobuf's own range.
disk::v1::StoredArticle ToStored(const v1::Article& article);
v1::Article FromStored(const disk::v1::StoredArticle& stored);

// Nothing but article_id and title.
v1::Article TitleOf(const disk::v1::StoredArticle& stored);

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_RECORD_STORED_ARTICLE_H_

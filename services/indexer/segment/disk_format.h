// Column families of a shard's segments and the keys in them. Every key starts with the segment's number, so that a
// segment is one contiguous range of each family.
#ifndef TINTINH_SERVICES_INDEXER_SEGMENT_DISK_FORMAT_H_
#define TINTINH_SERVICES_INDEXER_SEGMENT_DISK_FORMAT_H_

#include <array>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "common/kv/key.h"

namespace tintinh::indexer {

inline constexpr char kTermsFamily[] = "terms";          // segment, block → terms with their records
inline constexpr char kPostingsFamily[] = "postings";    // segment, chunk → posting chunk
inline constexpr char kPositionsFamily[] = "positions";  // segment, chunk → position chunk
inline constexpr char kDocumentsFamily[] = "documents";  // segment, ordinal → StoredArticle
inline constexpr char kColumnsFamily[] = "columns";      // segment, column number → column
inline constexpr char kIdsFamily[] = "ids";              // segment, packed id → ordinal
inline constexpr std::array<absl::string_view, 6> kSegmentFamilies = {
    kTermsFamily, kPostingsFamily, kPositionsFamily, kDocumentsFamily, kColumnsFamily, kIdsFamily};

inline std::string SegmentPrefix(uint32_t segment) {
  std::string key;
  kv::AppendBigEndian(segment, key);
  return key;
}

inline std::string SegmentKey(uint32_t segment, absl::string_view rest) {
  std::string key = SegmentPrefix(segment);
  key.append(rest.data(), rest.size());
  return key;
}

// Blocks of terms are numbered in the order of their terms; the last key holds the first term of each.
inline constexpr uint32_t kTermIndexBlock = 0xFFFFFFFF;
inline std::string TermBlockKey(uint32_t segment, uint32_t block) {
  std::string key = SegmentPrefix(segment);
  kv::AppendBigEndian(block, key);
  return key;
}

// Chunks are numbered through the segment; those of one list follow each other.
inline std::string ChunkKey(uint32_t segment, uint32_t chunk) {
  std::string key = SegmentPrefix(segment);
  kv::AppendBigEndian(chunk, key);
  return key;
}

inline std::string DocumentKey(uint32_t segment, uint32_t ordinal) {
  std::string key = SegmentPrefix(segment);
  kv::AppendBigEndian(ordinal, key);
  return key;
}

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEGMENT_DISK_FORMAT_H_

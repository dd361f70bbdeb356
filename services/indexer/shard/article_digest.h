// What two replicas compare: a sum over live articles of a hash of id and content hash, whatever order they came in and
// however they lie in segments. Finds differences, not adversaries.
#ifndef TINTINH_SERVICES_INDEXER_SHARD_ARTICLE_DIGEST_H_
#define TINTINH_SERVICES_INDEXER_SHARD_ARTICLE_DIGEST_H_

#include <cstdint>

#include "absl/strings/string_view.h"

namespace tintinh::indexer {

class ArticleDigest {
 public:
  void Add(absl::string_view packed_id, absl::string_view packed_hash) { sum_ += Hash(packed_id, packed_hash); }
  void Remove(absl::string_view packed_id, absl::string_view packed_hash) { sum_ -= Hash(packed_id, packed_hash); }
  uint64_t value() const { return sum_; }

 private:
  // FNV-1a (64 bits), then the finalizer of MurmurHash3, since sums of bare FNV values cancel too easily.
  static uint64_t Hash(absl::string_view packed_id, absl::string_view packed_hash) {
    uint64_t hash = 0xcbf29ce484222325;
    for (const absl::string_view text : {packed_id, packed_hash}) {
      for (const char byte : text) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
      hash = (hash ^ text.size()) * 0x100000001b3;
    }
    hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
    hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53;
    return hash ^ (hash >> 33);
  }

  uint64_t sum_ = 0;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SHARD_ARTICLE_DIGEST_H_

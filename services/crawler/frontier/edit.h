// Changes that a frontier makes together. Only its own sources include this.
#ifndef TINTINH_SERVICES_CRAWLER_FRONTIER_EDIT_H_
#define TINTINH_SERVICES_CRAWLER_FRONTIER_EDIT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "common/kv/database.h"
#include "services/crawler/frontier/frontier.h"
#include "tintinh/disk/v1/crawler.pb.h"

namespace tintinh::crawler {

// They reach the disk, and then memory, together or not at all.
struct Frontier::Edit {
  kv::WriteBatch batch;
  absl::flat_hash_map<size_t, disk::v1::HostRecord> hosts;     // as they shall be
  absl::flat_hash_map<size_t, disk::v1::SiteRecord> sites;     // likewise
  absl::flat_hash_set<size_t> queues;                          // hosts whose URLs have changed
  absl::flat_hash_map<std::string, disk::v1::UrlRecord> urls;  // what this edit has made of them so far
  std::vector<uint64_t> ended;                                 // leases

  disk::v1::HostRecord& host(size_t index, const Frontier& frontier);
  disk::v1::SiteRecord& site(size_t index, const Frontier& frontier);
  void PutUrl(size_t host_index, const disk::v1::UrlRecord* before, disk::v1::UrlRecord& after, Frontier& frontier);
};

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_FRONTIER_EDIT_H_
